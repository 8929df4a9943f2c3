/**
 * Text that came out of order: the octets lie in the receive ring ahead of RCV.NXT, this keeps the sorted, disjoint runs
 * [start, end) of what is there (RFC 9293 §3.10.7.4, SHLD-31). Memory is bounded by the buffer, work by the number of runs.
 */
import { MAX_SACK_BLOCKS } from '../../wire/options.js';
import { type Seq, seqAdd, seqDiff, seqGeq, seqGt, seqLeq, seqLt, seqMax } from '../../util/seq.js';

export class Reassembly {
  private edges = new Int32Array(0);
  /** Number of runs. */
  count = 0;
  /** An octet of each of the runs that changed last, the latest first: the order in which SACK blocks are reported (RFC 2018 §4). */
  private readonly recent = new Int32Array(MAX_SACK_BLOCKS);
  /** How many of them there are; some may be gone since. */
  recentCount = 0;
  /** What overlap() found. */
  overlapStart = 0 as Seq;
  overlapEnd = 0 as Seq;

  /** @param limit most runs kept apart */
  constructor(private readonly limit: number) {}

  /** Octets in all runs. */
  get octets(): number {
    let n = 0;
    for (let i = 0; i < this.count; i++) n += seqDiff(this.end(i), this.start(i));
    return n;
  }

  start(i: number): Seq {
    return this.edges[2 * i] as Seq;
  }

  end(i: number): Seq {
    return this.edges[2 * i + 1] as Seq;
  }

  /** Notes [from, to). @returns false when there is no room for one more run: the text must be discarded */
  add(from: Seq, to: Seq): boolean {
    const i = this.firstEndingAtOrAfter(from);
    if (i === this.count || seqLt(to, this.start(i))) {
      if (this.count >= this.limit) return false;
      this.insert(i, from, to);
    } else {
      if (seqLt(from, this.start(i))) this.edges[2 * i] = from;
      if (seqGt(to, this.end(i))) this.edges[2 * i + 1] = to;
      this.absorb(i);
    }
    this.changed(this.firstEndingAtOrAfter(from));
    return true;
  }

  /** Is some of [from, to) there already? Then the first stretch of it is in overlapStart and overlapEnd. */
  overlap(from: Seq, to: Seq): boolean {
    const i = this.firstEndingAtOrAfter(seqAdd(from, 1));
    if (i === this.count || seqGeq(this.start(i), to)) return false;
    this.overlapStart = seqMax(from, this.start(i));
    this.overlapEnd = seqLt(to, this.end(i)) ? to : this.end(i);
    return true;
  }

  /** The run that changed last (0), before that (1) …; -1 = it is gone. */
  recentRun(k: number): number {
    return this.runWith(this.recent[k] as Seq);
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
    this.recentCount = 0;
  }

  private runWith(at: Seq): number {
    const i = this.firstEndingAtOrAfter(seqAdd(at, 1));
    return i < this.count && seqLeq(this.start(i), at) ? i : -1;
  }

  /** Run i goes to the front of those that changed; what has become part of it, or is gone, leaves. */
  private changed(i: number): void {
    const { recent } = this;
    let next: number = this.start(i);
    let n = 0;
    for (let k = 0; k < this.recentCount; k++) {
      const at = recent[k];
      const run = this.runWith(at as Seq);
      if (run < 0 || run === i) continue;
      recent[n++] = next;
      next = at;
    }
    if (n < MAX_SACK_BLOCKS) recent[n++] = next;
    this.recentCount = n;
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
