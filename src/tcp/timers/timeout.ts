/** What each timer does when its deadline is reached (RFC 9293 §3.10.8, RFC 6298 §5.4-5.7, RFC 9293 §3.8.4, §3.8.6). */
import { R } from '../../trace/book.js';
import { MILLISECOND, type Micros, SECOND } from '../../util/units.js';
import { SYN } from '../../wire/segment.js';
import { abandonRecovery } from '../loss/recovery.js';
import { ackNow } from '../receive/ack-policy.js';
import { report } from '../reports.js';
import type { Tcb } from '../tcb.js';
import { fail, finish } from './ending.js';
import { giveUpAt } from './send-timers.js';
import { Timer, timerNames } from './timer-table.js';

/** Serves every timer whose deadline has come, in the order of the table. */
export function timeout(tcb: Tcb, now: Micros): void {
  for (let timer = 0; timer < timerNames.length && tcb.state !== 'CLOSED'; timer++) {
    if (tcb.timers.deadline(timer as Timer) > now) continue;
    tcb.timers.stop(timer as Timer);
    fire(tcb, timer as Timer, now);
  }
}

function fire(tcb: Tcb, timer: Timer, now: Micros): void {
  switch (timer) {
    case Timer.Retransmission: return onRetransmissionTimeout(tcb, now);
    case Timer.Persist: return onPersist(tcb, now);
    case Timer.SwsOverride:
      tcb.overrideDue = true;
      return;
    case Timer.DelayedAck:
      if (tcb.ackPending > 0) ackNow(tcb, R.SendAckDelayed);
      return;
    case Timer.KeepAlive: return onKeepAlive(tcb, now);
    case Timer.UserTimeout:
      return fail(tcb, 'user-timeout', R.UserTimeoutOver, now, Math.round(tcb.config.userTimeout / SECOND));
    case Timer.FinWait2:
      return finishOrphan(tcb, now);
    case Timer.TimeWait:
      return finish(tcb, R.TimeWaitOver, now);
  }
}

function onRetransmissionTimeout(tcb: Tcb, now: Micros): void {
  if (tcb.queue.length === 0) return;
  if (now >= giveUpAt(tcb)) {
    fail(tcb, 'timed-out', R.R2Reached, now, tcb.timeouts, Math.round((now - tcb.unackedSince) / SECOND));
    return;
  }
  const front = tcb.queue.at(0);
  const waited = Math.round((now - front.sentAt) / MILLISECOND);
  const flight = tcb.flight;
  tcb.timeouts++;
  tcb.rtt.backOff();
  const opening = (front.control & SYN) !== 0;
  if (opening) {
    tcb.synLost = true;
    tcb.window.cwnd = tcb.window.smss; // RFC 5681 §3.1: after a lost SYN or SYN,ACK the initial window is one segment
  } else tcb.congestion.onTimeout(tcb.window, now, flight, tcb.timeouts > 1);
  abandonRecovery(tcb);
  tcb.trace?.decision(tcb.id, now, R.TimeoutFired, tcb.snd(tcb.sndUna), waited, Math.round(tcb.rtt.rto / MILLISECOND));
  if (!opening) tcb.trace?.decision(tcb.id, now, R.TimeoutReaction, tcb.window.cwnd, tcb.window.ssthresh, 0);
  if (tcb.timeouts >= tcb.config.r1 && !tcb.r1Told) {
    tcb.r1Told = true;
    report(tcb, 'retransmissions', tcb.timeouts, 0, now);
    tcb.trace?.decision(tcb.id, now, R.R1Reached, tcb.timeouts, 0, 0);
  }
}

/**
 * A peer that answers probes may keep its window closed for ever (MUST-37); one that is silent for R2 is gone. For an orphan
 * R2 runs in any case: nobody is left to end it (RFC 6429 §3).
 */
function onPersist(tcb: Tcb, now: Micros): void {
  const silent = now - (tcb.orphaned ? tcb.unackedSince : Math.max(tcb.lastHeardAt, tcb.unackedSince));
  if (tcb.probes > 0 && silent >= tcb.config.r2) {
    fail(tcb, 'timed-out', R.PersistOver, now, tcb.probes, Math.round(silent / SECOND));
    return;
  }
  tcb.probes++;
  tcb.probeDue = true;
}

function onKeepAlive(tcb: Tcb, now: Micros): void {
  const { config } = tcb;
  if (now < tcb.lastHeardAt + tcb.keepAliveIdle) {
    tcb.keepAlives = 0;
    return; // the peer was heard since; armed afresh when output settles
  }
  if (tcb.keepAlives >= config.keepAliveProbes) {
    fail(tcb, 'timed-out', R.KeepAliveOver, now, tcb.keepAlives);
    return;
  }
  tcb.keepAlives++;
  tcb.keepAliveDue = true;
  tcb.timers.set(Timer.KeepAlive, now + config.keepAliveInterval);
}

function finishOrphan(tcb: Tcb, now: Micros): void {
  if (tcb.state !== 'FIN-WAIT-2') return;
  fail(tcb, 'timed-out', R.FinWait2Over, now, tcb.config.finWait2Timeout / SECOND);
}
