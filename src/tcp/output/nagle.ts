/** Short segments: the Nagle algorithm (RFC 9293 §3.7.4) and the sender's half of silly window avoidance (§3.8.6.2.1). */
import type { Tcb } from '../tcb.js';

/** All that is queued is less than a segment, and something is unacknowledged: wait (unless the user turned it off). */
export const nagleHolds = (tcb: Tcb): boolean => tcb.nagle && tcb.flight > 0;

/** Part of what is queued fits the window: worth a segment if it is half of the largest window seen (Fs = 1/2). */
export function worthSending(tcb: Tcb, length: number): boolean {
  return length >= tcb.maxSndWnd / 2 && !(tcb.nagle && tcb.flight > 0);
}
