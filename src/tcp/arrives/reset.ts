/** Second: the RST bit (RFC 9293 §3.10.7.4, with the blind-reset protection of RFC 5961 §3). */
import { R } from '../../trace/book.js';
import type { Micros } from '../../util/units.js';
import { RST, type Segment } from '../../wire/segment.js';
import { ackNow, challengeAllowed } from '../receive/ack-policy.js';
import type { Tcb } from '../tcb.js';
import { fail, finish, returnToListen } from '../timers/ending.js';

/** @returns false when the segment goes no further */
export function checkReset(tcb: Tcb, seg: Segment, now: Micros): boolean {
  if (!seg.has(RST)) return true;
  if (seg.seq !== tcb.rcvNxt) {
    tcb.trace?.decision(tcb.id, now, R.ChallengeReset, tcb.rcv(seg.seq), tcb.rcv(tcb.rcvNxt), 0);
    if (challengeAllowed(tcb, now)) ackNow(tcb, R.ChallengeReset);
    return false;
  }
  switch (tcb.state) {
    case 'SYN-RECEIVED':
      if (tcb.openedEarly) fail(tcb, 'reset', R.ResetExact, now);
      else if (tcb.passive) returnToListen(tcb, R.SynReceivedReset, now);
      else fail(tcb, 'refused', R.SynReceivedRefused, now);
      break;
    case 'CLOSING':
    case 'LAST-ACK':
    case 'TIME-WAIT':
      finish(tcb, R.ResetInClosing, now);
      break;
    default:
      fail(tcb, 'reset', R.ResetExact, now);
  }
  return false;
}
