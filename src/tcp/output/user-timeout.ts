/** Our user timeout as an option (RFC 5482): in our SYN, in the first segment after it, and when the user has changed it. */
import { R } from '../../trace/book.js';
import { type Micros, SECOND } from '../../util/units.js';
import { RST, SYN } from '../../wire/segment.js';
import type { Tcb } from '../tcb.js';
import type { Plan } from './plan.js';

const OPTION = 4;

/** There is something to tell: a user timeout that was configured or set, not one adopted from the peer. */
export const tellsUserTimeout = (tcb: Tcb): boolean =>
  tcb.config.userTimeoutOption && (tcb.userTimeoutFixed ? tcb.settings : tcb.config).userTimeout !== Infinity;

/** Seconds, rounded up: the peer had better wait too long. */
export const userTimeoutToTell = (tcb: Tcb): number => Math.ceil((tcb.userTimeoutFixed ? tcb.settings : tcb.config).userTimeout / SECOND);

/** A full segment has no room for another option; nor would a RST be read. */
export const roomForUserTimeout = (tcb: Tcb, plan: Plan): boolean =>
  (plan.flags & (SYN | RST)) === 0 && plan.length + OPTION <= tcb.sndMss && !plan.keepAliveOctet;

export function userTimeoutTold(tcb: Tcb, plan: Plan, now: Micros): void {
  if (!roomForUserTimeout(tcb, plan)) return;
  tcb.userTimeoutDue = false;
  if (plan.rule !== R.SendUserTimeout) tcb.trace?.decision(tcb.id, now, R.UserTimeoutTold, userTimeoutToTell(tcb), 0, 0);
}
