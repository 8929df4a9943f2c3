/**
 * Fast retransmit and NewReno recovery (RFC 5681 §3.2, RFC 6582, RFC 3042). Without SACK a duplicate ACK says only that one
 * segment has left the network: pipe shrinks by it, so cwnd need not be inflated. Marks here; output repairs.
 */
import { R } from '../../trace/book.js';
import { seqDiff, seqGeq, seqGt } from '../../util/seq.js';
import type { Micros } from '../../util/units.js';
import type { Tcb } from '../tcb.js';
import { noteReduction } from './ecn.js';

const DUP_ACK_THRESHOLD = 3;

export function onDuplicateAck(tcb: Tcb, now: Micros): void {
  tcb.dupAcks++;
  if (tcb.dupAcks === 1) tcb.limitedFrom = tcb.sndNxt;
  tcb.dupAckedOctets = Math.min(tcb.dupAckedOctets + tcb.sndMss, tcb.queue.inFlight);
  tcb.trace?.decision(tcb.id, now, R.AckDuplicate, tcb.dupAcks, tcb.snd(tcb.sndUna), 0);
  if (tcb.inRecovery) return;
  if (tcb.dupAcks < DUP_ACK_THRESHOLD) {
    tcb.trace?.decision(tcb.id, now, R.LimitedTransmit, tcb.dupAcks, 0, 0);
  } else if (tcb.dupAcks === DUP_ACK_THRESHOLD) {
    if (seqGt(tcb.sndUna, tcb.recover)) enterRecovery(tcb, now);
    else tcb.trace?.decision(tcb.id, now, R.FastRetransmitHeld, tcb.snd(tcb.sndUna), tcb.snd(tcb.recover), 0);
  }
}

function enterRecovery(tcb: Tcb, now: Micros): void {
  tcb.trace?.decision(tcb.id, now, R.FastRetransmit, tcb.snd(tcb.sndUna), 0, 0);
  tcb.inRecovery = true;
  noteReduction(tcb);
  tcb.recover = tcb.sndNxt;
  // RFC 5681 §3.2 step 2: what limited transmit has sent does not count.
  tcb.congestion.onCongestion(tcb.window, now, seqDiff(tcb.limitedFrom, tcb.sndUna));
  tcb.trace?.decision(tcb.id, now, R.FastRecovery, tcb.window.cwnd, tcb.snd(tcb.recover), 0);
  tcb.queue.markLost(tcb.queue.at(0));
}

/** SND.UNA moved by `acked` octets. @returns true while recovery, not slow start or avoidance, governs the window */
export function onNewAck(tcb: Tcb, acked: number, now: Micros): boolean {
  tcb.dupAcks = 0;
  if (!tcb.inRecovery) {
    tcb.dupAckedOctets = 0;
    return false;
  }
  if (seqGeq(tcb.sndUna, tcb.recover)) {
    leaveRecovery(tcb, now);
    return true;
  }
  // Partial ACK: of what it covers, all but the segment sent again was already counted by duplicate ACKs.
  tcb.dupAckedOctets = Math.max(0, tcb.dupAckedOctets - Math.max(0, acked - tcb.sndMss));
  tcb.trace?.decision(tcb.id, now, R.PartialAck, tcb.snd(tcb.sndUna), tcb.snd(tcb.recover), 0);
  if (tcb.queue.length > 0) tcb.queue.markLost(tcb.queue.at(0));
  return true;
}

/** RFC 6582 §3.2 step 3, option 1: no burst when little is left in flight. */
function leaveRecovery(tcb: Tcb, now: Micros): void {
  const w = tcb.window;
  tcb.inRecovery = false;
  tcb.dupAckedOctets = 0;
  w.cwnd = Math.min(w.ssthresh, Math.max(tcb.flight, w.smss) + w.smss);
  tcb.trace?.decision(tcb.id, now, R.RecoveryDone, tcb.snd(tcb.sndUna), w.cwnd, 0);
}

/** A retransmission timeout ends recovery: everything outstanding counts as lost (RFC 6582 §4). */
export function abandonRecovery(tcb: Tcb): void {
  tcb.inRecovery = false;
  noteReduction(tcb);
  tcb.recover = tcb.sndNxt;
  tcb.dupAcks = 0;
  tcb.dupAckedOctets = 0;
  tcb.queue.markAllLost();
}
