/**
 * Relative numbers: what each direction of a conversation counts from, and a segment described in those terms.
 * Windows are scaled once both SYNs offered it (RFC 7323 §2.2), as far as they were seen.
 */
import { type Seq, seqAdd, seqDiff, seqLeq } from '../util/seq.js';
import { ACK, CWR, ECE, FIN, PSH, RST, type Segment, SYN, URG } from '../wire/segment.js';
import type { FlagName, TcpView } from './segment-view.js';

/** RFC 7323 §2.3: a larger shift counts as this one. */
const LARGEST_SHIFT = 14;

/** In the order people say them: "SYN,ACK", "FIN,PSH,ACK". */
const FLAGS: readonly (readonly [FlagName, number])[] = [
  ['SYN', SYN], ['FIN', FIN], ['RST', RST], ['PSH', PSH], ['ACK', ACK], ['URG', URG], ['ECE', ECE], ['CWR', CWR],
];
/** The names of each of the 256 combinations, made once. */
const NAMES: readonly (readonly FlagName[])[] = Array.from({ length: 256 }, (_, flags) => FLAGS.filter(([, bit]) => (flags & bit) !== 0).map(([name]) => name));
const NO_BLOCKS: TcpView['sack'] = [];

/** One direction of one conversation. */
export class Lane {
  base: Seq | undefined;
  /** The first sequence number that has not passed. */
  next: Seq | undefined;
  /** Shift offered in the SYN; -1 = none. */
  shift = -1;
  /** The SYN passed: `shift` is what it offered. */
  opened = false;

  /** Octets that the window field of a segment of this direction stands for. */
  window(seg: Segment, back: Lane): number {
    return seg.has(SYN) ? seg.wnd : this.scaled(seg.wnd, back);
  }

  /** The same of a field that was not in a SYN. */
  scaled(field: number, back: Lane): number {
    // A SYN that was not seen will have offered it, too: everybody does.
    const agreed = this.shift >= 0 && (back.shift >= 0 || !back.opened);
    return agreed ? field * (1 << Math.min(this.shift, LARGEST_SHIFT)) : field;
  }

  /** Is it known what this direction's windows stand for? Not scaled, or both SYNs seen. */
  isSettled(back: Lane): boolean {
    return (this.opened && (back.opened || this.shift < 0)) || (back.opened && back.shift < 0);
  }

  /** A sequence number of this direction, counted from its first. */
  relative(number: Seq): number {
    return seqDiff(number, this.base ?? (0 as Seq)) >>> 0;
  }

  /** Counts from the numbers of a segment of this direction, if there is nothing yet to count from. */
  count(seg: Segment, back: Lane): void {
    if (seg.has(SYN)) this.begin(seg, back);
    // Where a SYN was not seen, the first octet is number 1, as if one had been there.
    this.base ??= seqAdd(seg.seq, -1);
    if (seg.has(ACK)) back.base ??= seqAdd(seg.ack, -1);
  }

  /** Takes note that a segment passes. @returns is there something in it, but nothing beyond all that has passed? */
  pass(seg: Segment): boolean {
    const again = seg.len > 0 && this.next !== undefined && seqLeq(seg.end, this.next);
    if (this.next === undefined || seqDiff(seg.end, this.next) > 0) this.next = seg.end;
    return again;
  }

  /** Takes the numbers of a SYN. One with another number than the last is a new conversation on old ports. */
  private begin(seg: Segment, back: Lane): void {
    if (this.base !== undefined && this.base !== seg.seq) {
      this.next = undefined;
      // Both begin anew. If this is a SYN,ACK, the SYN before it was not seen.
      back.forget();
    }
    this.base = seg.seq;
    this.shift = seg.options.windowScale;
    this.opened = true;
    if (seg.has(ACK)) back.base ??= seqAdd(seg.ack, -1);
  }

  private forget(): void {
    this.base = undefined;
    this.next = undefined;
    this.shift = -1;
    this.opened = false;
  }
}

/** Describes a segment of direction `lane`, which has counted it. @param again see TcpView */
export function viewOf(seg: Segment, from: string, to: string, lane: Lane, back: Lane, again: boolean): TcpView {
  const { options } = seg;
  const acks = seg.has(ACK);
  return {
    protocol: 'TCP',
    from,
    to,
    flags: NAMES[seg.flags],
    seq: lane.relative(seg.seq),
    ack: acks ? back.relative(seg.ack) : undefined,
    window: lane.window(seg, back),
    length: seg.dataLength,
    mss: options.mss < 0 ? undefined : options.mss,
    windowScale: options.windowScale < 0 ? undefined : options.windowScale,
    sackPermitted: options.sackPermitted,
    timestamps: options.hasTimestamps ? { value: options.tsVal >>> 0, echo: options.tsEcr >>> 0 } : undefined,
    sack: options.sackBlocks === 0 ? NO_BLOCKS : sackOf(seg, back),
    absolute: { seq: seg.seq >>> 0, ack: seg.ack >>> 0, window: seg.wnd },
    again,
  };
}

function sackOf(seg: Segment, back: Lane): [number, number][] {
  const { sackEdges, sackBlocks } = seg.options;
  const edge = (i: number): number => back.relative(sackEdges[i] as Seq);
  return Array.from({ length: sackBlocks }, (_, i) => [edge(2 * i), edge(2 * i + 1)]);
}
