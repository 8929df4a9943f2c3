/** Second: the RST bit (RFC 9293 §3.10.7.4, with the blind-reset protection of RFC 5961 §3). */
import { R } from '../../trace/book.js';
import type { Micros } from '../../util/units.js';
import { RST, type Segment } from '../../wire/segment.js';
import { ackNow } from '../receive/ack-now.js';
import { challengeAllowed } from '../receive/challenge.js';
import { report } from '../reports.js';
import type { Tcb } from '../tcb.js';
import { fail, finish, returnToListen } from '../timers/ending.js';

/** What a RST says in words is told, not obeyed (RFC 9293 §3.5.3, SHLD-2). */
export function reportReset(tcb: Tcb, seg: Segment, now: Micros): void {
  let text = '';
  for (let i = seg.dataStart; i < seg.dataEnd && text.length < MOST_WORDS; i++) {
    const octet = seg.bytes[i];
    text += octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : '?';
  }
  if (text === '') return;
  tcb.trace?.decision(tcb.id, now, R.ResetText, seg.dataLength, 0, 0);
  report(tcb, 'reset', 0, 0, now, text);
}
const MOST_WORDS = 256;

/** @returns false when the segment goes no further */
export function checkReset(tcb: Tcb, seg: Segment, now: Micros): boolean {
  if (!seg.has(RST)) return true;
  if (seg.seq !== tcb.rcvNxt) {
    tcb.trace?.decision(tcb.id, now, R.ChallengeReset, tcb.rcv(seg.seq), tcb.rcv(tcb.rcvNxt), 0);
    if (challengeAllowed(tcb, now)) ackNow(tcb, R.ChallengeReset);
    return false;
  }
  reportReset(tcb, seg, now);
  switch (tcb.state) {
    case 'SYN-RECEIVED':
      if (tcb.openedEarly) fail(tcb, 'reset', R.ResetExact, now);
      else if (tcb.passive) returnToListen(tcb, R.SynReceivedReset, now);
      else fail(tcb, 'refused', R.SynReceivedRefused, now);
      break;
    case 'TIME-WAIT':
      if (tcb.config.rfc1337) tcb.trace?.decision(tcb.id, now, R.TimeWaitIgnoresReset, 0, 0, 0);
      else finish(tcb, R.ResetInClosing, now);
      break;
    case 'CLOSING':
    case 'LAST-ACK':
      finish(tcb, R.ResetInClosing, now);
      break;
    default:
      fail(tcb, 'reset', R.ResetExact, now);
  }
  return false;
}
