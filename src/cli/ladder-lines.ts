/**
 * How one moment looks on the ladder: a pure function from a moment to lines. Time and our state stand on the left, then
 * our lifeline, the arrow, the peer's lifeline; under the arrow, why.
 */
import { changesIn, explanationsOf, fateIn, formatCitation, statePath, textIn } from '../trace/explain.js';
import type { Language } from '../trace/language.js';
import type { Explanation, LinkFate, Moment } from '../trace/moment.js';
import type { Micros } from '../util/units.js';
import type { SegmentView } from '../observe/segment-view.js';
import { drawArrow } from './arrow.js';
import { padTo, paintRuns, type Run, type Terminal, wrap } from './terminal.js';

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
  /** English by default. */
  readonly language?: Language;
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
  private readonly language: Language;

  constructor(
    private readonly options: LineOptions,
    private readonly at: Micros,
    private readonly moment: Moment | undefined,
  ) {
    this.c = options.terminal.colors;
    this.geometry = geometryOf(options.terminal.width);
    this.language = options.language ?? 'en';
  }

  lines(): string[] {
    const { options, moment, c, geometry } = this;
    const direction = moment?.direction ?? options.fate?.direction;
    const rows: Row[] = [];
    const below: Run[] = [];
    if (direction !== undefined) {
      const { what } = options.fate ?? {};
      const lost = what === 'lost' || what === 'corrupted';
      const out = direction === 'out';
      const { shaft, joint, rest, paint } = drawArrow(options.view, out, geometry.inner, c, lost, this.language);
      rows.push({ left: out ? joint : undefined, right: out ? undefined : joint, inner: shaft });
      if (rest !== '') below.push({ text: rest, paint });
      if (options.fate !== undefined) below.push({ text: fateIn(options.fate, this.language), paint: lost ? (s): string => c.bold(c.red(s)) : c.yellow });
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
      text.push(...wrap([{ text: textIn(e, this.language), paint: c.dim }, citation], width));
    }
    if (options.variables === true && moment.changes.length > 0) {
      text.push(...wrap([{ text: changesIn(moment.changes, this.language), paint: c.magenta }], width));
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
