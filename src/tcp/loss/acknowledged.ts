/** New data is acknowledged: SND.UNA moves, the queue shrinks, the path is measured, the window may grow. */
import { R } from '../../trace/book.js';
import { seqDiff, seqGeq, seqGt } from '../../util/seq.js';
import { MILLISECOND, type Micros } from '../../util/units.js';
import { type Segment, SYN } from '../../wire/segment.js';
import { Signal, type Tcb } from '../tcb.js';
import { Timer } from '../timers/timer-table.js';
import type { SentSegment } from './retransmit-queue.js';
import { onNewAck } from './recovery.js';

/** SND.UNA < SEG.ACK =< SND.NXT was checked. */
export function delivered(tcb: Tcb, seg: Segment, now: Micros): void {
  const first = tcb.queue.length > 0 ? tcb.queue.at(0) : undefined;
  const synResent = first !== undefined && (first.control & SYN) !== 0 && first.transmissions > 1;
  const flight = tcb.flight;
  const acked = seqDiff(seg.ack, tcb.sndUna);
  const sample = tcb.queue.acknowledge(seg.ack);
  tcb.sndUna = seg.ack;
  tcb.trace?.decision(tcb.id, now, R.AckNew, acked, tcb.snd(seg.ack), 0);
  releaseText(tcb);
  measure(tcb, seg, sample, now);
  if (synResent) {
    tcb.rtt.synWasLost();
    tcb.trace?.decision(tcb.id, now, R.SynRtoReset, 0, 0, 0);
  }
  tcb.timeouts = 0;
  tcb.r1Told = false;
  tcb.unackedSince = now;
  if (!onNewAck(tcb, acked, now)) tcb.congestion.onAck(tcb.window, now, acked, flight, tcb.rtt.latest, tcb.cwndLimited);
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

/** One sample per round trip: never of a segment sent twice (Karn), unless a timestamp tells the two apart (RFC 7323 §4). */
function measure(tcb: Tcb, seg: Segment, sample: SentSegment | undefined, now: Micros): void {
  if (tcb.rttTiming && tcb.rtt.backoff === 0 && !seqGeq(seg.ack, tcb.rttMark)) return;
  let rtt = -1;
  if (sample !== undefined) rtt = now - sample.sentAt;
  else if (tcb.timestamps && seg.options.hasTimestamps && seg.options.tsEcr !== 0) {
    rtt = ((timestampNow(tcb, now) - seg.options.tsEcr) | 0) * MILLISECOND;
  }
  if (rtt < 0) return;
  tcb.rttTiming = true;
  tcb.rttMark = tcb.sndNxt;
  tcb.rtt.sample(rtt);
  tcb.trace?.decision(tcb.id, now, R.RttSample, rtt, tcb.rtt.srtt, tcb.rtt.rto);
}

/** Our timestamp clock: milliseconds, with an offset of the connection's own (RFC 7323 §5.4). */
export const timestampNow = (tcb: Tcb, now: Micros): number => (Math.floor(now / MILLISECOND) + tcb.timestampOffset) | 0;
