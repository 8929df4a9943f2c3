/** New data is acknowledged: SND.UNA moves, the queue shrinks, the path is measured, the window may grow. */
import { R } from '../../trace/book.js';
import { seqDiff, seqGeq, seqGt } from '../../util/seq.js';
import { type Duration, MILLISECOND, type Micros } from '../../util/units.js';
import { ECE, type Segment } from '../../wire/segment.js';
import { windowInUse } from '../congestion/use.js';
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
  // What duplicate ACKs have counted already does not grow cwnd once more.
  const news = Math.max(acked - tcb.dupAckedOctets, Math.min(acked, tcb.window.smss));
  if (!onNewAck(tcb, acked, now) && !echo) tcb.congestion.onAck(tcb.window, now, news, flight, tcb.rtt.latest, windowInUse(tcb));
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

function measure(tcb: Tcb, seg: Segment, now: Micros): void {
  const rtt = tcb.config.rttEstimator === 'linux' ? everyRoundTrip(tcb, seg, now) : oneRoundTrip(tcb, seg, now);
  if (rtt < 0) return;
  tcb.rtt.sample(rtt, tcb.sndUna, tcb.sndNxt);
  tcb.trace?.decision(tcb.id, now, R.RttSample, rtt, tcb.rtt.srtt, tcb.rtt.rto);
}

/**
 * Linux: each ACK, from the first segment it covers; where some were sent twice the echo of a timestamp tells. An echo older
 * than the last transmission is either the late answer to an earlier one, or the answer to the last, after an ACK was lost:
 * the second, unlike in Linux, is not learnt from, for the timeouts it measures would feed on themselves.
 * @returns -1 = none
 */
function everyRoundTrip(tcb: Tcb, seg: Segment, now: Micros): Duration {
  const { queue } = tcb;
  if (queue.ackedFirstSentAt < 0) return -1;
  if (!queue.ackedResent) return now - queue.ackedFirstSentAt;
  if (!tcb.timestamps || !seg.options.hasTimestamps) return -1;
  const echoesLast = ((seg.options.tsEcr - timestampNow(tcb, queue.ackedSentAt)) | 0) >= 0;
  if (!echoesLast && now - queue.ackedSentAt >= tcb.rtt.min) {
    tcb.rtt.endBackoff();
    return -1;
  }
  const ticks = (timestampNow(tcb, now) - seg.options.tsEcr) | 0;
  const rtt = Math.max(1, ticks) * MILLISECOND;
  return ticks < 0 || rtt > now - tcb.openedAt + MILLISECOND ? -1 : rtt; // an echo of what we never sent says nothing
}

/**
 * One sample per round trip. What was sent twice gives none (Karn's algorithm), unless timestamps tell the two apart (RFC 7323
 * §4). An echo older than the last transmission means that an ACK was lost: it ends the back-off, but measures the loss.
 * @returns -1 = none
 */
function oneRoundTrip(tcb: Tcb, seg: Segment, now: Micros): Duration {
  const sentAt = tcb.queue.ackedSentAt;
  if (sentAt < 0) return -1;
  if (tcb.rttTiming && tcb.rtt.backoff === 0 && !seqGeq(seg.ack, tcb.rttMark)) return -1;
  if (tcb.queue.ackedResent) {
    if (!tcb.timestamps || !seg.options.hasTimestamps) return -1;
    if (((seg.options.tsEcr - timestampNow(tcb, sentAt)) | 0) < 0) {
      tcb.rtt.endBackoff();
      return -1;
    }
  }
  tcb.rttTiming = true;
  tcb.rttMark = tcb.sndNxt;
  return now - sentAt;
}

/** Our timestamp clock: milliseconds, with an offset of the connection's own (RFC 7323 §5.4). */
export const timestampNow = (tcb: Tcb, now: Micros): number => (Math.floor(now / MILLISECOND) + tcb.timestampOffset) | 0;
