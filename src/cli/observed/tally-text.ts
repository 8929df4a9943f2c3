/** The end of a reading in words, or as JSON: the conversations in a table, what was no TCP, what could not be read, where the copy is. */
import type { ConversationSummary } from '../../observe/story.js';
import type { Micros } from '../../util/units.js';
import { formatDuration } from '../../trace/explain.js';
import { shellQuote } from '../shell-quote.js';
import { type Cell, fits, renderTable } from '../summary.js';
import { paintRuns, type Run, type Terminal, wrap } from '../terminal.js';
import type { CommentedCapture } from './commented-capture.js';
import { since } from './sighting-json.js';
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
const INDENT = 4;

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
    one.stream, `${one.left.end}\n${one.right.end}`, `${openedText(one)}\n${endedText(one)}`, pair(one.left.octets, one.right.octets),
    pair(one.left.retransmittedSegments, one.right.retransmittedSegments), `${rttText(one)}\n${formatDuration(one.duration)}`,
  ]);
  const table = { title: 'Conversations', head, rows, compact: true };
  return fits(table, terminal.width) ? renderTable(table, terminal) : `${terminal.colors.bold('Conversations')}\n${shown.map((one) => block(one, terminal)).join('')}`;
}

const pair = (left: number, right: number): string => `${left.toLocaleString('en')}\n${right.toLocaleString('en')}`;

/** A conversation where there is no room for a table. */
function block(one: ConversationSummary, { width, colors: c }: SummaryLook['terminal']): string {
  const { left, right, duration } = one;
  const sent = ({ octets, retransmittedSegments: again }: ConversationSummary['left']): string =>
    `${count(octets, 'octet')}${again === 0 ? '' : ` (${count(again, 'segment')} sent again)`}`;
  const text = `opened: ${openedText(one)}; ended: ${endedText(one)}; → ${sent(left)}; ← ${sent(right)}; RTT ${rttText(one)}; lasted ${formatDuration(duration)}`;
  const head = wrap([{ text: `#${one.stream} ${left.end} ↔ ${right.end}`, paint: c.bold }], width);
  const body = wrap([{ text, paint: (s) => s }], width - INDENT).map((runs) => ' '.repeat(INDENT) + paintRuns(runs));
  return [...head.map(paintRuns), ...body].map((row) => `${row}\n`).join('');
}

const OPENED: Readonly<Record<ConversationSummary['opening']['kind'], string>> = {
  'handshake': 'handshake', 'fast-open': 'Fast Open', 'simultaneous': 'by both at once', 'incomplete': 'handshake never done',
  'refused': 'refused', 'no-answer': 'no answer', 'mid-stream': 'before the capture',
};
const openedText = ({ opening }: ConversationSummary): string => OPENED[opening.kind];

function endedText({ ending: { kind, by, because } }: ConversationSummary): string {
  switch (kind) {
    case 'closed': return by === null ? 'both closed at once' : `${by} closed first`;
    case 'closing': return by === null ? 'both are closing' : `only the ${by} has closed`;
    case 'reset': return `reset${by === null ? '' : ` by the ${by}`}${because === null ? '' : `: ${because.name.replaceAll('-', ' ')}`}`;
    case 'open': return 'still open';
    case 'none': return 'never open';
  }
}

/** Of the handshake, from end to end. */
const rttText = ({ opening: { handshakeTime } }: ConversationSummary): string => (handshakeTime === null ? '?' : formatDuration(handshakeTime));

function sentences(tally: Tally, { file, trouble, stopped, copy, leftOut }: Circumstances, { terminal: { colors: c }, verbose }: SummaryLook): Run[][] {
  const plain = (text: string): Run[] => [{ text, paint: (s) => s }];
  const read = `glasstcp read ${shellQuote(file)}`;
  const said: Run[][] = [];
  const rows = tally.stories().length;
  const hidden = (verbose ? 0 : Math.max(0, rows - ROWS)) + tally.untold;
  if (hidden > 0) said.push(plain(`${count(hidden, 'more conversation')}: --verbose lists ${tally.untold > 0 ? `the first ${rows.toLocaleString('en')}` : 'all'}, --format json as data.`));
  if (leftOut === true) said.push(plain(`Not all are drawn. Another one: ${read} --stream N; a line for every segment: ${read} --format table`));
  said.push(plain(framesSentence(tally)), ...oddSentences(tally).map(plain));
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

/** How the capture was made, as far as it shows. */
function oddSentences({ odd: { offloaded, cut, optionsCut } }: Tally): string[] {
  const said: string[] = [];
  const [its, it] = offloaded === 1 ? ['its checksum', 'it'] : ['their checksums', 'them'];
  if (offloaded > 0) said.push(`${count(offloaded, 'segment')} left ${its} to a network card: captured on the machine that sent ${it}, or on its loopback.`);
  const were = cut === 1 ? 'was' : 'were';
  if (cut > 0) said.push(`${count(cut, 'segment')} ${were} not captured whole: checksums cannot be verified${optionsCut > 0 ? `, and ${optionsCut.toLocaleString('en')} lack options` : ''}.`);
  return said;
}

const count = (n: number, noun: string): string => `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;
const line = (runs: Run[], { terminal: { width } }: SummaryLook): string => wrap(runs, width).map((wrapped) => `${paintRuns(wrapped)}\n`).join('');

/** One object per conversation. @param first instant of the capture's first packet */
export function conversationJson({ start, ...rest }: ConversationSummary, first: Micros): Record<string, unknown> {
  return { type: 'conversation', at: since(start, first), ...rest };
}

/** The last object. */
export function summaryJson(tally: Tally, { trouble, stopped, copy }: Circumstances): Record<string, unknown> {
  const { frames, segments, conversations, reasons } = tally;
  return { type: 'summary', frames, segments, conversations, others: Object.fromEntries(reasons), trouble, stopped, written: copy?.path };
}
