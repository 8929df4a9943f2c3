/**
 * First: the sequence number (RFC 9293 §3.10.7.4, Table 6), with the timestamp check that comes before it (RFC 7323 §5.3).
 * What passes is trimmed to the window, so that the later steps see the RFC's idealised segment.
 */
import { R } from '../../trace/book.js';
import { seqAdd, seqDiff, seqGt, seqIn, seqLeq, seqLt } from '../../util/seq.js';
import { HOUR, type Micros } from '../../util/units.js';
import { ACK, FIN, RST, type Segment, SYN } from '../../wire/segment.js';
import { ackNow } from '../receive/ack-now.js';
import { answerAllowed, challengeAllowed } from '../receive/challenge.js';
import { exceedsWindow } from '../receive/memory.js';
import { enterQuickAck } from '../receive/quick-ack.js';
import { reportOld } from '../receive/sack-blocks.js';
import { isSynchronised } from '../state.js';
import type { Tcb } from '../tcb.js';
import { restartTimeWait } from '../timers/ending.js';
import { Unsafe } from '../unsafe.js';

/** After 24 days without a segment TS.Recent is too old to judge by (RFC 7323 §5.5). */
const TS_RECENT_LIFETIME = 24 * 24 * HOUR;

/** @returns false when the segment goes no further */
export function checkSequence(tcb: Tcb, seg: Segment, now: Micros): boolean {
  if (tcb.timestamps && !checkTimestamp(tcb, seg, now)) return false;
  if (tcb.state === 'SYN-RECEIVED' && seg.has(SYN) && seg.seq === tcb.irs) return repeatedSyn(tcb, seg, now);
  if (!acceptable(tcb, seg) || (tcb.rcvMemory > 0 && exceedsWindow(tcb, seg, seqDiff(seg.end, tcb.rcvAdv)))) {
    if (!acksFromBehind(tcb, seg)) {
      unacceptable(tcb, seg, now);
      return false;
    }
    ackNow(tcb, R.SendAck);
  }
  // A RST is exempt from PAWS, a SYN only challenged, and what acknowledges the unsent dropped: a forged timestamp in one of them
  // must not make the peer's own look old.
  if (tcb.timestamps && seg.options.hasTimestamps && seqLeq(seg.seq, tcb.lastAckSent) && (seg.flags & (SYN | RST | ACK)) === ACK && seqLeq(seg.ack, tcb.sndNxt)) {
    tcb.tsRecent = seg.options.tsVal;
    tcb.tsRecentAt = now;
  }
  trim(tcb, seg, now);
  return true;
}

/** RFC 7323 §5.3 R1 (PAWS), §3.2 (timestamps are in every segment once agreed); RST is exempt. */
function checkTimestamp(tcb: Tcb, seg: Segment, now: Micros): boolean {
  if (seg.has(RST)) return true;
  if (!seg.options.hasTimestamps) {
    if (!tcb.config.requireTimestamps) return true;
    tcb.trace?.decision(tcb.id, now, R.MissingTimestamp, 0, 0, 0);
    return false;
  }
  const older = ((seg.options.tsVal - tcb.tsRecent) | 0) < 0;
  if (!older || now - tcb.tsRecentAt > TS_RECENT_LIFETIME) return true;
  if (tcb.config.unsafe?.has(Unsafe.noPaws) === true) {
    tcb.trace?.decision(tcb.id, now, R.PawsLeftOut, seg.options.tsVal >>> 0, tcb.tsRecent >>> 0, 0);
    return true;
  }
  tcb.trace?.decision(tcb.id, now, R.PawsRejects, seg.options.tsVal >>> 0, tcb.tsRecent >>> 0, 0);
  if (answerAllowed(tcb, seg, now)) ackNow(tcb, R.SendAck);
  return false;
}

/**
 * Table 6, with the allowance for ACK, URG and RST when our window is closed. As in Linux it holds at the right edge too: the
 * ACKs of a peer who has used up our window lie there, and while what he sent is lost they are all that we hear of him.
 */
function acceptable(tcb: Tcb, seg: Segment): boolean {
  // A peer whose probe of our closed window we refused counts its octet: its ACKs must get through (RFC 9293 A.2).
  if (tcb.rcvWnd === 0) return seg.seq === tcb.rcvNxt || (seg.len === 0 && seg.seq === seqAdd(tcb.rcvNxt, 1));
  if (seqIn(seg.seq, tcb.rcvNxt, tcb.rcvAdv)) return true;
  if (seg.len === 0) return seg.seq === tcb.rcvAdv && !seg.has(RST);
  return seqIn(seqAdd(seg.seq, seg.len - 1), tcb.rcvNxt, tcb.rcvAdv);
}

/**
 * A peer who has not heard that we took his probe puts his ACKs in its place, just before RCV.NXT. New acknowledgements there
 * count, or two ends that wait for each other in this way would wait for ever.
 */
function acksFromBehind(tcb: Tcb, seg: Segment): boolean {
  return seg.len <= 1 && seg.seq === seqAdd(tcb.rcvNxt, -1) && (seg.flags & (SYN | FIN | RST | ACK)) === ACK
    && isSynchronised(tcb.state) && seqGt(seg.ack, tcb.sndUna) && seqLeq(seg.ack, tcb.sndNxt);
}

function unacceptable(tcb: Tcb, seg: Segment, now: Micros): void {
  if (seg.has(RST)) {
    tcb.trace?.decision(tcb.id, now, R.UnacceptableReset, tcb.rcv(seg.seq), tcb.rcv(tcb.rcvNxt), 0);
    return;
  }
  tcb.trace?.decision(tcb.id, now, R.Unacceptable, tcb.rcv(seg.seq), seg.len, tcb.rcv(tcb.rcvNxt));
  if (tcb.state === 'TIME-WAIT' && (seg.flags & (SYN | ACK)) === SYN) tcb.trace?.decision(tcb.id, now, R.IncarnationOld, 0, 0, 0);
  // The peer's FIN lies just before the window: in TIME-WAIT that is the one segment that matters (fifth and eighth step).
  if (tcb.state === 'TIME-WAIT' && seg.has(FIN) && seg.end === tcb.rcvNxt) restartTimeWait(tcb, now);
  if (seg.len > 0 && seqLt(seg.seq, tcb.rcvNxt) && !seg.has(SYN)) {
    enterQuickAck(tcb);
    if (tcb.state !== 'TIME-WAIT') reportOld(tcb, seg.seq, seg.end, now);
  }
  if (answerAllowed(tcb, seg, now)) ackNow(tcb, R.SendAck);
}

/** In SYN-RECEIVED the peer's SYN again: alone it asks for our SYN,ACK, with a good ACK it is Fig. 7's last step. */
function repeatedSyn(tcb: Tcb, seg: Segment, now: Micros): boolean {
  const good = seg.has(ACK) && !seg.has(RST) && seqGt(seg.ack, tcb.sndUna) && seqLeq(seg.ack, tcb.sndNxt);
  if (good) {
    tcb.trace?.decision(tcb.id, now, R.SimultaneousSynAck, 0, 0, 0);
    removeFront(seg, 1);
    seg.wnd >>>= tcb.sndScale; // a SYN's window is not scaled (RFC 7323 §2.2), but the steps that follow will scale it
    trim(tcb, seg, now);
    ackNow(tcb, R.SendAck);
    return true;
  }
  if (seg.has(ACK) || seg.has(RST)) {
    unacceptable(tcb, seg, now);
    return false;
  }
  if (challengeAllowed(tcb, now)) {
    tcb.trace?.decision(tcb.id, now, R.SynRepeated, 0, 0, 0);
    tcb.synDue = true;
  }
  return false;
}

/**
 * Cuts off what lies outside the window, FIN included. A SYN or RST stays as it came: cut to fit, a forged one would look as
 * if it had been at RCV.NXT, and the challenges of RFC 5961 (§3.2 exactly there, §4.2 wherever it is) would be passed by.
 */
export function trim(tcb: Tcb, seg: Segment, now: Micros): void {
  if ((seg.flags & (SYN | RST)) !== 0) return;
  const old = seqDiff(tcb.rcvNxt, seg.seq);
  if (old > 0 && seg.len > 0) {
    tcb.trace?.decision(tcb.id, now, R.TrimmedFront, Math.min(old, seg.len), 0, 0);
    reportOld(tcb, seg.seq, seg.end, now);
    removeFront(seg, Math.min(old, seg.len));
    if (seg.dataLength > 0) ackNow(tcb, R.SendAck); // a FIN that is left is acknowledged as any other
  }
  const beyond = seqDiff(seg.end, tcb.rcvAdv);
  if (tcb.rcvMemory > 0 && tcb.rcvWnd > 0) return; // taken whole: checkSequence() has looked
  if (beyond > 0 && seg.len > 0 && !(tcb.config.finInClosedWindow && seg.dataLength === 0 && beyond === 1)) {
    tcb.trace?.decision(tcb.id, now, R.TrimmedTail, Math.min(beyond, seg.len), 0, 0);
    removeTail(seg, Math.min(beyond, seg.len));
    if (seg.dataLength === 0) enterQuickAck(tcb);
    ackNow(tcb, R.SendAck);
  }
}

function removeFront(seg: Segment, n: number): void {
  let left = n;
  if (seg.has(SYN) && left > 0) {
    seg.flags &= ~SYN;
    left--;
  }
  const text = Math.min(left, seg.dataLength);
  seg.dataStart += text;
  if (left > text) seg.flags &= ~FIN;
  seg.seq = seqAdd(seg.seq, n);
  seg.urgentPointer = Math.max(0, seg.urgentPointer - n); // an offset from SEG.SEQ, which has moved
  seg.len -= n;
}

function removeTail(seg: Segment, n: number): void {
  let left = n;
  if (seg.has(FIN) && left > 0) {
    seg.flags &= ~FIN;
    left--;
  }
  seg.dataEnd -= Math.min(left, seg.dataLength);
  seg.len -= n;
}

/**
 * RFC 9293 §3.6.1 (MAY-2), RFC 6191 §2: may this SYN end TIME-WAIT and begin a new incarnation of the connection? An old
 * duplicate is told by its timestamp where both connections have one, else by its number.
 * @returns the rule that allows it, 0 = it may not
 */
export function mayReincarnate(tcb: Tcb, seg: Segment): number {
  if (tcb.state !== 'TIME-WAIT' || (seg.flags & (SYN | ACK | RST)) !== SYN) return 0;
  const beyond = seqGt(seg.seq, tcb.rcvNxt);
  if (!seg.options.hasTimestamps || !tcb.config.timestamps) return beyond ? R.IncarnationByNumber : 0;
  if (!tcb.timestamps) return R.IncarnationStamped;
  const newer = (seg.options.tsVal - tcb.tsRecent) | 0;
  if (newer > 0) return R.IncarnationByTimestamp;
  return newer === 0 && beyond ? R.IncarnationByNumber : 0;
}
