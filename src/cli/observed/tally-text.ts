/** The end of a reading in words, or as JSON: the conversations in a table, what was no TCP, what could not be read, where the copy is. */
import type { ConversationSummary } from '../../observe/story.js';
import type { Micros } from '../../util/units.js';
import { formatDuration } from '../../trace/explain.js';
import { shellQuote } from '../shell-quote.js';
import { type Cell, fits, renderTable } from '../summary.js';
import { paintRuns, type Run, type Terminal, wrap } from '../terminal.js';
import type { CommentedCapture } from './commented-capture.js';
import type { Tally } from './tally.js';

/** What the reading knows and the tally does not. */
export interface Circumstances {
  /** As given: '-' = standard input. */
  readonly file: string;
  /** What could not be read. */
  readonly trouble: readonly string[];
  /** By Ctrl-C. */
  readonly stopped: boolean;
  readonly copy: Pick<CommentedCapture, 'path' | 'packets'> | null;
  /** There were conversations that were not drawn. */
  readonly leftOut?: boolean;
}

export interface SummaryLook {
  readonly terminal: Pick<Terminal, 'width' | 'colors'>;
  /** All conversations, however many. */
  readonly verbose: boolean;
}

/** Rows of the table, unless it is verbose. */
const ROWS = 25;

export function summaryText(tally: Tally, circumstances: Circumstances, look: SummaryLook): string {
  const parts = [conversationsTable(tally, look), ...sentences(tally, circumstances, look).map((runs) => line(runs, look))];
  return parts.filter((part) => part !== '').join('');
}

function conversationsTable(tally: Tally, { terminal, verbose }: SummaryLook): string {
  const all = tally.stories();
  if (all.length === 0) return '';
  const shown = verbose ? all : all.slice(0, ROWS);
  const head = ['#', 'left\nright', 'opened\nended', 'octets →\n← octets', 'again →\n← again', 'RTT\nlasted'];
  const rows = shown.map((one): Cell[] => [
    one.stream, `${one.left}\n${one.right}`, `${one.opened}\n${one.ended}`, pair(one.octets), pair(one.again),
    `${one.rtt === undefined ? '?' : formatDuration(one.rtt)}\n${formatDuration(one.to - one.from)}`,
  ]);
  const table = { title: 'Conversations', head, rows, compact: true };
  return fits(table, terminal.width) ? renderTable(table, terminal) : `${terminal.colors.bold('Conversations')}\n${shown.map((one) => block(one, terminal)).join('')}`;
}

const pair = ({ left, right }: { readonly left: number; readonly right: number }): string => `${left.toLocaleString('en')}\n${right.toLocaleString('en')}`;

/** A conversation where there is no room for a table. */
function block(one: ConversationSummary, { width, colors: c }: SummaryLook['terminal']): string {
  const { octets, again, rtt } = one;
  const more = again.left + again.right === 0 ? '' : `; sent again: ${again.left} →, ${again.right} ←`;
  const text = `opened: ${one.opened}; ended: ${one.ended}; octets: ${octets.left.toLocaleString('en')} →, ${octets.right.toLocaleString('en')} ←${more}; `
    + `${rtt === undefined ? '' : `RTT ${formatDuration(rtt)}; `}lasted ${formatDuration(one.to - one.from)}`;
  const head = wrap([{ text: `#${one.stream} ${one.left} ↔ ${one.right}`, paint: c.bold }], width);
  const body = wrap([{ text, paint: (s) => s }], width - 4).map((runs) => `    ${paintRuns(runs)}`);
  return [...head.map(paintRuns), ...body].map((row) => `${row}\n`).join('');
}

function sentences(tally: Tally, { file, trouble, stopped, copy, leftOut }: Circumstances, { terminal: { colors: c }, verbose }: SummaryLook): Run[][] {
  const plain = (text: string): Run[] => [{ text, paint: (s) => s }];
  const read = `glasstcp read ${shellQuote(file)}`;
  const said: Run[][] = [];
  const rows = tally.stories().length;
  const hidden = (verbose ? 0 : Math.max(0, rows - ROWS)) + tally.untold;
  if (hidden > 0) said.push(plain(`${count(hidden, 'more conversation')}: --verbose lists ${tally.untold > 0 ? `the first ${rows.toLocaleString('en')}` : 'all'}, --format json as data.`));
  if (leftOut === true) said.push(plain(`Not all are drawn. Another one: ${read} --stream N; a line for every segment: ${read} --format table`));
  said.push(plain(framesSentence(tally)));
  if (stopped) said.push([{ text: `Stopped after frame ${tally.frames.toLocaleString('en')}: there may be more.`, paint: c.yellow }]);
  for (const sentence of trouble) said.push([{ text: `Damaged: ${sentence}`, paint: c.red }]);
  if (copy !== null) said.push(plain(`Written: ${shellQuote(copy.path)}, ${count(copy.packets, 'packet')}, each with its explanation; open it: wireshark ${shellQuote(copy.path)}`));
  return said;
}

function framesSentence({ frames, segments, reasons }: Tally): string {
  if (frames === 0) return 'There are no packets in it.';
  const others = [...reasons].sort(([, a], [, b]) => b - a).map(([why, times]) => `${times.toLocaleString('en')} × ${why}`);
  return `${count(frames, 'frame')}, ${segments === frames ? 'all TCP' : `${segments.toLocaleString('en')} of them TCP; the others: ${others.join(', ')}`}.`;
}

const count = (n: number, noun: string): string => `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;
const line = (runs: Run[], { terminal: { width } }: SummaryLook): string => wrap(runs, width).map((wrapped) => `${paintRuns(wrapped)}\n`).join('');

/** One object per conversation. @param start instant of the first packet */
export function conversationJson({ from, to, ...rest }: ConversationSummary, start: Micros): Record<string, unknown> {
  return { type: 'conversation', ...rest, from: from - start, to: to - start };
}

/** The last object. */
export function summaryJson(tally: Tally, { trouble, stopped, copy }: Circumstances): Record<string, unknown> {
  const { frames, segments, reasons } = tally;
  return { type: 'summary', frames, segments, others: Object.fromEntries(reasons), trouble, stopped, written: copy?.path };
}
