/** A result for people: the script beside what happened, the first difference marked, and the decisions that led there. */
import type { Duration } from '../util/units.js';
import type { LadderRow, ScriptResult } from './result.js';

export interface ReportStyle {
  /** Columns of the terminal. */
  readonly width: number;
  readonly bad: (text: string) => string;
  readonly good: (text: string) => string;
  readonly dim: (text: string) => string;
}

export const PLAIN: ReportStyle = { width: 160, bad: (t) => t, good: (t) => t, dim: (t) => t };

/** Rows before the difference that are shown. */
const ROWS_BEFORE = 12;
const MARKS: Readonly<Record<LadderRow['mark'], string>> = { same: ' ', differs: '✗', missing: '✗', extra: '+' };
/** The narrowest column that still tells something. */
const NARROW = 24;
const MOST_DECISIONS = 40;

const time = (at: Duration | undefined): string => (at === undefined ? '         ' : (at / 1e6).toFixed(6).padStart(9));

/** 'pass  file.pkt on engine'; a failure takes more lines. Ends with a line feed. */
export function reportText(result: ScriptResult, style: ReportStyle = PLAIN): string {
  const retries = result.retries === 0 ? '' : `, ${result.retries === 1 ? 'once' : `${result.retries} times`} more`;
  const head = `${result.file} on ${result.subject}${retries}`;
  if (result.verdict === 'pass') return `${style.good('pass')}  ${head}\n${notes(result, style)}`;
  const place = result.at === undefined ? '' : `:${result.at.line}:${result.at.column}`;
  const lines = [
    `${style.bad(result.verdict)}  ${head}`,
    `${result.file}${place}: ${result.message}`,
    ...(result.event === undefined ? [] : [style.dim(`    ${result.event}`)]),
  ];
  if (result.differences.length > 1) lines.push(...result.differences.map((d) => `    ${d}`));
  if (result.verdict === 'fail') lines.push('', ...ladderLines(result.ladder, style));
  if (result.decisions.length > 0) lines.push('', `  ${result.subject === 'kernel' ? 'kernel' : 'What glasstcp decided'}:`, ...decisionLines(result));
  if (result.info.length > 0) lines.push('', '  tcp_info before and after:', ...result.info.map(({ name, before, after }) => `    ${name}: ${before} → ${after}`));
  return `${lines.join('\n')}\n${notes(result, style)}`;
}

function notes({ warnings, ignored, printed }: ScriptResult, { dim }: ReportStyle): string {
  return [
    ...printed.map((text) => `      ${text}\n`),
    ...warnings.map((text) => `      warning: ${text}\n`),
    ...(ignored.length === 0 ? [] : [dim(`      without effect here: ${ignored.join('; ')}\n`)]),
  ].join('');
}

function decisionLines({ decisions }: ScriptResult): string[] {
  const shown = decisions.slice(-MOST_DECISIONS);
  const left = decisions.length - shown.length;
  return [...(left === 0 ? [] : [`    … ${left} before`]), ...shown.map(({ at, text }) => `  ${time(at)}  ${text}`)];
}

function ladderLines(rows: readonly LadderRow[], style: ReportStyle): string[] {
  const first = rows.findIndex(({ mark }) => mark !== 'same');
  const from = Math.max(0, (first < 0 ? rows.length : first) - ROWS_BEFORE);
  const shown = rows.slice(from);
  const column = Math.max(NARROW, Math.floor((style.width - 2 * 11 - 10) / 2));
  const width = Math.min(column, Math.max(...shown.map((r) => r.expected.length), 'the script says'.length));
  const head = `       ${'the script says'.padEnd(width + 11)}  what happened`;
  const lines = shown.map((row) => {
    const line = row.at === undefined ? '' : String(row.at.line);
    const text = `${MARKS[row.mark]} ${line.padStart(4)} ${time(row.expectedAt)} ${cut(row.expected, width).padEnd(width)}  ${seen(row)}`.trimEnd();
    return row.mark === 'same' ? style.dim(text) : style.bad(text);
  });
  return [style.dim(head), ...(from === 0 ? [] : [style.dim(`       … ${from} events as expected`)]), ...lines];
}

function seen({ seen: text, seenAt }: LadderRow): string {
  return text === '' ? '' : `${time(seenAt)} ${text}`;
}

const cut = (text: string, width: number): string => (text.length <= width ? text : `${text.slice(0, width - 1)}…`);
