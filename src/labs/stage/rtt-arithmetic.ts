/** RFC 6298 (2.2) and (2.3), reckoned once more beside the engine, so that a lab can say whether the engine follows them. */
import { type Duration, type Micros, MILLISECOND } from '../../util/units.js';
import type { Decision } from './course.js';

export interface Estimate {
  readonly at: Micros;
  /** All in µs. */
  readonly sample: Duration;
  readonly srtt: Duration;
  readonly rttvar: Duration;
  readonly rto: Duration;
}

/** Clock granularity. */
const G = 1 * MILLISECOND;
/** What two ways of rounding may differ by, µs. */
const NEAR = 1;

/** @param samples decisions by the rule rtt-sample: R, SRTT, RTO @param floor of the sum, µs */
export function estimates(samples: readonly Decision[], floor: Duration): Estimate[] {
  const all: Estimate[] = [];
  for (const { at, numbers: [sample] } of samples) {
    const last = all.at(-1);
    const rttvar = last === undefined ? sample / 2 : last.rttvar + (Math.abs(last.srtt - sample) - last.rttvar) / 4;
    const srtt = last === undefined ? sample : last.srtt + (sample - last.srtt) / 8;
    all.push({ at, sample, srtt, rttvar, rto: Math.max(floor, srtt + Math.max(G, 4 * rttvar)) });
  }
  return all;
}

/** Has the engine come to the same SRTT and RTO each time? */
export const followsFormula = (samples: readonly Decision[], all: readonly Estimate[]): boolean =>
  samples.length === all.length && samples.every(({ numbers: [, srtt, rto] }, n) => Math.abs(srtt - all[n].srtt) < NEAR && Math.abs(rto - all[n].rto) < NEAR);
