/**
 * The oracle: simulated hosts know their states, the onlooker infers them from what passes. Without loss both agree whenever
 * nothing is under way; with loss they agree at the end, and no pair of states is ever one that two ends cannot be in.
 */
import type { InferredState, Side } from '../../../src/observe/sighting.js';
import { StateInference } from '../../../src/observe/states.js';
import { FIN, RST } from '../../../src/wire/segment.js';
import { type Course, type Passed, passedAt, playOnLine } from '../../support/line.js';

const SIDES = ['left', 'right'] as const;
type Pair = Record<Side, InferredState>;

const firstFin = (course: Course, side: Side): number => course.sent.find((sent) => sent.side === side && sent.segment.has(FIN))?.at ?? Infinity;

/**
 * CLOSE changes the state at once (RFC 9293 §3.10.4), but the FIN follows what is queued, and only that passes. An end that
 * has said CLOSE goes by these names until its FIN is out, and for good if the other's FIN comes first.
 */
const BEFORE_FIN: Partial<Record<InferredState, InferredState>> = { 'FIN-WAIT-1': 'ESTABLISHED', 'CLOSING': 'CLOSE-WAIT', 'LAST-ACK': 'CLOSE-WAIT' };
const FIN_LATE: Partial<Record<InferredState, InferredState>> = { 'CLOSING': 'LAST-ACK', 'TIME-WAIT': 'CLOSED' };

/** The true state, as segments can tell it. */
function asSeen(course: Course, side: Side, state: InferredState, at: number): InferredState {
  const fin = firstFin(course, side);
  if (at < fin) return BEFORE_FIN[state] ?? state;
  const late = course.turns.some((turn) => turn.side === side && turn.to === 'CLOSING' && turn.at <= fin);
  return late ? (FIN_LATE[state] ?? state) : state;
}

function truth(course: Course, side: Side, until: number): InferredState {
  const turns = course.turns.filter((turn) => turn.side === side && turn.at <= until);
  const initially = side === 'left' || course.scenario.opening === 'simultaneous' ? 'CLOSED' : 'LISTEN';
  return asSeen(course, side, turns.at(-1)?.to ?? initially, until);
}

/** Instants at which something has arrived and nothing is under way. */
function quietInstants({ sent }: Course): number[] {
  const quiet: number[] = [];
  let latest = -Infinity;
  for (const [i, { at, arrival }] of sent.entries()) {
    // Those sent at one instant count as one.
    if (at > latest && i > 0) quiet.push(latest);
    latest = Math.max(latest, arrival);
  }
  return [...quiet, latest];
}

const timedOut = (inferred: InferredState, real: InferredState): boolean => inferred === 'TIME-WAIT' && real === 'CLOSED';

function disagreements(course: Course, passed: readonly Passed[]): string[] {
  const inference = new StateInference();
  const states: Pair = { left: 'unknown', right: 'unknown' };
  const wrong: string[] = [];
  let next = 0;
  for (const instant of quietInstants(course)) {
    for (; next < passed.length && passed[next].at <= instant + 1e-3; next++) {
      const steps = inference.pass(passed[next].passing);
      for (const side of SIDES) states[side] = steps[side].after;
    }
    for (const side of SIDES) {
      const real = truth(course, side, instant + 1e-3);
      if (states[side] !== real && !timedOut(states[side], real)) wrong.push(`frame ${next}: ${side} is ${real}, taken for ${states[side]}`);
    }
  }
  return wrong;
}

/** Whoever is in such a state has got a FIN, or an acknowledgement of its own. */
const GOT_FIN = ['CLOSE-WAIT', 'LAST-ACK', 'CLOSING', 'TIME-WAIT'];
const SENT_FIN = ['FIN-WAIT-1', 'FIN-WAIT-2', 'CLOSING', 'LAST-ACK', 'TIME-WAIT'];
const GONE = ['unknown', 'CLOSED', 'LISTEN', 'SYN-SENT', 'SYN-RECEIVED'];
function possible(one: InferredState, other: InferredState): boolean {
  if (GONE.includes(other)) return true;
  if (GOT_FIN.includes(one) && !SENT_FIN.includes(other)) return false;
  return one !== 'FIN-WAIT-2' || GOT_FIN.includes(other);
}

function impossible(passed: readonly Passed[]): string[] {
  const inference = new StateInference();
  return passed.flatMap(({ passing }) => {
    const { left, right } = inference.pass(passing);
    const fine = possible(left.after, right.after) && possible(right.after, left.after);
    return fine ? [] : [`frame ${passing.number}: ${left.after} and ${right.after}`];
  });
}

const PLACES = [0, 0.5, 1];
const seeds = (from: number, n: number): number[] => Array.from({ length: n }, (_, i) => from + i);

describe('without loss', () => {
  test.each(PLACES)('at %d of the line, the states are the true ones whenever nothing is under way', (place) => {
    const met = new Set<string>();
    for (const seed of seeds(1, 60)) {
      const course = playOnLine(seed, 0);
      expect(course.sent.every(({ arrived }) => arrived)).toBe(true);
      expect({ seed, wrong: disagreements(course, passedAt(course, place)).slice(0, 5) }).toEqual({ seed, wrong: [] });
      for (const { to } of course.turns) met.add(to);
      if (course.sent.some(({ segment }) => segment.has(RST))) met.add('RST');
    }
    // The draw must go on reaching them all.
    for (const state of ['SYN-RECEIVED', 'ESTABLISHED', 'FIN-WAIT-2', 'CLOSE-WAIT', 'CLOSING', 'LAST-ACK', 'TIME-WAIT', 'RST']) expect(met).toContain(state);
  }, 120_000);
});

/** The states that both ends came through, at the end of a conversation that was closed properly. */
function ends(course: Course): Pair {
  const way = (side: Side): InferredState =>
    (course.turns.some((turn) => turn.side === side && turn.to === 'TIME-WAIT') ? asSeen(course, side, 'TIME-WAIT', Infinity) : 'CLOSED');
  return { left: way('left'), right: way('right') };
}

/** A FIN whose first transmission did not pass may have answered the other one or not. */
function finUnseen(course: Course, passed: readonly Passed[]): boolean {
  return SIDES.some((side) => {
    const first = course.sent.find((sent) => sent.side === side && sent.segment.has(FIN));
    return first !== undefined && !passed.some(({ sent }) => sent === first);
  });
}

describe('with loss', () => {
  test.each(PLACES)('at %d of the line, the ends are the true ones, and no pair is impossible', (place) => {
    let closed = 0;
    for (const seed of seeds(1, 80)) {
      const course = playOnLine(seed, 0.1);
      const passed = passedAt(course, place);
      expect({ seed, impossible: impossible(passed).slice(0, 5) }).toEqual({ seed, impossible: [] });
      if (!course.peaceful || course.sent.some(({ segment }) => segment.has(RST)) || finUnseen(course, passed)) continue;
      const inference = new StateInference();
      const last = passed.map(({ passing }) => inference.pass(passing)).at(-1);
      expect({ seed, left: last?.left.after, right: last?.right.after }).toEqual({ seed, ...ends(course) });
      closed++;
    }
    expect(closed).toBeGreaterThan(30);
  }, 120_000);
});
