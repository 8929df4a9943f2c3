/** When the timers of glasstcp's connections were started and fired, told by the decisions at both ends of the wait. */
import { type Duration, MILLISECOND } from '../../util/units.js';
import { decisionsBy } from './course.js';
import { inMilliseconds } from './in-words.js';
import type { Stage } from './stage.js';

export interface TimerKind {
  readonly name: string;
  /** The rule of what started it, and that of what it led to. */
  readonly from: string;
  readonly fires: string;
  /** Least time between the two, µs. */
  readonly due: Duration;
}

/** What the clock of timers may round, µs. */
const ROUNDING = 1 * MILLISECOND;

/** How long such a timer ran when it first fired, µs; NaN = it never did. */
export function ranFor(stage: Stage, { from, fires }: TimerKind): Duration {
  const starts = decisionsBy(stage, from).map(({ at }) => at);
  const fired = decisionsBy(stage, fires).find(({ at }) => at > starts[0])?.at ?? NaN;
  return fired - (starts.findLast((at) => at < fired) ?? NaN);
}

/** Waits until it has fired; no sooner than it may is what must be seen. @returns how long it ran, ms */
export async function mustFire(stage: Stage, kind: TimerKind): Promise<number> {
  let after = NaN;
  await stage.until(() => !Number.isNaN(after = ranFor(stage, kind)));
  stage.must(kind.name, after >= kind.due - ROUNDING, Number.isNaN(after) ? 'it did not fire' : `it fired after ${after} µs`, { after: inMilliseconds(after) });
  return inMilliseconds(after);
}
