/** One segment as the judges are handed it: who sent it, what is known of both directions, and what has been said so far. Lent. */
import { Explanation } from '../../trace/moment.js';
import { type Seq } from '../../util/seq.js';
import type { Micros } from '../../util/units.js';
import { ACK, FIN, RST, Segment, SYN } from '../../wire/segment.js';
import type { Verdict } from '../verdicts.js';
import type { Flow } from './flow.js';

/** Milliseconds between two times, never less than 0: captures have clocks that step back. */
export const msBetween = (from: Micros, to: Micros): number => Math.max(0, (to - from) / 1_000);

export class Occasion {
  number = 0;
  at: Micros = 0;
  seg = new Segment();
  said: Explanation[] = [];

  constructor(public fwd: Flow, public back: Flow) {}

  /** SYN, FIN or RST. */
  get opensOrEnds(): boolean {
    return (this.seg.flags & (SYN | FIN | RST)) !== 0;
  }

  get acks(): boolean {
    return this.seg.has(ACK);
  }

  /** Takes up room in the sequence space. */
  get occupies(): boolean {
    return this.seg.len > 0;
  }

  /** A number of the sender's, as people count. */
  sent(number: Seq): number {
    return this.fwd.lane.relative(number);
  }

  /** A number of the other side's. */
  theirs(number: Seq): number {
    return this.back.lane.relative(number);
  }

  ms(since: Micros): number {
    return msBetween(since, this.at);
  }

  say(verdict: Verdict, a = 0, b = 0, c = 0): void {
    this.said.push(new Explanation(verdict, a, b, c));
  }
}
