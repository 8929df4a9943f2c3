import pc from 'picocolors';
import { oneLine, renderComparison, renderSummary } from '../../../src/cli/compare/report-terminal.js';
import { type Comparison, compareRecordings } from '../../../src/compare/compare.js';
import { htmlReport } from '../../../src/compare/report-html.js';
import { jsonReport } from '../../../src/compare/report-json.js';
import { tallyText } from '../../../src/compare/tally.js';
import type { Explanation } from '../../../src/compare/explanations.js';
import { pair, scenario, sent, shared } from './scenes.js';

const note: Explanation = {
  id: 'note', title: 'A <note>', judgement: 'kernel violates', requirements: ['MUST-23'], why: 'Because & so on.', linux: 'a.sysctl=1', glasstcp: 'anOption',
  explains: (d) => d.what === 'field' && (d.field === 'window' || d.field === 'time'),
};
const before = [shared(0, 0, 'socket(...) = 3', 'a socket'), shared(1, 0.1, '< S 0:0(0) win 5')];
const different: Comparison = compareRecordings(scenario('odd'), ...pair(before, [sent(0.1, 'S. 0:0(0) ack 1 win 1000')], [sent(0.15, 'S. 0:0(0) ack 1 win 7')]), [note]);
const alike: Comparison = compareRecordings(scenario('even'), ...pair(before, [sent(0.1, 'S. 0:0(0) ack 1 win 9')], [sent(0.1, 'S. 0:0(0) ack 1 win 9')]), [note]);
const view = { width: 100, colors: pc.createColors(false) };

describe('the report on the terminal', () => {
  test('sets both sides beside each other and marks what differs', () => {
    const text = renderComparison(different, 'Linux 6', view);
    expect(text).toMatch(/0\.100 {2}> S\. 0:0\(0\) ack 1 win 1000 +≠ > S\. 0:0\(0\) ack 1 win 7 \(at 0\.150\)/);
    expect(renderComparison(alike, 'Linux 6', view)).toMatch(/ack 1 win 9 += > S\./);
  });

  test('explains, cites, and says what turns it', () => {
    const text = renderComparison(different, 'Linux 6', view);
    expect(text).toContain('Because & so on. [MUST-23]');
    expect(text).toContain('to turn it: Linux: a.sysctl=1   glasstcp: anOption');
  });

  test('leaves out the calls that prepare the scene', () => {
    expect(renderComparison(alike, 'Linux 6', view)).not.toContain('socket(');
  });

  test('no line is wider than the terminal', () => {
    for (const line of renderComparison(different, 'Linux 6', view).split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  test('one line has verdict, name and title; the summary has each explanation once', () => {
    expect(oneLine(alike, view)).toMatch(/^same +even +A title\n$/);
    const summary = renderSummary([different, { ...different, scenario: { ...different.scenario, name: 'odd2' } }, alike], view);
    expect(summary.match(/A <note>/g)).toHaveLength(1);
    expect(summary).toContain('seen in odd, odd2');
  });
});

describe('the report for the browser', () => {
  const html = htmlReport([different, alike], 'Linux <6>', '1.0');

  test('needs nothing from elsewhere', () => {
    expect(html).not.toMatch(/(?:src|href)="(?!#)|@import|url\(/);
  });

  test('escapes what it shows', () => {
    expect(html).toContain('A &lt;note&gt;');
    expect(html).not.toContain('<note>');
  });

  test('marks each scenario with its class, for the filter', () => {
    expect(html).toContain('id="odd" data-class="kernel-violates"');
    expect(html).toContain('id="even" data-class="same"');
    expect(html).toContain('<b>1</b> kernel violates');
  });
});

describe('the report as JSON', () => {
  test('has verdicts, rows and findings', () => {
    const report = JSON.parse(jsonReport([different, alike], 'Linux 6', '1.0')) as { verdicts: Record<string, number>; scenarios: { name: string; findings: unknown[]; rows: unknown[] }[] };
    expect(report.verdicts['kernel violates']).toBe(1);
    expect(report.scenarios.map((s) => [s.name, s.findings.length, s.rows.length])).toEqual([['odd', 1, 3], ['even', 0, 3]]);
  });
});

test('the tally says what is bad even when there is none of it', () => {
  expect(tallyText([alike])).toBe('1 the same, 0 unexplained, 0 show glasstcp breaking a rule');
});
