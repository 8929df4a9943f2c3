/** When to acknowledge (RFC 9293 §3.8.6.3, RFC 5681 §4.2): at once, with the second full segment, or after a short wait. */
import { MILLISECOND, type Micros } from '../../util/units.js';
import { R } from '../../trace/book.js';
import type { Tcb } from '../tcb.js';
import { Timer } from '../timers/timer-table.js';

/** Segments smaller than this are not taken for full ones (RFC 9293 §3.7.1: the least that every host accepts). */
const DEFAULT_MSS = 536;

/** An ACK is due with the next output. The first reason given is the one told. */
export function ackNow(tcb: Tcb, rule: number): void {
  if (!tcb.ackNow) tcb.ackRule = rule;
  tcb.ackNow = true;
}

/** Text arrived in order: acknowledge every second full segment at once (SHLD-19), otherwise wait for company. */
export function ackText(tcb: Tcb, octets: number, now: Micros): void {
  tcb.ackPending += octets;
  if (octets > tcb.rcvMss) tcb.rcvMss = Math.max(octets, Math.min(DEFAULT_MSS, tcb.sndMss));
  if (tcb.config.delayedAck === 0) ackNow(tcb, R.SendAck);
  else if (tcb.ackPending >= 2 * tcb.rcvMss) ackNow(tcb, R.SendAckSecond);
  else if (!tcb.ackNow && !tcb.timers.running(Timer.DelayedAck)) {
    tcb.timers.set(Timer.DelayedAck, now + tcb.config.delayedAck);
    tcb.trace?.decision(tcb.id, now, R.AckDelayed, tcb.ackPending, tcb.config.delayedAck / MILLISECOND, 0);
  }
}

/** Any segment with an ACK pays every acknowledgement owed. */
export function ackPaid(tcb: Tcb): void {
  tcb.ackNow = false;
  tcb.ackRule = 0;
  tcb.ackPending = 0;
  tcb.windowUpdateDue = false;
  tcb.lastAckSent = tcb.rcvNxt;
  tcb.timers.stop(Timer.DelayedAck);
}

/** May one more challenge ACK (or ACK for an unacceptable empty segment) go out now? (RFC 5961 §7) */
export function challengeAllowed(tcb: Tcb, now: Micros): boolean {
  if (now - tcb.challengeSince >= 1000 * MILLISECOND) {
    tcb.challengeSince = now;
    tcb.challenges = 0;
  }
  if (tcb.challenges >= tcb.config.challengeAckLimit) {
    tcb.trace?.decision(tcb.id, now, R.AckSuppressed, tcb.config.challengeAckLimit, 0, 0);
    return false;
  }
  tcb.challenges++;
  return true;
}
