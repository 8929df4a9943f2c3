/** Seventh: the segment text (RFC 9293 §3.10.7.4): in order to the user's buffer, out of order kept beside it (SHLD-31). */
import { R } from '../../trace/book.js';
import { type Seq, seqAdd, seqDiff, seqGt } from '../../util/seq.js';
import type { Micros } from '../../util/units.js';
import { FIN, PSH, type Segment } from '../../wire/segment.js';
import { ackNow } from '../receive/ack-now.js';
import { ackText } from '../receive/ack-policy.js';
import { edgeFollows, textKept } from '../receive/memory.js';
import { measureEarly } from '../receive/quick-ack.js';
import { reportDuplicate } from '../receive/sack-blocks.js';
import { Signal, type Tcb } from '../tcb.js';
import { fail } from '../timers/ending.js';
import { replyReset } from './reply.js';

export function takeText(tcb: Tcb, seg: Segment, now: Micros): void {
  if (tcb.peerFinKnown) cutAtFin(tcb, seg, now);
  const n = seg.dataLength;
  if (n === 0) return;
  switch (tcb.state) {
    case 'ESTABLISHED':
    case 'FIN-WAIT-1':
    case 'FIN-WAIT-2':
      break;
    default: // the peer has said FIN: text cannot follow it
      tcb.trace?.decision(tcb.id, now, R.TextAfterFin, n, 0, 0);
      return;
  }
  if ((seg.flags & PSH) !== 0) notePush(tcb, seqAdd(seg.seq, n));
  if (tcb.orphaned || (tcb.receiveShut && tcb.state !== 'ESTABLISHED')) return refuse(tcb, seg, now);
  const ahead = seqDiff(seg.seq, tcb.rcvNxt);
  if (ahead > 0) keep(tcb, seg, ahead, now);
  else if (tcb.reassembly.count > 0) fillGap(tcb, seg, now);
  else take(tcb, seg, now);
}

/** The peer pushed what ends here (MAY-17). */
function notePush(tcb: Tcb, end: Seq): void {
  if (tcb.pushSeen && !seqGt(end, tcb.rcvPush)) return;
  tcb.rcvPush = end;
  tcb.pushSeen = true;
}

/** The usual case: the next octets, nothing kept. */
function take(tcb: Tcb, seg: Segment, now: Micros): void {
  const n = seg.dataLength;
  textKept(tcb, n);
  tcb.rcvBuf.place(0, seg.bytes, seg.dataStart, seg.dataEnd);
  tcb.rcvBuf.join(n);
  tcb.rcvNxt = seqAdd(tcb.rcvNxt, n);
  if (tcb.rcvMemory > 0) edgeFollows(tcb);
  tcb.octetsIn += n;
  tcb.signals |= Signal.Readable;
  tcb.trace?.decision(tcb.id, now, R.TextDelivered, n, tcb.rcv(tcb.rcvNxt), 0);
  ackText(tcb, seg, n, now);
}

/** Out of order: keep it, and tell the peer at once which octet is missing (RFC 5681 §4.2). */
function keep(tcb: Tcb, seg: Segment, ahead: number, now: Micros): void {
  const n = seg.dataLength;
  tcb.earlySegments++;
  textKept(tcb, n);
  measureEarly(tcb, seg);
  reportKept(tcb, seg, now);
  if (tcb.reassembly.add(seg.seq, seqAdd(seg.seq, n))) {
    tcb.rcvBuf.place(ahead, seg.bytes, seg.dataStart, seg.dataEnd);
    tcb.trace?.decision(tcb.id, now, R.TextOutOfOrder, n, tcb.rcv(seg.seq), tcb.rcv(tcb.rcvNxt));
  } else {
    seg.flags &= ~FIN; // what precedes it is dropped
    tcb.trace?.decision(tcb.id, now, R.TextDropped, n, tcb.reassembly.count, 0);
  }
  tcb.dupAcksDue++;
}

/** What of it was kept before has come twice (RFC 2883 §4.2). */
function reportKept(tcb: Tcb, seg: Segment, now: Micros): void {
  const { reassembly } = tcb;
  if (reassembly.overlap(seg.seq, seqAdd(seg.seq, seg.dataLength))) reportDuplicate(tcb, reassembly.overlapStart, reassembly.overlapEnd, now);
}

/** The next octets, with runs kept beyond them: what now joins is delivered with them. */
function fillGap(tcb: Tcb, seg: Segment, now: Micros): void {
  const n = seg.dataLength;
  textKept(tcb, n);
  tcb.rcvBuf.place(0, seg.bytes, seg.dataStart, seg.dataEnd);
  reportKept(tcb, seg, now);
  const before = tcb.rcvNxt;
  tcb.rcvNxt = tcb.reassembly.advance(seqAdd(before, n));
  if (tcb.rcvMemory > 0) edgeFollows(tcb);
  const total = seqDiff(tcb.rcvNxt, before);
  tcb.rcvBuf.join(total);
  tcb.octetsIn += total;
  tcb.signals |= Signal.Readable;
  tcb.trace?.decision(tcb.id, now, R.TextDelivered, n, tcb.rcv(seqAdd(before, n)), 0);
  if (total > n) tcb.trace?.decision(tcb.id, now, R.TextGapFilled, total - n, tcb.rcv(tcb.rcvNxt), 0);
  ackNow(tcb, R.SendGapAck);
  ackText(tcb, seg, total, now);
}

/** Text that came with a SYN waits until the connection is open (RFC 9293 §3.10.7.2); a FIN with it is remembered. */
export function holdText(tcb: Tcb, seg: Segment, now: Micros): void {
  const n = Math.min(seg.dataLength, tcb.rcvBuf.limit);
  if (n > 0 && tcb.reassembly.add(tcb.rcvNxt, seqAdd(tcb.rcvNxt, n))) {
    tcb.rcvBuf.place(0, seg.bytes, seg.dataStart, seg.dataStart + n);
    tcb.trace?.decision(tcb.id, now, R.TextOnSyn, n, 0, 0);
  }
  if (seg.has(FIN) && n === seg.dataLength) {
    tcb.peerFinKnown = true;
    tcb.peerFinSeq = seqAdd(tcb.rcvNxt, n);
  }
}

/** The connection is open: deliver what came with the SYN. @returns was there any */
export function deliverHeld(tcb: Tcb, now: Micros): boolean {
  if (tcb.reassembly.count === 0) return false;
  const before = tcb.rcvNxt;
  tcb.rcvNxt = tcb.reassembly.advance(before);
  const n = seqDiff(tcb.rcvNxt, before);
  if (n === 0) return false;
  tcb.rcvBuf.join(n);
  tcb.octetsIn += n;
  tcb.signals |= Signal.Readable;
  if (seqGt(tcb.rcvNxt, tcb.rcvAdv)) tcb.rcvAdv = tcb.rcvNxt;
  tcb.trace?.decision(tcb.id, now, R.TextDelivered, n, tcb.rcv(tcb.rcvNxt), 0);
  ackNow(tcb, R.SendAck);
  return true;
}

/** Nothing can follow the peer's FIN: cut off what claims to. */
function cutAtFin(tcb: Tcb, seg: Segment, now: Micros): void {
  const excess = seqDiff(seqAdd(seg.seq, seg.dataLength), tcb.peerFinSeq);
  if (excess <= 0 || seg.dataLength === 0) return;
  const n = Math.min(excess, seg.dataLength);
  tcb.trace?.decision(tcb.id, now, R.TextAfterFin, n, 0, 0);
  seg.dataEnd -= n;
  if (tcb.state === 'TIME-WAIT') ackNow(tcb, R.SendAck); // the peer is not where we think he is
}

/** Text for a user who reads no more and has finished himself (RFC 9293 §3.6.1, RFC 2525 §2.16). If he is still there he hears of it. */
function refuse(tcb: Tcb, seg: Segment, now: Micros): void {
  replyReset(tcb, seg, R.TextUnwanted, seg.dataLength);
  fail(tcb, tcb.orphaned ? 'aborted' : 'reset', R.TextUnwanted, now, seg.dataLength);
}
