/** New data is acknowledged: SND.UNA moves, the queue shrinks, the path is measured, the window may grow. */
import { R } from '../../trace/book.js';
import { seqDiff, seqGeq, seqGt } from '../../util/seq.js';
import { MILLISECOND, type Micros } from '../../util/units.js';
import { ECE, type Segment } from '../../wire/segment.js';
import { Signal, type Tcb } from '../tcb.js';
import { Timer } from '../timers/timer-table.js';
import { onNewAck } from './recovery.js';

/** SND.UNA < SEG.ACK =< SND.NXT was checked. */
export function delivered(tcb: Tcb, seg: Segment, now: Micros): void {
  const synTimedOut = tcb.synLost && tcb.sndUna === tcb.iss;
  const flight = tcb.flight;
  const acked = seqDiff(seg.ack, tcb.sndUna);
  tcb.queue.acknowledge(seg.ack);
  tcb.sndUna = seg.ack;
  tcb.synDue = false; // a SYN that was to be repeated need not be: the peer has it
  tcb.trace?.decision(tcb.id, now, R.AckNew, acked, tcb.snd(seg.ack), 0);
  releaseText(tcb);
  measure(tcb, seg, now);
  if (synTimedOut && tcb.rtt.srtt < 0) {
    tcb.rtt.synWasLost();
    tcb.trace?.decision(tcb.id, now, R.SynRtoReset, 0, 0, 0);
  }
  tcb.timeouts = 0;
  tcb.r1Told = false;
  tcb.unackedSince = now;
  const echo = tcb.ecn && seg.has(ECE); // RFC 3168 §6.1.2: such an ACK never grows cwnd
  if (!onNewAck(tcb, acked, now) && !echo) tcb.congestion.onAck(tcb.window, now, acked, flight, tcb.rtt.latest, tcb.cwndLimited);
  // RFC 6298 (5.2), (5.3): stopped here, started afresh when output settles.
  tcb.timers.stop(Timer.Retransmission);
  tcb.timers.stop(Timer.UserTimeout);
}

/** Acknowledged text leaves the send buffer; a user who waits for room is told once it is worth it. */
function releaseText(tcb: Tcb): void {
  const n = Math.min(seqDiff(tcb.sndUna, tcb.sndBufSeq), tcb.sndBuf.length);
  if (n > 0) {
    tcb.sndBuf.drop(n);
    tcb.sndBufSeq = ((tcb.sndBufSeq + n) | 0) as typeof tcb.sndBufSeq;
  }
  if (tcb.urgentSending && !seqGt(tcb.sndUp, tcb.sndUna)) tcb.urgentSending = false;
  if (tcb.userWaits && tcb.sndBuf.free >= tcb.sndBuf.limit / 3) {
    tcb.userWaits = false;
    tcb.signals |= Signal.Writable;
  }
}

/**
 * One sample per round trip. What was sent twice gives none (Karn's algorithm), unless timestamps tell the two apart (RFC 7323
 * §4). An echo older than the last transmission means that an ACK was lost: it ends the back-off, but measures the loss.
 */
function measure(tcb: Tcb, seg: Segment, now: Micros): void {
  const sentAt = tcb.queue.ackedSentAt;
  if (sentAt < 0) return;
  if (tcb.rttTiming && tcb.rtt.backoff === 0 && !seqGeq(seg.ack, tcb.rttMark)) return;
  if (tcb.queue.ackedResent) {
    if (!tcb.timestamps || !seg.options.hasTimestamps) return;
    if (((seg.options.tsEcr - timestampNow(tcb, sentAt)) | 0) < 0) return tcb.rtt.endBackoff();
  }
  tcb.rttTiming = true;
  tcb.rttMark = tcb.sndNxt;
  const rtt = now - sentAt;
  tcb.rtt.sample(rtt);
  tcb.trace?.decision(tcb.id, now, R.RttSample, rtt, tcb.rtt.srtt, tcb.rtt.rto);
}

/** Our timestamp clock: milliseconds, with an offset of the connection's own (RFC 7323 §5.4). */
export const timestampNow = (tcb: Tcb, now: Micros): number => (Math.floor(now / MILLISECOND) + tcb.timestampOffset) | 0;
