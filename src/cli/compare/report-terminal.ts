/** A comparison on the terminal: glasstcp on the left, the kernel on the right, the script's events across; below, why they differ. */
import type { Row } from '../../compare/align.js';
import type { Comparison, Finding, Verdict } from '../../compare/compare.js';
import { tally } from '../../compare/tally.js';
import { byExplanation, callText, rowVerdicts, seconds, whatDiffers, withoutPrologue } from '../../compare/words.js';
import type { SentEntry } from '../../compare/recording.js';
import { renderTable } from '../summary.js';
import { padTo, type Paint, paintRuns, type Terminal, wrap } from '../terminal.js';

type View = Pick<Terminal, 'width' | 'colors'>;

export function paintOf(verdict: Verdict, { colors }: View): Paint {
  const paints: Readonly<Record<Verdict, Paint>> = {
    'same': colors.green, 'both allowed': colors.cyan, 'kernel violates': colors.yellow, 'unexplained': colors.magenta, 'glasstcp violates': colors.red,
    'not compared': colors.red,
  };
  return paints[verdict];
}

/** One line: 'kernel violates  simultaneous-open  Both sides open at once'. */
export function oneLine({ scenario, verdict, failure }: Comparison, view: View): string {
  return `${paintOf(verdict, view)(verdict.padEnd(17))}  ${padTo(scenario.name, 24)}  ${view.colors.dim(failure ?? scenario.title)}\n`;
}

const TIME = 8;
/** A mark between the columns: equal, or not. */
const MIDDLE = 3;

/** The whole comparison. @param kernel its name: 'Linux 6.18.44' */
export function renderComparison(comparison: Comparison, kernel: string, view: View): string {
  const { colors: c, width } = view;
  const { scenario, verdict, rows, failure, ignored } = comparison;
  const lines = ['', `${c.bold(`══ ${scenario.name}`)}  ${scenario.title}  ${paintOf(verdict, view)(verdict)}`];
  for (const runs of wrap([{ text: scenario.shows, paint: c.dim }], width - 3)) lines.push(`   ${paintRuns(runs)}`);
  if (failure !== undefined) return [...lines, `   ${c.red(failure)}`, ''].join('\n');
  if (ignored.length > 0) lines.push(`   ${c.yellow(`without effect on glasstcp: ${ignored.join('; ')}`)}`);
  const column = Math.floor((width - TIME - 2 - MIDDLE) / 2);
  lines.push(`${' '.repeat(TIME + 2)}${c.bold(padTo('glasstcp', column + MIDDLE))}${c.bold(kernel)}`);
  const marks = rowVerdicts(comparison);
  for (const { row, index } of withoutPrologue(rows)) {
    const mark = marks.get(index);
    lines.push(...renderRow(row, mark === undefined ? undefined : { verdict: mark.finding.verdict, what: whatDiffers(mark.divergence) }, column, view));
  }
  for (const finding of comparison.findings) lines.push('', ...renderFinding(finding, view));
  return `${lines.join('\n')}\n`;
}

interface Mark {
  readonly verdict: Verdict;
  readonly what: string;
}

function renderRow(row: Row, mark: Mark | undefined, column: number, view: View): string[] {
  const { colors: c } = view;
  const time = (micros: number): string => c.dim(seconds(micros).padStart(TIME));
  const paint = mark === undefined ? (text: string): string => text : paintOf(mark.verdict, view);
  if (row.kind === 'event' && row.glasstcp.result === row.kernel.result) {
    const text = callText(row.glasstcp.text, row.glasstcp.result);
    const lines = wrap([{ text, paint: row.glasstcp.kind === 'in' ? c.green : c.dim }], 2 * column + MIDDLE);
    return lines.map((runs, i) => `${i === 0 ? time(row.at) : ' '.repeat(TIME)}  ${paintRuns(runs)}`);
  }
  const [left, right] = row.kind === 'event'
    ? [callText(row.glasstcp.text, row.glasstcp.result), callText(row.kernel.text, row.kernel.result)]
    : [sentText(row.glasstcp, row.at), sentText(row.kernel, row.at)];
  const cells = [left, right].map((text) => wrap([{ text, paint }], column));
  const height = Math.max(1, cells[0].length, cells[1].length);
  return Array.from({ length: height }, (_, i) => {
    const sign = i > 0 ? '   ' : mark === undefined ? c.dim(' = ') : paint(' ≠ ');
    return `${i === 0 ? time(row.at) : ' '.repeat(TIME)}  ${padTo(paintRuns(cells[0][i] ?? []), column)}${sign}${paintRuns(cells[1][i] ?? [])}`.trimEnd();
  });
}

/** A packet of one side; when it came later than the row says, that too. */
function sentText(entry: SentEntry | undefined, at: number): string {
  if (entry === undefined) return '–';
  const late = entry.at - at;
  return `> ${entry.text}${late >= 10_000 ? ` (at ${seconds(entry.at)})` : ''}`;
}

function renderFinding({ verdict, explanation, divergences }: Finding, view: View): string[] {
  const { colors: c, width } = view;
  const paint = paintOf(verdict, view);
  if (explanation === undefined) {
    const what = [...new Set(divergences.map(whatDiffers))].join(', ');
    return [`   ${paint(c.bold('unexplained'))}  ${what}: nothing is known about this difference`];
  }
  const lines = [`   ${paint(c.bold(verdict))}  ${c.bold(explanation.title)}`];
  const citation = { text: `[${explanation.requirements.join(', ')}]`, paint: c.cyan, whole: true };
  for (const runs of wrap([{ text: explanation.why, paint: (s) => s }, citation], width - 6)) lines.push(`     ${paintRuns(runs)}`);
  const knobs = [explanation.linux === '' ? '' : `Linux: ${explanation.linux}`, explanation.glasstcp === '' ? '' : `glasstcp: ${explanation.glasstcp}`].filter((k) => k !== '');
  if (knobs.length > 0) lines.push(`     ${c.dim(`to turn it: ${knobs.join('   ')}`)}`);
  return lines;
}

/** What was found in all of them: each explanation once, then how many ended how. */
export function renderSummary(comparisons: readonly Comparison[], view: View): string {
  const { colors: c } = view;
  const lines: string[] = [''];
  for (const { finding, scenarios } of byExplanation(comparisons)) {
    lines.push(...renderFinding(finding, view));
    for (const runs of wrap([{ text: `seen in ${scenarios.join(', ')}`, paint: c.dim }], view.width - 6)) lines.push(`     ${paintRuns(runs)}`);
    lines.push('');
  }
  const counts = Object.entries(tally(comparisons)).filter(([, n]) => n > 0);
  const table = renderTable({ title: `${comparisons.length} scenarios`, rows: counts.map(([verdict, n]) => [verdict, n]), compact: true }, view);
  return `${lines.join('\n')}\n${table}`;
}
