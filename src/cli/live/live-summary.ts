/** What is said when a live capture is over: what passed, what was shown and written, what was missed and what would help. */
import type { Dropped } from '../../capture/sniffer.js';
import { jsonLine } from '../observed/sighting-json.js';
import { shellQuote } from '../shell-quote.js';
import { padTo, paintRuns, type Terminal, wrap } from '../terminal.js';
import type { Ending } from './live-capture.js';

export interface LiveSummary {
  readonly interfaceName: string;
  readonly seconds: number;
  readonly ending: Ending;
  readonly frames: number;
  /** Of the frames: segments of TCP. */
  readonly segments: number;
  readonly conversations: number;
  /** null = nothing was to be shown. */
  readonly display: { readonly shown: number; readonly leftOut: number } | null;
  /** `packets`: null = as many as there was room for. */
  readonly copy: { readonly path: string; readonly packets: number | null } | null;
  readonly dropped: Dropped;
}

const ENDINGS: Readonly<Record<Exclude<Ending['by'], 'failure'>, string>> = {
  SIGINT: 'until Ctrl-C', SIGTERM: 'until SIGTERM', SIGHUP: 'until the terminal was closed', count: 'as many as asked for', duration: 'as long as asked for',
  reader: 'until nobody read on',
};

const endingText = (ending: Ending): string => (ending.by === 'failure' ? 'until an error, below' : ENDINGS[ending.by]);

/** With line ends. */
export function liveSummaryText(summary: LiveSummary, terminal: Pick<Terminal, 'width' | 'colors'>): string {
  const { interfaceName, seconds, ending, frames, segments, conversations, display, copy, dropped } = summary;
  const rows: [string, string][] = [
    ['captured', `${count(frames, 'frame')} on ${interfaceName} in ${seconds.toFixed(1)} s, ${endingText(ending)}`],
    ['of them', `${count(segments, 'TCP segment')} in ${count(conversations, 'conversation')}, ${count(frames - segments, 'other packet')}`],
  ];
  if (display !== null) rows.push(['shown', `${count(display.shown, 'segment')}${display.leftOut > 0 ? `; ${number(display.leftOut)} left out, because they were too many at once` : ''}`]);
  if (copy !== null) rows.push(['written', `${copy.packets === null ? 'as many as there was room for' : count(copy.packets, 'frame')}, to ${copy.path === '-' ? 'standard output' : copy.path}`]);
  rows.push(['dropped', droppedText(dropped)]);
  if (copy !== null && copy.path !== '-') rows.push(['open it', `wireshark ${shellQuote(copy.path)}`]);
  return rows.map((row) => rowText(row, terminal)).join('');
}

function droppedText({ kernel, queue }: Dropped): string {
  const words = [kernel === null ? 'unknown how many by the kernel' : `${number(kernel)} by the kernel`, `${number(queue)} by glasstcp`].join(', ');
  const help: string[] = [];
  if ((kernel ?? 0) > 0) help.push('a larger --buffer or a narrower -f helps');
  if (queue > 0) help.push('--quiet or a narrower -f helps');
  return help.length === 0 ? words : `${words}: ${help[help.length - 1] ?? ''}`;
}

const COLUMN = 10;

function rowText([name, text]: readonly [string, string], { width, colors: c }: Pick<Terminal, 'width' | 'colors'>): string {
  const lines = wrap([{ text, paint: (s) => s }], width - COLUMN).map(paintRuns);
  return lines.map((line, i) => `${c.dim(padTo(i === 0 ? name : '', COLUMN))}${line}\n`).join('');
}

/** For programs. The shape is in docs/live-capture.md. */
export function liveSummaryJson(summary: LiveSummary): string {
  const { interfaceName, seconds, ending, frames, segments, conversations, display, copy, dropped } = summary;
  return jsonLine({
    type: 'summary', interface: interfaceName, seconds: Math.round(seconds * 1_000) / 1_000, ended: ending.by, frames, segments, others: frames - segments, conversations,
    shown: display?.shown ?? 0, leftOut: display?.leftOut ?? 0, written: copy === null ? null : { file: copy.path, frames: copy.packets }, dropped,
  });
}

const number = (n: number): string => n.toLocaleString('en');
const count = (n: number, what: string): string => `${number(n)} ${what}${n === 1 ? '' : 's'}`;
