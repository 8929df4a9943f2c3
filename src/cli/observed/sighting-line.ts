/**
 * One segment as one line: number, time, both ends with their states and an arrow between them, flags and numbers, then what it
 * means. Options and verdicts that do not fit into the terminal's width go beneath, indented; other numbers are left out.
 */
import type { Overlooked, Sighting } from '../../observe/sighting.js';
import { formatCitation } from '../../trace/explain.js';
import type { Explanation } from '../../trace/moment.js';
import type { Micros } from '../../util/units.js';
import { fitLabel, isMilestone, segmentPaint } from '../segment-label.js';
import { padTo, paintRuns, type Run, type Terminal, widthOf, wrap } from '../terminal.js';
import { remarksOn } from './remarks.js';
import { SHORT_STATE, shortState } from './state-words.js';

export interface LineOptions {
  readonly terminal: Pick<Terminal, 'width' | 'colors'>;
  /** Time 0: the first packet. */
  readonly start: Micros;
  /** All verdicts, not only the first. */
  readonly verbose?: boolean;
}

/** From these widths on there is room for whole addresses, and for ports. */
const ADDRESSES_FROM = 130;
const PORTS_FROM = 84;

/** The lines of one segment, none wider than the terminal, without line ends. */
export function sightingLines(sighting: Sighting, look: LineOptions): string[] {
  const { width, colors: c } = look.terminal;
  const { view } = sighting;
  const time = stamp(sighting, look);
  const prefix = `${time} ${ends(sighting, look.terminal)}  `;
  const indent = widthOf(time) + 1;
  const paint = segmentPaint(view, sighting.from === 'left', c);
  const { label, rest } = fitLabel(view, Math.max(1, width - widthOf(prefix)));
  const first = prefix + (isMilestone(view) ? c.bold(paint(label)) : paint(label));
  const options = rest.filter((part) => part.startsWith('<')).join('');
  const below: Run[][] = options === '' ? [] : wrap([{ text: options, paint }], width - indent);
  const said = look.verbose === true ? sighting.verdicts : remarksOn(sighting).slice(0, 1);
  const beside = below.length === 0 && said.length > 0 ? besides(said[0], width - widthOf(first), look) : '';
  for (const verdict of beside === '' ? said : said.slice(1)) below.push(...wrap(verdictRuns(verdict, look), width - indent));
  return [first + beside, ...below.map((runs) => ' '.repeat(indent) + paintRuns(runs))];
}

/** A packet that is no readable segment of TCP, in one line. */
export function overlookedLine(overlooked: Overlooked, options: LineOptions): string {
  const prefix = `${stamp(overlooked, options)} `;
  const { width, colors: c } = options.terminal;
  return prefix + paintRuns(wrap([{ text: overlooked.why, paint: c.dim }], width - widthOf(prefix))[0] ?? []);
}

/** Says which addresses a conversation's ports belong to, where its lines have no room for addresses; else undefined. */
export function conversationLine({ stream, left, right }: Sighting, { width, colors: c }: LineOptions['terminal']): string | undefined {
  if (width >= ADDRESSES_FROM) return undefined;
  const whole = `── #${stream}  ${left} ↔ ${right} `;
  return c.bold(widthOf(whole) <= width ? padTo(whole, width).replace(/ +$/, (s) => ` ${'─'.repeat(s.length - 1)}`) : `── #${stream}  ${left} ↔`.slice(0, width));
}

/** "   12   0.015916" */
function stamp({ number, at }: { readonly number: number; readonly at: Micros }, { terminal: { width, colors: c }, start }: LineOptions): string {
  const narrow = width < PORTS_FROM;
  const seconds = (Math.max(0, at - start) / 1e6).toFixed(6);
  return `${String(number).padStart(narrow ? 4 : 5)} ${c.dim(seconds.padStart(narrow ? 8 : 10))}`;
}

/** "#0 192.0.2.1:40312 SYN-S  ─► LISTEN 192.0.2.2:80", with as much of the names as there is room for. */
function ends(sighting: Sighting, { width, colors: c }: LineOptions['terminal']): string {
  const { stream, states, from } = sighting;
  const { left, right } = names(sighting, width);
  const arrow = segmentPaint(sighting.view, from === 'left', c)(from === 'left' ? '─►' : '◄─');
  const state = (side: 'left' | 'right'): string => {
    const { before, after } = states[side];
    const text = shortState(after).padEnd(SHORT_STATE);
    return before === after ? c.dim(text) : c.bold(c.yellow(text));
  };
  return [c.dim(`#${stream}`), left, state('left'), arrow, state('right'), right].filter((part) => part !== '').join(' ');
}

function names({ left, right }: Sighting, width: number): { left: string; right: string } {
  if (width < PORTS_FROM) return { left: '', right: '' };
  const whole = width >= ADDRESSES_FROM && widthOf(left) + widthOf(right) <= width / 3;
  const name = (end: string): string => (whole ? end : end.slice(end.lastIndexOf(':')));
  return { left: name(left).padStart(whole ? 16 : 6), right: name(right).padEnd(whole ? 16 : 6) };
}

/** The verdict behind the segment, or '' when there is no room for all of it. */
function besides(verdict: Explanation, room: number, options: LineOptions): string {
  const runs = verdictRuns(verdict, options);
  const columns = runs.reduce((sum, { text }) => sum + widthOf(text) + 1, 1);
  return columns > room ? '' : `  ${runs.map(({ text, paint }) => paint(text)).join(' ')}`;
}

const verdictRuns = (verdict: Explanation, { terminal: { colors: c } }: LineOptions): Run[] => [
  { text: verdict.text, paint: c.yellow },
  { text: formatCitation(verdict.rule), paint: (s) => c.dim(c.cyan(s)), whole: true },
];
