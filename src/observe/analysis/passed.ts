/**
 * Which sequence numbers of one direction have passed and are not acknowledged: runs that do not touch, in order.
 * Bounded: where a capture has more gaps than are kept, the lowest are taken as filled.
 */
import { type Seq, seqGeq, seqGt, seqLeq, seqLt, seqMax, seqMin } from '../../util/seq.js';

const MOST_RUNS = 256;

export class Passed {
  /** Run i is [lefts[i], rights[i]). */
  private readonly lefts: Seq[] = [];
  private readonly rights: Seq[] = [];

  get runs(): number {
    return this.lefts.length;
  }

  /** Has all of [from, to) passed? */
  covers(from: Seq, to: Seq): boolean {
    if (seqGeq(from, to)) return true;
    const i = this.firstReaching(from, true);
    return i < this.lefts.length && seqLeq(this.lefts[i], from) && seqGeq(this.rights[i], to);
  }

  /** Where what has passed without a gap from here on ends: `from` itself, if nothing has. */
  endOfRun(from: Seq): Seq {
    const i = this.firstReaching(from, true);
    return i < this.lefts.length && seqLeq(this.lefts[i], from) ? this.rights[i] : from;
  }

  /** Where a gap that begins at `from` ends, at the latest at `limit`. */
  endOfGap(from: Seq, limit: Seq): Seq {
    const i = this.firstReaching(from, true);
    return i < this.lefts.length ? seqMin(this.lefts[i], limit) : limit;
  }

  add(from: Seq, to: Seq): void {
    const { lefts, rights } = this;
    const last = lefts.length - 1;
    if (last >= 0 && rights[last] === from) {
      rights[last] = to;
      return;
    }
    const i = this.firstReaching(from, false);
    let j = i;
    while (j < lefts.length && seqLeq(lefts[j], to)) j++;
    const left = j > i ? seqMin(from, lefts[i]) : from;
    const right = j > i ? seqMax(to, rights[j - 1]) : to;
    lefts.splice(i, j - i, left);
    rights.splice(i, j - i, right);
    if (lefts.length > MOST_RUNS) this.fillLowestGap();
  }

  /** What is acknowledged need not be remembered. */
  forgetBefore(ack: Seq): void {
    const { lefts, rights } = this;
    if (lefts.length === 0 || seqGeq(lefts[0], ack)) return;
    const n = this.firstReaching(ack, true);
    lefts.splice(0, n);
    rights.splice(0, n);
    if (lefts.length > 0 && seqLt(lefts[0], ack)) lefts[0] = ack;
  }

  /** The first run that ends at or after a number; strictly after it, if so asked. */
  private firstReaching(number: Seq, strictly: boolean): number {
    const { rights } = this;
    let low = 0;
    let high = rights.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (strictly ? seqGt(rights[middle], number) : seqGeq(rights[middle], number)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  private fillLowestGap(): void {
    this.lefts.splice(1, 1);
    this.rights.splice(0, 1);
  }
}
