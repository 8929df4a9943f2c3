/** A transfer cut into round trips: a round ends when all that had been sent when it began is acknowledged. */
import type { Micros } from '../../util/units.js';
import { standings } from './course.js';
import type { Stage } from './stage.js';

/** The congestion window of glasstcp's one connection when text first goes out, and at the end of each round, in octets. */
export function windowsByRound(stage: Stage, from: Micros, to: Micros): number[] {
  const windows: number[] = [];
  let end: number | undefined;
  let last: Readonly<Record<string, number>> | undefined;
  for (const { at, values } of standings(stage)) {
    if (at < from || at > to || values['snd.nxt'] <= 1) continue;
    if (last === undefined) windows.push(values.cwnd);
    else if (values['snd.una'] > last['snd.una']) {
      end ??= last['snd.nxt'];
      if (values['snd.una'] >= end) {
        windows.push(values.cwnd);
        end = undefined;
      }
    }
    last = values;
  }
  return windows;
}
