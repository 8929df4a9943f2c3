/** The user changes the connection's patience: deadlines that are now too late move. */
import { checkSettings } from '../config.js';
import type { Tcb } from '../tcb.js';
import { tellsUserTimeout } from '../output/user-timeout.js';
import { giveUpAt } from './giving-up.js';
import type { TimerSettings } from './settings.js';
import { Timer } from './timer-table.js';

/** @throws RangeError for a value that TcpConfig does not allow */
export function changeSettings(tcb: Tcb, changes: Partial<TimerSettings>): void {
  checkSettings(changes);
  Object.assign(tcb.settings, changes);
  const { timers } = tcb;
  if (changes.userTimeout !== undefined) {
    tcb.userTimeoutFixed = true;
    tcb.userTimeoutDue = tcb.sndNxt !== tcb.iss && tellsUserTimeout(tcb); // a SYN tells it by itself
  }
  timers.stop(Timer.UserTimeout); // armed afresh when output settles
  if (changes.keepAliveIdle !== undefined) timers.stop(Timer.KeepAlive);
  if (timers.running(Timer.Retransmission)) timers.set(Timer.Retransmission, Math.min(timers.deadline(Timer.Retransmission), giveUpAt(tcb)));
}
