/**
 * Explicit congestion notification (RFC 3168): a router marks a segment (CE) instead of dropping it, its receiver repeats ECE
 * until the sender says CWR, and the sender treats the first ECE of a window as it would a loss, without sending anything again.
 */
import { R } from '../../trace/book.js';
import { seqGt } from '../../util/seq.js';
import type { Micros } from '../../util/units.js';
import { CWR, ECE, type Segment, SYN } from '../../wire/segment.js';
import { ackNow } from '../receive/ack-now.js';
import type { Tcb } from '../tcb.js';

/** The IP header's ECN field (RFC 3168 §5): not ECN-capable, and congestion experienced. */
const NOT_ECT = 0;
const CE = 3;

/** An acceptable ACK: ECE asks for half the window, once per window of data (RFC 3168 §6.1.2). */
export function takeEcnEcho(tcb: Tcb, seg: Segment, now: Micros): void {
  if (tcb.ecnReduced && seqGt(seg.ack, tcb.ecnRecover)) tcb.ecnReduced = false;
  if ((seg.flags & (ECE | SYN)) !== ECE || tcb.ecnReduced || tcb.flight === 0) return;
  noteReduction(tcb);
  tcb.congestion.onCongestion(tcb.window, now, tcb.flight);
  tcb.trace?.decision(tcb.id, now, R.EcnReduced, tcb.window.cwnd, tcb.snd(tcb.ecnRecover), 0);
}

/** cwnd was reduced, whatever the reason: CWR tells the peer, and marks of the same window of data call for no more. */
export function noteReduction(tcb: Tcb): void {
  if (!tcb.ecn || tcb.sndUna === tcb.iss) return;
  tcb.ecnReduced = true;
  tcb.ecnRecover = tcb.sndNxt;
  tcb.cwrDue = true;
}

/** The text of an acceptable segment: was it marked on its way, and has the peer heard of earlier marks (RFC 3168 §6.1.3)? */
export function takeEcnMark(tcb: Tcb, seg: Segment, now: Micros): void {
  if (seg.has(CWR)) {
    if (tcb.ecnEcho) tcb.trace?.decision(tcb.id, now, R.CwrReceived, 0, 0, 0);
    tcb.ecnEcho = false;
    ackNow(tcb, R.SendAck); // the peer's window may be so small that it waits for this very ACK
  }
  if (seg.ecn === NOT_ECT) {
    if (tcb.ecnSeen) ackNow(tcb, R.SendAck); // probably a retransmission: the peer waits
    return;
  }
  tcb.ecnSeen = true;
  if (seg.ecn !== CE || tcb.ecnEcho) return;
  tcb.ecnEcho = true;
  tcb.trace?.decision(tcb.id, now, R.CeReceived, tcb.rcv(seg.seq), 0, 0);
  ackNow(tcb, R.SendAck);
}
