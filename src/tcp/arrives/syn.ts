/** Fourth: the SYN bit (RFC 9293 §3.10.7.4, with the blind-SYN protection of RFC 5961 §4). */
import { R } from '../../trace/book.js';
import type { Micros } from '../../util/units.js';
import { type Segment, SYN } from '../../wire/segment.js';
import { ackNow } from '../receive/ack-now.js';
import { challengeAllowed } from '../receive/challenge.js';
import type { Tcb } from '../tcb.js';
import { returnToListen } from '../timers/ending.js';

/** @returns false when the segment goes no further */
export function checkSyn(tcb: Tcb, seg: Segment, now: Micros): boolean {
  if (!seg.has(SYN)) return true;
  if (tcb.state === 'SYN-RECEIVED' && tcb.passive) {
    returnToListen(tcb, R.SynReceivedSyn, now);
    return false;
  }
  tcb.trace?.decision(tcb.id, now, R.ChallengeSyn, 0, 0, 0);
  if (challengeAllowed(tcb, now)) ackNow(tcb, R.ChallengeSyn);
  return false;
}
