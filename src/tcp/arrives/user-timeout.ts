/** The peer tells his user timeout (RFC 5482 §3.1): ours follows, within limits, unless the user has fixed it. */
import { R } from '../../trace/book.js';
import { type Micros, SECOND } from '../../util/units.js';
import type { Segment } from '../../wire/segment.js';
import type { Tcb } from '../tcb.js';
import { Timer } from '../timers/timer-table.js';

export function takeUserTimeout(tcb: Tcb, seg: Segment, now: Micros): void {
  const { userTimeout: seconds } = seg.options;
  const { config, settings } = tcb;
  if (!config.userTimeoutOption || tcb.userTimeoutFixed || seconds === 0) {
    tcb.trace?.decision(tcb.id, now, R.UserTimeoutIgnored, seconds, 0, 0);
    return;
  }
  tcb.peerUserTimeout = seconds * SECOND;
  // USER_TIMEOUT = min(U_LIMIT, max(ADV_UTO, REMOTE_UTO, L_LIMIT)); what we have told, if anything, is the configured one.
  const told = config.userTimeout === Infinity ? 0 : config.userTimeout;
  settings.userTimeout = Math.min(config.userTimeoutMax, Math.max(told, tcb.peerUserTimeout, config.userTimeoutMin));
  tcb.timers.stop(Timer.UserTimeout); // armed afresh when output settles
  tcb.trace?.decision(tcb.id, now, R.UserTimeoutAdopted, settings.userTimeout / SECOND, seconds, 0);
}
