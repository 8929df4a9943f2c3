/**
 * How many answers to segments that cannot be right: challenge ACKs (RFC 5961 §7) and ACKs for what lies outside the window. Two
 * hosts that disagree could answer each other for ever, and a forger could make us send.
 */
import { R } from '../../trace/book.js';
import { MILLISECOND, type Micros, SECOND } from '../../util/units.js';
import { type Segment, SYN } from '../../wire/segment.js';
import type { Tcb } from '../tcb.js';

/** Challenge ACKs of this second. One for all connections of a stack (RFC 5961 §7 asks for a limit of the whole system). */
export class ChallengeCount {
  private since: Micros = -Infinity;
  private sent = 0;

  /** Counts one more, unless there have been `most` within a second. */
  allows(most: number, now: Micros): boolean {
    if (now - this.since >= SECOND) {
      this.since = now;
      this.sent = 0;
    }
    if (this.sent >= most) return false;
    this.sent++;
    return true;
  }
}

/** May a challenge ACK go out now? */
export function challengeAllowed(tcb: Tcb, now: Micros): boolean {
  return farEnough(tcb, now) && withinLimit(tcb, now);
}

/** May an ACK for this segment outside the window go out now? Text is always answered: its sender stops once he hears us. */
export function answerAllowed(tcb: Tcb, seg: Segment, now: Micros): boolean {
  if (seg.len > 0 && !seg.has(SYN)) return true;
  return farEnough(tcb, now) && withinLimit(tcb, now);
}

/** One at a time per connection, `invalidRatelimit` apart. */
function farEnough(tcb: Tcb, now: Micros): boolean {
  const { invalidRatelimit } = tcb.config;
  if (now - tcb.answeredInvalidAt < invalidRatelimit) {
    tcb.trace?.decision(tcb.id, now, R.AckRateLimited, Math.round(invalidRatelimit / MILLISECOND), 0, 0);
    return false;
  }
  tcb.answeredInvalidAt = now;
  return true;
}

function withinLimit(tcb: Tcb, now: Micros): boolean {
  const { challengeAckLimit } = tcb.config;
  if (challengeAckLimit === Infinity || tcb.challenges.allows(challengeAckLimit, now)) return true;
  tcb.trace?.decision(tcb.id, now, R.AckSuppressed, challengeAckLimit, 0, 0);
  return false;
}
