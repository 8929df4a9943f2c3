/**
 * When it is enough: R2 as a time or as a count, for a SYN, for data, for an orphan (RFC 9293 §3.8.3), and the user timeout
 * where it counts from the first retransmission.
 */
import { type Duration, MILLISECOND, type Micros } from '../../util/units.js';
import { SYN } from '../../wire/segment.js';
import type { Tcb } from '../tcb.js';

/** What Linux grants an orphan whose timeout still grows: more than 100 s from an RTO of 200 ms. */
const ORPHAN_RETRIES = 8;

/** A number of retries stands for the time they would take from this timeout on: a short path makes nobody impatient. */
const MODEL_RTO: Duration = 200 * MILLISECOND;

/** The front of the retransmission queue is our SYN. */
export const opening = (tcb: Tcb): boolean => tcb.queue.length > 0 && (tcb.queue.at(0).control & SYN) !== 0;

/** The instant at which the connection ends if nothing is acknowledged: no wait for an answer goes beyond it. Infinity = counts decide. */
export function giveUpAt(tcb: Tcb): Micros {
  const { settings } = tcb;
  const byUser = userTimeoutAt(tcb, tcb.timeouts > 0, tcb.stalledSince);
  if (opening(tcb)) return Math.min(byUser, tcb.unackedSince + settings.r2Syn);
  return settings.userTimeout === Infinity ? tcb.unackedSince + settings.r2 : byUser;
}

/** The user timeout as Linux counts it: from the first retransmission, or the first probe that was due. */
export const userTimeoutAt = (tcb: Tcb, began: boolean, since: Micros): Micros =>
  began && tcb.config.userTimeoutFrom === 'retransmission' ? since + tcb.settings.userTimeout : Infinity;

/** So many retransmissions, or so long a time as they take, are enough. Asked when the next would be due. */
export function retriesSpent(tcb: Tcb, now: Micros): boolean {
  if (tcb.timeouts === 0 && !opening(tcb)) return false;
  const { settings } = tcb;
  if (opening(tcb)) return tcb.timeouts >= openingRetries(tcb);
  if (settings.userTimeout !== Infinity) return false; // it takes the place of R2
  const limit = tcb.orphaned ? orphanRetries(tcb, tcb.rtt.rto) : settings.retries2;
  return now - tcb.stalledSince >= timeOfDoublings(tcb, limit);
}

function openingRetries(tcb: Tcb): number {
  const { settings } = tcb;
  if (tcb.passive) return settings.synAckRetries;
  return settings.synRetries + (tcb.state === 'SYN-SENT' ? settings.synLinearTimeouts : 0);
}

/** For an orphan 0 means a safe number as long as the interval still grows, and none after that. */
export function orphanRetries(tcb: Tcb, interval: Duration): number {
  const { orphanRetries: retries, rtoMax } = tcb.settings;
  return retries === 0 && interval < rtoMax ? ORPHAN_RETRIES : retries;
}

/** How long n retransmissions and the wait after them take from an RTO of 200 ms, whatever the real one is, which doubles up to rtoMax. */
export function timeOfDoublings(tcb: Tcb, n: number): Duration {
  const { rtoMax } = tcb.settings;
  if (n === Infinity) return Infinity;
  const growing = Math.min(n, Math.max(0, Math.floor(Math.log2(rtoMax / MODEL_RTO))));
  return (2 ** (growing + 1) - 1) * MODEL_RTO + (n - growing) * rtoMax;
}

/** Window probes: as with retransmissions, but while the peer answers, only an orphan's and the user's patience ends. */
export function probesSpent(tcb: Tcb, interval: Duration, now: Micros): boolean {
  const { settings } = tcb;
  if (tcb.probes === 0) return false;
  if (now >= userTimeoutAt(tcb, true, tcb.probesSince)) return true;
  const silent = now - (tcb.orphaned ? tcb.unackedSince : Math.max(tcb.lastHeardAt, tcb.unackedSince));
  if (settings.userTimeout === Infinity && silent >= settings.r2) return true;
  if (!tcb.orphaned) return tcb.probesUnanswered >= settings.retries2;
  const limit = orphanRetries(tcb, interval);
  return tcb.probesUnanswered >= limit || (interval >= settings.rtoMax && tcb.probes >= limit);
}
