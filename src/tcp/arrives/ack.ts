/** Fifth: the ACK field (RFC 9293 §3.10.7.4, RFC 5961 §5, RFC 5681 §2). */
import { R } from '../../trace/book.js';
import { type Seq, seqAdd, seqDiff, seqGt, seqLeq, seqLt } from '../../util/seq.js';
import type { Micros } from '../../util/units.js';
import { ACK, FIN, type Segment, SYN } from '../../wire/segment.js';
import { takeFastOpenAnswer } from '../fast-open.js';
import { delivered } from '../loss/acknowledged.js';
import { takeEcnEcho } from '../loss/ecn.js';
import { onDuplicateAck } from '../loss/recovery.js';
import { ackNow } from '../receive/ack-now.js';
import { challengeAllowed } from '../receive/challenge.js';
import { reserveOneSegment } from '../receive/memory.js';
import { noteWindow } from '../segment-size.js';
import { enter } from '../state.js';
import { Signal, type Tcb } from '../tcb.js';
import { awaitFinAsOrphan, enterTimeWait, finish, returnToListen } from '../timers/ending.js';
import { Timer } from '../timers/timer-table.js';
import { replyReset } from './reply.js';
import { trim } from './sequence.js';
import { deliverHeld } from './text.js';

/** @returns false when the segment goes no further */
export function checkAck(tcb: Tcb, seg: Segment, now: Micros): boolean {
  if (!seg.has(ACK)) {
    tcb.trace?.decision(tcb.id, now, R.NoAck, 0, 0, 0);
    return false;
  }
  if (tcb.state === 'SYN-RECEIVED' && !completesHandshake(tcb, seg, now)) return false;
  if (!plausible(tcb, seg, now)) return false;
  if (!seqLt(seg.ack, tcb.sndUna)) tcb.softError = null; // it got through, whatever ICMP said
  tcb.moreComing = false; // MSG_MORE holds back until something is heard, as in Linux
  const synWasOutstanding = tcb.sndUna === tcb.iss;
  const sameWindow = seg.wnd << tcb.sndScale === tcb.sndWnd;
  if (tcb.ecn && !seqLt(seg.ack, tcb.sndUna)) takeEcnEcho(tcb, seg, now);
  if (seqGt(seg.ack, tcb.sndUna)) {
    delivered(tcb, seg, now);
    updateWindow(tcb, seg, true, now);
  } else if (seg.ack === tcb.sndUna) {
    updateWindow(tcb, seg, false, now);
    if (isDuplicate(tcb, seg, sameWindow)) onDuplicateAck(tcb, now);
    else if (seg.len === 0 && sameWindow) tcb.trace?.decision(tcb.id, now, R.AckAgain, tcb.snd(seg.ack), seg.options.sackBlocks, 0);
  } else {
    tcb.trace?.decision(tcb.id, now, R.AckOld, tcb.snd(seg.ack), tcb.snd(tcb.sndUna), 0);
  }
  if (synWasOutstanding && tcb.sndUna !== tcb.iss && tcb.synText > 0) takeFastOpenAnswer(tcb, seg, now);
  if (synWasOutstanding && tcb.sndUna !== tcb.iss && deliverHeld(tcb, now)) trim(tcb, seg, now); // it may repeat what came with the SYN
  return byState(tcb, seg, now);
}

/** SYN-RECEIVED: an ACK of our SYN opens the connection, any other is answered with RST. */
function completesHandshake(tcb: Tcb, seg: Segment, now: Micros): boolean {
  if (!seqGt(seg.ack, tcb.sndUna) || seqGt(seg.ack, tcb.sndNxt)) {
    tcb.trace?.decision(tcb.id, now, R.SynReceivedBadAck, tcb.snd(seg.ack), 0, 0);
    replyReset(tcb, seg, R.SendReset);
    return false;
  }
  if (!tcb.admitted && !tcb.openedEarly) return notAdmitted(tcb, seg, now);
  tcb.trace?.decision(tcb.id, now, R.HandshakeDone, tcb.snd(seg.ack), 0, 0);
  enter(tcb, 'ESTABLISHED', R.HandshakeDone, now);
  tcb.signals |= tcb.openedEarly ? Signal.Writable : Signal.Connected | Signal.Writable;
  tcb.sndWnd = seg.wnd << tcb.sndScale;
  if (tcb.config.halfWindowSegments && !tcb.openedEarly) tcb.maxSndWnd = 0; // Linux goes by what is said from here on
  noteWindow(tcb, tcb.sndWnd);
  reserveOneSegment(tcb);
  tcb.sndWl1 = seg.seq;
  tcb.sndWl2 = seg.ack;
  if (tcb.closeRequested) {
    tcb.trace?.decision(tcb.id, now, R.Close, tcb.unsent, 0, 0);
    enter(tcb, 'FIN-WAIT-1', R.Close, now);
  }
  return true;
}

/** The user is behind with accepting: as if the ACK were lost, so that the SYN,ACK goes again; or RST, where the configuration says so. */
function notAdmitted(tcb: Tcb, seg: Segment, now: Micros): false {
  if (tcb.config.abortOnOverflow) {
    replyReset(tcb, seg, R.SendReset);
    returnToListen(tcb, R.OverflowReset, now);
  } else {
    tcb.trace?.decision(tcb.id, now, R.OverflowHeld, 0, 0, 0);
  }
  return false;
}

/**
 * RFC 5961 §5.2: SND.UNA - MAX.SND.WND =< SEG.ACK =< SND.NXT, or the segment is discarded and an ACK sent. What was never sent
 * cannot be acknowledged, so nothing before ISS can either, however large the window.
 */
function plausible(tcb: Tcb, seg: Segment, now: Micros): boolean {
  if (seqGt(seg.ack, tcb.sndNxt)) {
    tcb.trace?.decision(tcb.id, now, R.AckUnsent, tcb.snd(seg.ack), tcb.snd(tcb.sndNxt), 0);
  } else if (seqLt(seg.ack, seqAdd(tcb.sndUna, -Math.min(tcb.maxSndWnd, everAcknowledged(tcb))))) {
    tcb.trace?.decision(tcb.id, now, R.AckTooOld, seqDiff(seg.ack, tcb.iss), tcb.snd(tcb.sndUna), Math.min(tcb.maxSndWnd, everAcknowledged(tcb)));
  } else {
    return true;
  }
  if (challengeAllowed(tcb, now)) ackNow(tcb, R.SendAck);
  return false;
}

/** Sequence numbers from ISS to SND.UNA; unlike their difference it does not wrap. */
const everAcknowledged = (tcb: Tcb): number => tcb.octetsOut + 1 + (tcb.finSent ? 1 : 0) - tcb.flight;

/**
 * RFC 5681 §2: outstanding data, no text, no SYN or FIN, the same ACK and the same window. A SACK block above SND.UNA proves
 * that something arrived, so the window may differ (RFC 6675 §2): receivers that tune their buffer open it with every segment.
 */
function isDuplicate(tcb: Tcb, seg: Segment, sameWindow: boolean): boolean {
  if (tcb.queue.length === 0 || seg.dataLength > 0 || (seg.flags & (SYN | FIN)) !== 0 || tcb.sndWnd === 0) return false;
  return tcb.sackPermitted && seg.options.sackBlocks > 0 ? reportsNewText(tcb, seg) : sameWindow;
}

/** The first block is the one that made the peer send this ACK (RFC 2018 §4); below SND.UNA it reports a duplicate (RFC 2883). */
const reportsNewText = (tcb: Tcb, seg: Segment): boolean => seqGt(seg.options.sackEdges[1] as Seq, tcb.sndUna);

/**
 * Takes the window of the newest segment (SND.WL1, SND.WL2 keep older ones out). One that acknowledges new data is the
 * newest even if its own text is sent again: to keep the old window then would move the right edge by what it acknowledges.
 */
function updateWindow(tcb: Tcb, seg: Segment, newlyAcked: boolean, now: Micros): void {
  if (!newlyAcked && !(seqLt(tcb.sndWl1, seg.seq) || (tcb.sndWl1 === seg.seq && seqLeq(tcb.sndWl2, seg.ack)))) {
    tcb.trace?.decision(tcb.id, now, R.WindowStale, 0, 0, 0);
    return;
  }
  const before = tcb.sndWnd;
  const wnd = seg.wnd << tcb.sndScale;
  tcb.sndWl1 = seg.seq;
  tcb.sndWl2 = seg.ack;
  if (wnd === 0) tcb.timers.stop(Timer.Persist); // armed afresh when output settles: the peer has just said that it is closed
  if (wnd === before) return;
  tcb.sndWnd = wnd;
  if (wnd > tcb.maxSndWnd) noteWindow(tcb, wnd);
  tcb.trace?.decision(tcb.id, now, R.WindowUpdate, before, wnd, 0);
  if (tcb.flight > wnd) tcb.trace?.decision(tcb.id, now, R.WindowShrunk, tcb.flight - wnd, 0, 0);
  if (before === 0) reopened(tcb, now);
}

/** The peer's window was closed and is open: forget the probes, and repeat at once what a probe may have lost. */
function reopened(tcb: Tcb, now: Micros): void {
  tcb.probes = 0;
  tcb.probesUnanswered = 0;
  tcb.probeDue = false;
  tcb.unackedSince = now; // the wait for the window does not count towards R2 (SHLD-17, MUST-37)
  tcb.timers.stop(Timer.Persist);
  for (let i = 0; i < tcb.queue.length; i++) {
    const record = tcb.queue.at(i);
    if (!record.probe) continue;
    record.probe = false;
    tcb.queue.markLost(record);
    tcb.trace?.decision(tcb.id, now, R.ProbeLost, 0, 0, 0);
  }
}

/** What the acknowledgement of our FIN means in each state. */
function byState(tcb: Tcb, seg: Segment, now: Micros): boolean {
  const finAcked = tcb.finSent && seqGt(tcb.sndUna, tcb.finSeq);
  switch (tcb.state) {
    case 'FIN-WAIT-1':
      // A FIN in the same segment leads straight to TIME-WAIT (Figure 5, note 2): left to the eighth step.
      if (finAcked && !(seg.has(FIN) && seg.seq === tcb.rcvNxt)) {
        tcb.trace?.decision(tcb.id, now, R.FinAcked, 0, 0, 0);
        enter(tcb, 'FIN-WAIT-2', R.FinAcked, now);
        if (tcb.orphaned) awaitFinAsOrphan(tcb, now, true);
      }
      return !tcb.reset.due; // the wait was refused
    case 'CLOSING':
      if (!finAcked) return false;
      enterTimeWait(tcb, R.ClosingFinAcked, now);
      return true;
    case 'LAST-ACK':
      if (!finAcked) return true;
      finish(tcb, R.LastAckReceived, now);
      return false;
    default:
      return true;
  }
}
