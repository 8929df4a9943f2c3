/** Short segments: the Nagle algorithm (RFC 9293 §3.7.4) and the sender's half of silly window avoidance (§3.8.6.2.1). */
import { seqGt } from '../../util/seq.js';
import type { Tcb } from '../tcb.js';

/**
 * All that is queued is less than a segment, and something is unacknowledged: wait (unless the user turned it off). In Minshall's
 * variant (RFC 9293 A.3) only what is itself less than a segment counts: what follows full segments need not wait for their ACK. Nothing
 * waits while urgent data is unacknowledged, as in Linux.
 */
export const nagleHolds = (tcb: Tcb): boolean =>
  tcb.nagle && !tcb.urgentSending && textInFlight(tcb) && (!tcb.config.nagleMinshall || seqGt(tcb.sndSmall, tcb.sndUna));

/** A SYN,ACK that is not acknowledged yet holds nothing back: early text goes with it (RFC 7413 §4.2.2). */
const textInFlight = (tcb: Tcb): boolean => tcb.flight > (tcb.sndUna === tcb.iss ? 1 : 0);

/** Part of what is queued fits the window: worth a segment if it is half of the largest window seen (Fs = 1/2). */
export function worthSending(tcb: Tcb, length: number): boolean {
  return length >= tcb.maxSndWnd / 2 && !nagleHolds(tcb);
}
