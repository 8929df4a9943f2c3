/** What each timer does when its deadline is reached (RFC 9293 §3.10.8, RFC 6298 §5.4-5.7, RFC 9293 §3.8.4, §3.8.6). */
import { R } from '../../trace/book.js';
import { MILLISECOND, type Micros, SECOND } from '../../util/units.js';
import { abandonRecovery } from '../loss/recovery.js';
import { delayedAckDue } from '../receive/ack-policy.js';
import { report } from '../reports.js';
import { Signal, type Tcb } from '../tcb.js';
import { fail, failWithReset, finish } from './ending.js';
import { giveUpAt, opening, probesSpent, retriesSpent } from './giving-up.js';
import { persistInterval } from './send-timers.js';
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
      return delayedAckDue(tcb);
    case Timer.KeepAlive: return onKeepAlive(tcb, now);
    case Timer.UserTimeout:
      return userTimeout(tcb, now);
    case Timer.FinWait2:
      return finishOrphan(tcb, now);
    case Timer.TimeWait:
      return finish(tcb, R.TimeWaitOver, now);
  }
}

function onRetransmissionTimeout(tcb: Tcb, now: Micros): void {
  if (tcb.queue.length === 0) return;
  if (now >= giveUpAt(tcb) || retriesSpent(tcb, now)) return giveUp(tcb, now);
  const front = tcb.queue.at(0);
  const waited = Math.round((now - front.sentAt) / MILLISECOND);
  const flight = tcb.flight;
  tcb.timeouts++;
  tcb.timeoutsEver++;
  if (opening(tcb)) {
    tcb.stalledSince = tcb.unackedSince;
    tcb.synLost = true;
    tcb.window.cwnd = tcb.window.smss; // RFC 5681 §3.1: after a lost SYN or SYN,ACK the initial window is one segment
  } else {
    if (tcb.timeouts === 1) tcb.stalledSince = now;
    tcb.congestion.onTimeout(tcb.window, now, flight, tcb.timeouts > 1);
  }
  if (tcb.state !== 'SYN-SENT' || tcb.timeouts > tcb.settings.synLinearTimeouts) tcb.rtt.backOff();
  abandonRecovery(tcb);
  tcb.trace?.decision(tcb.id, now, R.TimeoutFired, tcb.snd(tcb.sndUna), waited, Math.round(tcb.rtt.rto / MILLISECOND));
  if (!opening(tcb)) tcb.trace?.decision(tcb.id, now, R.TimeoutReaction, tcb.window.cwnd, tcb.window.ssthresh, 0);
  if (tcb.timeouts >= tcb.settings.r1 && !tcb.r1Told) {
    tcb.r1Told = true;
    tcb.signals |= Signal.NegativeAdvice;
    report(tcb, 'retransmissions', tcb.timeouts, 0, now);
    tcb.trace?.decision(tcb.id, now, R.R1Reached, tcb.timeouts, 0, 0);
    tcb.trace?.decision(tcb.id, now, R.NegativeAdvice, tcb.timeouts, 0, 0);
  }
}

/** R2 as a time or as a count, or the user timeout in its place. The peer of a handshake is told nothing: it has its own R2. */
function giveUp(tcb: Tcb, now: Micros): void {
  const byUser = tcb.settings.userTimeout !== Infinity && now >= tcb.stalledSince + tcb.settings.userTimeout;
  if (byUser) return userTimeout(tcb, now);
  if (tcb.orphaned) tcb.trace?.decision(tcb.id, now, R.OrphanPatience, tcb.timeouts, 0, 0);
  fail(tcb, 'timed-out', R.R2Reached, now, tcb.timeouts, Math.round((now - tcb.unackedSince) / SECOND));
}

const userTimeout = (tcb: Tcb, now: Micros): void => fail(tcb, 'user-timeout', R.UserTimeoutOver, now, tcb.settings.userTimeout / SECOND);

/**
 * A peer that answers probes may keep its window closed for ever (MUST-37); one that is silent for R2 is gone. For an orphan
 * R2 runs in any case: nobody is left to end it (RFC 6429 §3).
 */
function onPersist(tcb: Tcb, now: Micros): void {
  if (probesSpent(tcb, persistInterval(tcb), now)) {
    if (now >= tcb.probesSince + tcb.settings.userTimeout) return userTimeout(tcb, now);
    if (tcb.orphaned) tcb.trace?.decision(tcb.id, now, R.OrphanPatience, tcb.probes, 0, 0);
    fail(tcb, 'timed-out', R.PersistOver, now, tcb.probes, Math.round((now - tcb.unackedSince) / SECOND));
    return;
  }
  if (tcb.probes === 0) tcb.probesSince = now;
  tcb.probes++;
  tcb.probesUnanswered++;
  tcb.probeDue = true;
}

function onKeepAlive(tcb: Tcb, now: Micros): void {
  const { settings } = tcb;
  if (now < tcb.lastHeardAt + settings.keepAliveIdle) {
    tcb.keepAlives = 0;
    return; // the peer was heard since; armed afresh when output settles
  }
  if (keepAlivesSpent(tcb, now)) {
    failWithReset(tcb, 'timed-out', R.KeepAliveOver, R.KeepAliveReset, now, tcb.keepAlives);
    return;
  }
  tcb.keepAlives++;
  tcb.keepAliveDue = true;
  tcb.timers.set(Timer.KeepAlive, now + settings.keepAliveInterval);
}

/** A user timeout says how long silence may last, however many probes that makes. */
function keepAlivesSpent(tcb: Tcb, now: Micros): boolean {
  const { userTimeout: patience, keepAliveProbes } = tcb.settings;
  if (patience === Infinity) return tcb.keepAlives >= keepAliveProbes;
  return tcb.keepAlives > 0 && now - tcb.lastHeardAt >= patience;
}

function finishOrphan(tcb: Tcb, now: Micros): void {
  if (tcb.state !== 'FIN-WAIT-2') return;
  fail(tcb, 'timed-out', R.FinWait2Over, now, tcb.settings.finWait2Timeout / SECOND);
}
