import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeEngineSubject } from '../../../src/script/engine-subject.js';
import { parseScript } from '../../../src/script/parse.js';
import { reportText } from '../../../src/script/report.js';
import type { ScriptResult } from '../../../src/script/result.js';
import { runScript } from '../../../src/script/run.js';
import { settingsOf } from '../../../src/script/settings.js';

const page = readFileSync(join(__dirname, '../../../docs/scripts.md'), 'utf8');
const blocks = [...page.matchAll(/```pkt( fails)?\n([\s\S]*?)```/g)].map(([, fails, text = '']) => ({ fails: fails !== undefined, text }));

function run(text: string): ScriptResult {
  const script = parseScript(text, 'wrong.pkt');
  const settings = settingsOf(script);
  return runScript(script, makeEngineSubject(settings.subject), settings);
}

test('docs/scripts.md has examples', () => {
  expect(blocks.length).toBeGreaterThan(3);
});

test.each(blocks.filter(({ fails }) => !fails).map(({ text }) => [text]))('an example passes on the engine: %s', (text) => {
  expect(run(text)).toMatchObject({ verdict: 'pass', ignored: [] });
});

test('the report shown is what a failing script prints', () => {
  const [failing] = blocks.filter(({ fails }) => fails);
  const [, shown] = /```text report\n([\s\S]*?)\n```/.exec(page) ?? [];
  expect(shown).toBe(reportText(run(failing?.text ?? ''), { width: 130, bad: (t) => t, good: (t) => t, dim: (t) => t }).replace(/[ \n]+$/, ''));
});
