/** An ACK is due with the next output. */
import type { Tcb } from '../tcb.js';

/** The first reason given is the one told. */
export function ackNow(tcb: Tcb, rule: number): void {
  if (!tcb.ackNow) tcb.ackRule = rule;
  tcb.ackNow = true;
}
