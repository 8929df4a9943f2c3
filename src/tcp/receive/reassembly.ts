/**
 * Text that came out of order: the octets lie in the receive ring ahead of RCV.NXT, this keeps the sorted, disjoint runs
 * [start, end) of what is there (RFC 9293 §3.10.7.4, SHLD-31). Memory is bounded by the buffer, work by the number of runs.
 */
import { type Seq, seqGeq, seqGt, seqLeq, seqLt, seqMax } from '../../util/seq.js';

export class Reassembly {
  private edges = new Int32Array(0);
  /** Number of runs. */
  count = 0;
  /** Start of the run that changed last: the first SACK block to report (RFC 2018 §4). */
  latest = 0 as Seq;

  /** @param limit most runs kept apart */
  constructor(private readonly limit: number) {}

  start(i: number): Seq {
    return this.edges[2 * i] as Seq;
  }

  end(i: number): Seq {
    return this.edges[2 * i + 1] as Seq;
  }

  /** Notes [from, to). @returns false when there is no room for one more run: the text must be discarded */
  add(from: Seq, to: Seq): boolean {
    let i = this.firstEndingAtOrAfter(from);
    if (i === this.count || seqLt(to, this.start(i))) {
      if (this.count >= this.limit) return false;
      this.insert(i, from, to);
    } else {
      if (seqLt(from, this.start(i))) this.edges[2 * i] = from;
      if (seqGt(to, this.end(i))) this.edges[2 * i + 1] = to;
      this.absorb(i);
    }
    i = this.firstEndingAtOrAfter(from);
    this.latest = this.start(i);
    return true;
  }

  /** Takes the runs that rcvNxt now reaches. @returns the new RCV.NXT */
  advance(rcvNxt: Seq): Seq {
    let taken = 0;
    let next = rcvNxt;
    while (taken < this.count && seqLeq(this.start(taken), next)) {
      next = seqMax(next, this.end(taken));
      taken++;
    }
    if (taken > 0) {
      this.edges.copyWithin(0, 2 * taken, 2 * this.count);
      this.count -= taken;
    }
    return next;
  }

  /** Forgets what lies at or beyond `at`. */
  cut(at: Seq): void {
    while (this.count > 0 && seqGeq(this.start(this.count - 1), at)) this.count--;
    if (this.count > 0 && seqGt(this.end(this.count - 1), at)) this.edges[2 * this.count - 1] = at;
  }

  clear(): void {
    this.count = 0;
  }

  /** Binary search: runs are sorted by start and disjoint, hence by end. */
  private firstEndingAtOrAfter(at: Seq): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (seqGeq(this.end(middle), at)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  private insert(i: number, from: Seq, to: Seq): void {
    if (2 * this.count + 2 > this.edges.length) {
      const edges = new Int32Array(Math.max(16, 2 * this.edges.length));
      edges.set(this.edges);
      this.edges = edges;
    }
    this.edges.copyWithin(2 * i + 2, 2 * i, 2 * this.count);
    this.edges[2 * i] = from;
    this.edges[2 * i + 1] = to;
    this.count++;
  }

  /** Joins the runs after i that run i now touches. */
  private absorb(i: number): void {
    let n = i + 1;
    while (n < this.count && seqLeq(this.start(n), this.end(i))) {
      if (seqGt(this.end(n), this.end(i))) this.edges[2 * i + 1] = this.end(n);
      n++;
    }
    if (n === i + 1) return;
    this.edges.copyWithin(2 * (i + 1), 2 * n, 2 * this.count);
    this.count -= n - i - 1;
  }
}
