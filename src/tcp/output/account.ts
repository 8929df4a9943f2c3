/** Account: the segment has been written; SND.NXT, the queue, what was due and the states move on. */
import { R } from '../../trace/book.js';
import { seqAdd } from '../../util/seq.js';
import type { Micros } from '../../util/units.js';
import { ACK, CWR, FIN, PSH, RST, SYN } from '../../wire/segment.js';
import { noteUse } from '../congestion/use.js';
import { ackPaid } from '../receive/ack-policy.js';
import { reserveOneSegment } from '../receive/memory.js';
import { textWasSent } from '../receive/quick-ack.js';
import { noteWindow } from '../segment-size.js';
import { enter } from '../state.js';
import { Signal, type Tcb } from '../tcb.js';
import { Unsafe } from '../unsafe.js';
import type { Plan } from './plan.js';
import { tellsUserTimeout, userTimeoutTold } from './user-timeout.js';

export function account(tcb: Tcb, plan: Plan, now: Micros): void {
  tcb.segmentsOut++;
  if ((plan.flags & RST) !== 0) {
    tcb.reset.due = false;
    return;
  }
  if ((plan.flags & ACK) !== 0) {
    ackPaid(tcb);
    if (tcb.dupAcksDue > 0) tcb.dupAcksDue--;
  }
  tcb.keepAliveDue = false;
  if (tcb.userTimeoutDue) userTimeoutTold(tcb, plan, now);
  if ((plan.flags & SYN) !== 0) {
    tcb.synDue = false;
    tcb.userTimeoutDue = tellsUserTimeout(tcb); // again with the first segment after it: a SYN's options may be forgotten (SYN cookies)
    if ((plan.flags & ACK) !== 0) {
      tcb.synAckSent = true;
      tcb.synAcksOut++;
    }
  }
  const len = plan.length + (plan.flags & FIN) + ((plan.flags & SYN) >> 1);
  if (len > 0) tcb.lastSentAt = now;
  if (plan.length > 0) {
    textWasSent(tcb, now);
    tcb.textSegmentsOut++;
  }
  if (plan.record !== null) {
    tcb.queue.resent(plan.record, now);
    tcb.retransmissions++;
    tcb.octetsResent += plan.length;
  } else if (len > 0) {
    accountNew(tcb, plan, len, now);
  }
  if (tcb.state === 'SYN-RECEIVED' && tcb.synAckSent && tcb.passive && tcb.config.unsafe === Unsafe.twoWayHandshake) believeOpen(tcb, now);
}

/** The server of a handshake of two segments: its SYN counts as acknowledged, though nobody has said so. */
function believeOpen(tcb: Tcb, now: Micros): void {
  tcb.trace?.decision(tcb.id, now, R.UnsafeTwoWay, 0, 0, 0);
  tcb.queue.clear();
  tcb.sndUna = tcb.sndNxt;
  enter(tcb, 'ESTABLISHED', R.UnsafeTwoWay, now);
  tcb.signals |= Signal.Connected | Signal.Writable;
  noteWindow(tcb, tcb.sndWnd);
  reserveOneSegment(tcb);
}

function accountNew(tcb: Tcb, plan: Plan, len: number, now: Micros): void {
  if (tcb.queue.length === 0) tcb.unackedSince = now;
  if ((plan.flags & SYN) !== 0 && plan.length > 0) {
    // Text with the SYN has a record of its own: if the SYN must be sent again it goes alone (RFC 7413 §4.2.1).
    tcb.queue.push(plan.seq, 1, SYN, now);
    tcb.queue.push(seqAdd(plan.seq, 1), plan.length, plan.flags & PSH, now);
  } else {
    tcb.queue.push(plan.seq, len, plan.flags & (plan.burstEnd > 0 ? SYN | FIN : SYN | FIN | PSH), now).probe = plan.probe;
  }
  tcb.sndNxt = seqAdd(tcb.sndNxt, len);
  tcb.octetsOut += plan.length;
  if (plan.length > 0 && plan.length < tcb.sndMss) tcb.sndSmall = tcb.sndNxt;
  if ((plan.flags & (CWR | SYN)) === CWR) tcb.cwrDue = false;
  if (plan.length > 0) noteUse(tcb, tcb.pipe + tcb.window.smss > tcb.window.cwnd);
  if ((plan.flags & FIN) === 0) return;
  tcb.finSent = true;
  tcb.finSeq = seqAdd(plan.seq, plan.length);
  if (tcb.state !== 'CLOSE-WAIT') return;
  tcb.trace?.decision(tcb.id, now, R.CloseAfterPeer, 0, 0, 0);
  enter(tcb, 'LAST-ACK', R.CloseAfterPeer, now);
}
