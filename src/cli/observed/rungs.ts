/**
 * How one segment looks on the ladder of a conversation that was watched from outside: frame number and time, the left end's state
 * and lifeline, the arrow, the right end's lifeline and state; under the arrow, what it means.
 */
import type { InferredState, Side, Sighting } from '../../observe/sighting.js';
import { formatCitation } from '../../trace/explain.js';
import type { Micros } from '../../util/units.js';
import { drawArrow } from '../arrow.js';
import { formatTime } from '../ladder-lines.js';
import { type Colors, padTo, paintRuns, type Run, type Terminal, widthOf, wrap } from '../terminal.js';
import { plainWords } from './plain-words.js';
import { isRemarkable } from './remarks.js';
import { LONG_STATE, SHORT_STATE, shortState, stateName, stepText } from './state-words.js';

/** Where things stand in a line of a given width. */
export interface RungGeometry {
  readonly number: number;
  readonly time: number;
  /** Columns of a state, on either side; 0 = none: changes are told between the lifelines. */
  readonly state: number;
  /** Columns left of the left lifeline. */
  readonly gutter: number;
  /** Columns between the lifelines. */
  readonly inner: number;
}

/** From these widths on there is room for whole names of states, and for short ones. */
const LONG_STATES_FROM = 98;
const SHORT_STATES_FROM = 76;

export function rungGeometry(width: number): RungGeometry {
  const [number, time] = width >= LONG_STATES_FROM ? [5, 10] : [4, 8];
  const state = width >= LONG_STATES_FROM ? LONG_STATE : width >= SHORT_STATES_FROM ? SHORT_STATE : 0;
  const beside = state === 0 ? 0 : state + 1;
  const gutter = number + 1 + time + 1 + beside;
  return { number, time, state, gutter, inner: width - gutter - 2 - beside };
}

export interface RungOptions {
  readonly terminal: Pick<Terminal, 'width' | 'colors'>;
  readonly start: Micros;
  /** What the ladder has shown of the states so far: an end's state is shown again when it is another one. */
  readonly shown?: Readonly<Record<Side, InferredState>>;
  /** Says what it is, even if it is nothing remarkable. */
  readonly verbose?: boolean;
  /** Says so of segments that open and close; by default it does. */
  readonly teach?: boolean;
}

/** The lines of one segment, none wider than the terminal, without line ends. */
export function sightingRungs(sighting: Sighting, options: RungOptions): string[] {
  const { width, colors: c } = options.terminal;
  const { inner } = rungGeometry(width);
  const toRight = sighting.from === 'left';
  const arrow = drawArrow(sighting.view, toRight, inner, c);
  const text = [...(arrow.rest === '' ? [] : wrap([{ text: arrow.rest, paint: arrow.paint }], inner - 4)), ...words(sighting, options)];
  const cells = stateCells(sighting, options);
  const stamp = stampOf(sighting, options);
  const rail = c.dim('│');
  const first = rung(width, { stamp, ...cells, near: toRight ? arrow.joint : rail, far: toRight ? rail : arrow.joint, inner: arrow.shaft });
  return [first, ...text.map((runs) => rung(width, { near: rail, far: rail, inner: `  ${paintRuns(runs)}` }))];
}

/** Frame number and time; a long number takes from the time's decimals. */
function stampOf(sighting: Sighting, { start, terminal: { width, colors: c } }: RungOptions): string {
  const { number, time } = rungGeometry(width);
  const first = String(sighting.number).padStart(number);
  const columns = Math.max(0, number + time - first.length);
  return `${first} ${c.dim(formatTime(sighting.at - start, columns).padStart(columns))} `;
}

/** The parts of one line. */
export interface Rung {
  readonly stamp?: string;
  readonly left?: string;
  readonly right?: string;
  readonly near: string;
  readonly far: string;
  readonly inner: string;
}

export function rung(width: number, { stamp = '', left = '', right = '', near, far, inner }: Rung): string {
  const g = rungGeometry(width);
  const beside = g.state === 0 ? '' : `${' '.repeat(Math.max(0, g.gutter - widthOf(stamp) - widthOf(left) - 1))}${left} `;
  return `${padTo(`${stamp}${beside}`, g.gutter)}${near}${padTo(inner, g.inner)}${far}${right === '' ? '' : ` ${right}`}`;
}

/** An end's state, if it is new. */
function stateCells(sighting: Sighting, { terminal: { width, colors: c }, shown }: RungOptions): { left: string; right: string } {
  const { state } = rungGeometry(width);
  const cell = (side: Side): string => (state > 0 && isNew(sighting, side, shown) ? c.bold(c.yellow(named(sighting.states[side].after, state))) : '');
  return { left: cell('left'), right: cell('right') };
}

const isNew = ({ states }: Sighting, side: Side, shown: RungOptions['shown']): boolean => states[side].after !== shown?.[side];

const named = (state: InferredState, columns: number): string => (columns < LONG_STATE ? shortState(state) : stateName(state));

/** What stands under the arrow: states where they have no column, plain words where they help, verdicts. */
function words(sighting: Sighting, options: RungOptions): Run[][] {
  const { colors: c, width } = options.terminal;
  const geometry = rungGeometry(width);
  const room = geometry.inner - 4;
  const lines: Run[][] = [];
  if (geometry.state === 0) lines.push(...stateLines(sighting, options, room));
  if (saysWhatItIs(sighting, options)) lines.push(...wrap([{ text: plainWords(sighting), paint: c.dim }], room));
  for (const verdict of sighting.verdicts) {
    lines.push(...wrap([{ text: verdict.text, paint: plain }, { text: formatCitation(verdict.rule), paint: citationPaint(c), whole: true }], room));
  }
  return lines;
}

function stateLines(sighting: Sighting, { shown, terminal: { colors: c } }: RungOptions, room: number): Run[][] {
  const told = (['left', 'right'] as const).filter((side) => isNew(sighting, side, shown));
  if (told.length === 0) return [];
  return wrap([{ text: told.map((side) => `${side} ${stepText(sighting.states[side])}`).join(', '), paint: (s) => c.bold(c.yellow(s)) }], room);
}

/** Segments that open or close speak for themselves; where a verdict says more, it is enough. */
function saysWhatItIs(sighting: Sighting, { verbose, teach }: RungOptions): boolean {
  const { view, states } = sighting;
  if (verbose === true) return true;
  if (teach === false || isRemarkable(sighting)) return false;
  const moves = states.left.before !== states.left.after || states.right.before !== states.right.after;
  return moves || view.flags.some((flag) => flag === 'SYN' || flag === 'FIN' || flag === 'RST');
}

const plain = (text: string): string => text;
const citationPaint = (c: Colors) => (text: string): string => c.dim(c.cyan(text));
