/**
 * How one moment looks on the ladder: a pure function from a moment to lines. Time and our state stand on the left, then
 * our lifeline, the arrow, the peer's lifeline; under the arrow, why.
 */
import { explanationsOf, explainFate, formatChange, formatCitation, statePath } from '../trace/explain.js';
import type { Explanation, LinkFate, Moment } from '../trace/moment.js';
import type { Direction } from '../trace/tracer.js';
import type { Micros } from '../util/units.js';
import type { SegmentView, TcpView } from '../observe/segment-view.js';
import { padTo, type Paint, paintRuns, type Run, type Terminal, widthOf, wrap } from './terminal.js';

export interface LineOptions {
  readonly terminal: Pick<Terminal, 'width' | 'colors'>;
  /** Time 0 of the ladder. */
  readonly start: Micros;
  /** The packet, read. */
  readonly view?: SegmentView | undefined;
  readonly fate?: LinkFate | undefined;
  /** What to say under the arrow; all there is, by default. */
  readonly explanations?: readonly Explanation[];
  /** Says which variables changed, too. */
  readonly variables?: boolean;
}

/** Where things stand in a line of a given width. */
export interface Geometry {
  readonly time: number;
  /** 0 = no column: state changes are told between the lifelines. */
  readonly state: number;
  /** Columns left of our lifeline. */
  readonly gutter: number;
  /** Columns between the lifelines. */
  readonly inner: number;
}

/** From here on there is room for the state's own column. */
const STATE_COLUMN_FROM = 84;

export function geometryOf(width: number): Geometry {
  const roomy = width >= STATE_COLUMN_FROM;
  const time = roomy ? 10 : 8;
  const state = roomy ? 14 : 0;
  const gutter = time + 1 + (roomy ? state + 2 : 0);
  return { time, state, gutter, inner: width - gutter - 2 };
}

/** The lines of one moment, each exactly as wide as the terminal or less, without line ends. */
export function renderMoment(moment: Moment, options: LineOptions): string[] {
  return new Page(options, moment.at, moment).lines();
}

/** The lines of a packet of which the stack knows nothing, because the link swallowed it. */
export function renderFate(fate: LinkFate, options: LineOptions): string[] {
  return new Page({ ...options, fate }, fate.at, undefined).lines();
}

class Page {
  private readonly c;
  private readonly geometry;

  constructor(
    private readonly options: LineOptions,
    private readonly at: Micros,
    private readonly moment: Moment | undefined,
  ) {
    this.c = options.terminal.colors;
    this.geometry = geometryOf(options.terminal.width);
  }

  lines(): string[] {
    const { options, moment, c, geometry } = this;
    const direction = moment?.direction ?? options.fate?.direction;
    const rows: Row[] = [];
    let below: Run[] = [];
    if (direction !== undefined) {
      const arrow = drawArrow(options, direction, geometry.inner);
      rows.push(arrow.row);
      below = arrow.below;
    }
    const text: Run[][] = [];
    for (const run of below) text.push(...wrap([run], geometry.inner - 4));
    if (moment !== undefined) text.push(...this.words(moment));
    const mark = moment !== undefined && direction === undefined ? this.eventMark(moment) : undefined;
    for (const runs of text) rows.push({ left: undefined, right: undefined, inner: `  ${paintRuns(runs)}` });
    const states = geometry.state > 0 && moment !== undefined ? this.stateCells(moment) : [];
    while (rows.length < Math.max(states.length, 1)) rows.push({ left: undefined, right: undefined, inner: '' });
    const rail = c.dim('│');
    return rows.map((row, i) => {
      const left = row.left ?? (i === 0 ? mark : undefined) ?? rail;
      return `${this.gutterCells(i, states[i])}${left}${padTo(row.inner, geometry.inner)}${row.right ?? rail}`;
    });
  }

  /** What stands under the arrow: state changes where they have no column, explanations, variables. */
  private words(moment: Moment): Run[][] {
    const { options, c, geometry } = this;
    const width = geometry.inner - 4;
    const text: Run[][] = [];
    if (geometry.state === 0 && moment.states.length > 0) {
      text.push(...wrap([{ text: statePath(moment), paint: (s) => c.bold(c.yellow(s)) }], width));
    }
    for (const e of options.explanations ?? explanationsOf(moment)) {
      const citation: Run = { text: formatCitation(e.rule), paint: (s) => c.dim(c.cyan(s)), whole: true };
      text.push(...wrap([{ text: e.text, paint: c.dim }, citation], width));
    }
    if (options.variables === true && moment.changes.length > 0) {
      text.push(...wrap([{ text: moment.changes.map(formatChange).join(', '), paint: c.magenta }], width));
    }
    return text;
  }

  private eventMark(moment: Moment): string {
    return moment.states.length > 0 ? this.c.bold(this.c.yellow('◆')) : this.c.dim('·');
  }

  /** The state column, from top to bottom: the old state, then the new ones; or the one that stays, dimmed. */
  private stateCells({ before, after, states }: Moment): string[] {
    const { c } = this;
    if (states.length === 0) return after === '' ? [] : [c.dim(after)];
    return [before, ...states.map((s) => c.bold(c.yellow(`→ ${s.to}`)))];
  }

  private gutterCells(row: number, state = ''): string {
    const { geometry, c } = this;
    const time = row === 0 ? formatTime(this.at - this.options.start, geometry.time) : '';
    const cell = geometry.state === 0 ? '' : `${padTo(state, geometry.state)}  `;
    return `${c.dim(time.padStart(geometry.time))} ${cell}`;
  }
}

interface Row {
  /** What replaces a lifeline in this row. */
  readonly left: string | undefined;
  readonly right: string | undefined;
  readonly inner: string;
}

/** Seconds with as many decimals as there is room for, six at most. */
export function formatTime(micros: number, columns: number): string {
  return (Math.max(0, micros) / 1e6).toFixed(6).slice(0, columns);
}

function drawArrow(options: LineOptions, direction: Direction, inner: number): { row: Row; below: Run[] } {
  const { view, fate } = options;
  const c = options.terminal.colors;
  const lost = fate !== undefined && (fate.what === 'lost' || fate.what === 'corrupted');
  const paint = lost ? c.red : arrowPaint(options, direction);
  // One dash at least before the text, two after it and the head: "─ text ──►".
  const { label, rest } = fitLabel(view, inner - 6);
  const below: Run[] = rest === '' ? [] : [{ text: rest, paint }];
  const bold = isMilestone(view) || lost;
  const text = ` ${bold ? c.bold(paint(label)) : paint(label)} `;
  let line: string;
  if (!lost) {
    const shaft = inner - widthOf(label) - 3;
    const near = direction === 'out' ? Math.min(2, shaft - 1) : shaft - Math.min(2, shaft - 1);
    const dashes = (n: number): string => paint('─'.repeat(n));
    line = direction === 'out'
      ? `${dashes(near)}${text}${dashes(shaft - near)}${paint('►')}`
      : `${paint('◄')}${dashes(near)}${text}${dashes(shaft - near)}`;
  } else {
    line = brokenArrow(label, text, direction, inner, paint);
  }
  if (fate !== undefined) below.push({ text: explainFate(fate), paint: lost ? (s) => c.bold(c.red(s)) : c.yellow });
  const joint = paint(direction === 'out' ? '├' : '┤');
  const row = direction === 'out' ? { left: joint, right: undefined, inner: line } : { left: undefined, right: joint, inner: line };
  return { row, below };
}

/** An arrow that ends on the way, about three quarters across. */
function brokenArrow(label: string, text: string, direction: Direction, inner: number, paint: Paint): string {
  const reach = Math.max(Math.floor(inner * 0.75), widthOf(label) + 6);
  const tail = reach - widthOf(label) - 5;
  const gap = ' '.repeat(Math.max(0, inner - reach));
  return direction === 'out'
    ? `${paint('──')}${text}${paint(`${'─'.repeat(tail)}✗`)}${gap}`
    : `${gap}${paint(`✗${'─'.repeat(tail)}`)}${text}${paint('──')}`;
}

function arrowPaint({ view, terminal: { colors: c } }: LineOptions, direction: Direction): Paint {
  if (view?.protocol === 'TCP' && view.flags.includes('RST')) return c.red;
  if (view?.protocol === 'TCP' && view.again) return c.yellow;
  return direction === 'out' ? c.cyan : c.green;
}

/** Segments that open, close or break a connection. */
function isMilestone(view: SegmentView | undefined): boolean {
  return view?.protocol === 'TCP' && view.flags.some((f) => f === 'SYN' || f === 'FIN' || f === 'RST');
}

/** As much of a segment's description as fits in so many columns, and what is left for the next line. */
function fitLabel(view: SegmentView | undefined, columns: number): { label: string; rest: string } {
  if (view === undefined) return { label: 'unreadable packet', rest: '' };
  if (view.protocol !== 'TCP') return { label: view.text.slice(0, columns), rest: '' };
  const parts = segmentParts(view);
  // The first to leave the arrow are the last of this list that are there.
  const rest: string[] = [];
  for (const leaving of ['options', 'window', 'ack', 'length'] as const) {
    if (widthOf(joinParts(parts)) <= columns) break;
    if (parts[leaving] !== '') rest.unshift(parts[leaving]);
    parts[leaving] = '';
  }
  return { label: joinParts(parts), rest: rest.join(' ') };
}

const joinParts = (parts: Readonly<Record<string, string>>): string => Object.values(parts).filter((p) => p !== '').join(' ');

/** The parts of a segment's description, in the order in which they are printed. */
function segmentParts(view: TcpView): { flags: string; seq: string; ack: string; window: string; length: string; options: string; again: string } {
  const options = describeOptions(view);
  return {
    flags: view.flags.join(',') || 'no flags',
    seq: `seq=${view.seq}`,
    ack: view.ack === undefined ? '' : `ack=${view.ack}`,
    window: `win=${view.window}`,
    length: view.length === 0 ? '' : `len=${view.length}`,
    options: options === '' ? '' : `<${options}>`,
    again: view.again ? '(again)' : '',
  };
}

/** Timestamps are named only in a SYN, where they are agreed on: later every segment carries them. */
function describeOptions(view: TcpView): string {
  const names: string[] = [];
  if (view.mss !== undefined) names.push(`mss ${view.mss}`);
  if (view.sackPermitted) names.push('sackOK');
  if (view.timestamps !== undefined && view.flags.includes('SYN')) names.push('TS');
  if (view.windowScale !== undefined) names.push(`ws ${view.windowScale}`);
  if (view.sack.length > 0) names.push(`sack ${view.sack.map(([left, right]) => `${left}-${right}`).join(' ')}`);
  return names.join(',');
}

/** "SYN seq=0 win=64240 <mss 1460,sackOK,TS,ws 7>" */
export function describeSegment(view: SegmentView): string {
  return view.protocol === 'TCP' ? joinParts(segmentParts(view)) : view.text;
}
