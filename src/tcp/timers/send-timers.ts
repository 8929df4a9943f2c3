/**
 * Which of the sending side's timers must run, derived from what is outstanding and queued whenever output has settled: no
 * transition can forget to arm one (RFC 6298 §5, RFC 9293 §3.8.4, §3.8.6).
 */
import { R } from '../../trace/book.js';
import type { Duration, Micros } from '../../util/units.js';
import type { Tcb } from '../tcb.js';
import { giveUpAt, userTimeoutAt } from './giving-up.js';
import { Timer } from './timer-table.js';

export function settleSendTimers(tcb: Tcb, now: Micros): void {
  if (tcb.state === 'CLOSED' || tcb.state === 'LISTEN' || tcb.state === 'TIME-WAIT') return;
  const { timers, queue } = tcb;
  const waiting = queue.length > 0;
  const finDue = tcb.closeRequested && !tcb.finSent && tcb.state !== 'SYN-RECEIVED';
  const unsent = tcb.unsent > 0 || finDue;
  const opening = tcb.sndUna === tcb.iss;
  if (tcb.sndWnd === 0 && !opening && (waiting || unsent)) {
    timers.stop(Timer.Retransmission);
    timers.setIfStopped(Timer.Persist, Math.min(now + persistInterval(tcb), Math.max(now + 1, userTimeoutAt(tcb, tcb.probes > 0, tcb.probesSince))));
  } else {
    timers.stop(Timer.Persist);
    if (waiting) timers.setIfStopped(Timer.Retransmission, Math.min(now + tcb.rtt.rto, giveUpAt(tcb)));
    else timers.stop(Timer.Retransmission);
  }
  if ((tcb.heldBy === R.SwsHolds || tcb.heldBy === R.CorkHolds) && !waiting && tcb.unsent > 0 && tcb.sndWnd > 0) timers.setIfStopped(Timer.SwsOverride, now + overrideAfter(tcb));
  else timers.stop(Timer.SwsOverride);
  if (tcb.settings.userTimeout !== Infinity && tcb.config.userTimeoutFrom === 'send') {
    if (waiting || unsent) timers.setIfStopped(Timer.UserTimeout, tcb.unackedSince + tcb.settings.userTimeout);
    else timers.stop(Timer.UserTimeout);
  }
  settleKeepAlive(tcb, waiting || unsent);
}

/** First probe after the RTO (SHLD-29), then further and further apart (SHLD-30). */
export const persistInterval = (tcb: Tcb): Duration => Math.min(tcb.rtt.rto * 2 ** tcb.probes, tcb.settings.rtoMax);

/** The silly window's limit is a fixed time (RFC 9293 §3.8.6.2.1); the cork's follows the round trip, as in Linux. */
const overrideAfter = (tcb: Tcb): number => (tcb.heldBy === R.CorkHolds ? Math.max(tcb.rtt.rto, tcb.config.swsOverride) : tcb.config.swsOverride);


/** Only while nothing is outstanding (MUST-26), and only where the user asked (MUST-24). */
function settleKeepAlive(tcb: Tcb, busy: boolean): void {
  const { timers } = tcb;
  const open = tcb.state === 'ESTABLISHED' || tcb.state === 'CLOSE-WAIT' || tcb.state === 'FIN-WAIT-2';
  if (!tcb.keepAlive || !open || busy) timers.stop(Timer.KeepAlive);
  else timers.setIfStopped(Timer.KeepAlive, tcb.lastHeardAt + tcb.settings.keepAliveIdle);
}
