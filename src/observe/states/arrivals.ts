/**
 * Which sequence numbers have reached an end: RCV.NXT, and what lies beyond a gap (RFC 9293 §3.4, §3.10.7.4). What passed is
 * taken to arrive, and taken back when it is sent again before anybody acknowledged it.
 */
import { type Seq, seqDiff, seqGeq, seqGt, seqLeq, seqLt, seqMax, seqMin } from '../../util/seq.js';

/** Numbers further off than the largest window (RFC 7323 §2.3) belong to no text of this connection. */
export const FAR = 2 ** 30;
/** Gaps remembered; whoever makes more is no TCP that we could follow. */
const MOST_PIECES = 256;

interface Piece {
  readonly from: Seq;
  readonly to: Seq;
}

export class Arrivals {
  /** RCV.NXT: everything before it has arrived. undefined = nothing is known. */
  next: Seq | undefined;
  /** Beyond a gap. */
  private pieces: Piece[] = [];

  /** A segment arrives. */
  take(from: Seq, to: Seq): void {
    this.next ??= from;
    if (seqLeq(to, this.next) || Math.abs(seqDiff(from, this.next)) > FAR) return;
    if (seqLeq(from, this.next)) this.reach(to);
    else this.keep(from, to);
  }

  /** An acknowledgement says that everything before `to` has arrived. */
  reach(to: Seq): void {
    let next = this.next === undefined ? to : seqMax(this.next, to);
    for (let grown = this.pieces.length > 0; grown; ) {
      const touching = this.pieces.filter((p) => seqLeq(p.from, next));
      this.pieces = this.pieces.filter((p) => seqGt(p.from, next));
      for (const p of touching) next = seqMax(next, p.to);
      grown = touching.length > 0;
    }
    this.next = next;
  }

  /** These had not arrived after all. */
  retract(from: Seq, to: Seq): void {
    if (this.next === undefined || seqGeq(from, this.next)) return;
    if (seqLt(to, this.next)) this.keep(to, this.next);
    this.next = seqMin(this.next, from);
  }

  /** Nothing from this number on has arrived. */
  cut(from: Seq): void {
    if (this.next !== undefined) this.next = seqMin(this.next, from);
    this.pieces = [];
  }

  private keep(from: Seq, to: Seq): void {
    if (this.pieces.length < MOST_PIECES) this.pieces.push({ from, to });
  }
}
