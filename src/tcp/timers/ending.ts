/** How a connection ends, or falls back: by FINs, by failure, by RST of ours, into TIME-WAIT, back to LISTEN. */
import { R } from '../../trace/book.js';
import { type Seq, seqAdd } from '../../util/seq.js';
import { type Micros, SECOND } from '../../util/units.js';
import { initialCongestionWindow } from '../congestion/congestion.js';
import { enter } from '../state.js';
import { Signal, type Tcb, type TcpFailure } from '../tcb.js';
import { Timer } from './timer-table.js';

/** Everything that waits to be sent or acknowledged is dropped; text already received stays readable. */
function flush(tcb: Tcb): void {
  tcb.queue.clear();
  tcb.sndBuf.release();
  tcb.timers.stopAll();
  tcb.synDue = false;
  tcb.ackNow = false;
  tcb.dupAcksDue = 0;
  tcb.probeDue = false;
  tcb.keepAliveDue = false;
  tcb.windowUpdateDue = false;
  tcb.dupAckedOctets = 0;
  tcb.inRecovery = false;
}

/** The orderly end: CLOSED, the TCB may be deleted. */
export function finish(tcb: Tcb, rule: number, now: Micros): void {
  tcb.trace?.decision(tcb.id, now, rule, 2 * tcb.config.msl / SECOND, 0, 0);
  flush(tcb);
  enter(tcb, 'CLOSED', rule, now);
  tcb.signals |= Signal.Closed;
}

/** The end by failure: the user is told why (MUST-12). Unread text is gone with a reset (§3.10.7.4: queues are flushed). */
export function fail(tcb: Tcb, failure: TcpFailure, rule: number, now: Micros, a = 0, b = 0): void {
  tcb.trace?.decision(tcb.id, now, rule, a, b, 0);
  flush(tcb);
  if (failure === 'reset' && !tcb.config.keepTextOnReset) tcb.rcvBuf.release();
  // What the network said while we waited is a better reason than "nobody answered" (RFC 1122 §4.2.3.9, as Linux does).
  tcb.failure = failure === 'timed-out' || failure === 'user-timeout' ? tcb.softError ?? failure : failure;
  enter(tcb, 'CLOSED', rule, now);
  tcb.signals |= failure === 'aborted' ? Signal.Closed : Signal.Failed | Signal.Closed;
}

/** The same with a RST, in case the peer is there after all and only its answers were lost. */
export function failWithReset(tcb: Tcb, failure: TcpFailure, rule: number, resetRule: number, now: Micros, a = 0): void {
  dueReset(tcb, tcb.sndNxt, resetRule);
  fail(tcb, failure, rule, now, a);
}

function dueReset(tcb: Tcb, seq: Seq, rule: number, octets = 0): void {
  tcb.reset.due = true;
  tcb.reset.seq = seq;
  tcb.reset.ack = tcb.rcvNxt;
  tcb.reset.withAck = true;
  tcb.reset.active = true;
  tcb.reset.rule = rule;
  tcb.reset.octets = octets;
}

/** RST <SEQ=SND.NXT> to the peer, and CLOSED (§3.10.5). */
export function abortWithReset(tcb: Tcb, seq: Seq, rule: number, now: Micros, octets = 0): void {
  flush(tcb);
  tcb.rcvBuf.release();
  tcb.rcvMemoryUsed = 0;
  dueReset(tcb, seq, rule, octets);
  tcb.failure = 'aborted';
  enter(tcb, 'CLOSED', rule, now);
  tcb.signals |= Signal.Closed;
}

/** Least wait of an orphan in FIN-WAIT-2, in RTOs: the peer's FIN may have to come three times, as in Linux. */
const FIN_WAIT_2_RTOS = 3.5;

/** Nobody holds the connection any more and its FIN is acknowledged: it waits for the peer's, but not for ever, or not at all. */
export function awaitFinAsOrphan(tcb: Tcb, now: Micros, answering = false): void {
  const { finWait2Timeout } = tcb.settings;
  if (finWait2Timeout < 0) {
    tcb.trace?.decision(tcb.id, now, R.FinWait2Refused, 0, 0, 0);
    abortWithReset(tcb, tcb.sndNxt, R.FinWait2Refused, now);
    tcb.reset.active = !answering;
    tcb.reset.withAck = !answering; // in answer to a segment with ACK: §3.5.2
    return;
  }
  tcb.timers.setIfStopped(Timer.FinWait2, now + Math.max(finWait2Timeout, FIN_WAIT_2_RTOS * tcb.rtt.rto));
}

/** TIME-WAIT: the other timers are off, 2 MSL begins (§3.10.7.4). An ACK that is due is still sent. */
export function enterTimeWait(tcb: Tcb, rule: number, now: Micros): void {
  tcb.trace?.decision(tcb.id, now, rule, 0, 0, 0);
  tcb.queue.clear();
  tcb.sndBuf.release();
  tcb.timers.stopAll();
  enter(tcb, 'TIME-WAIT', rule, now);
  tcb.timers.set(Timer.TimeWait, now + 2 * tcb.config.msl);
}

/** The peer's FIN again: our last ACK was lost, so the wait starts anew (§3.10.7.4). */
export function restartTimeWait(tcb: Tcb, now: Micros): void {
  tcb.timers.set(Timer.TimeWait, now + 2 * tcb.config.msl);
  tcb.trace?.decision(tcb.id, now, R.TimeWaitRestart, (2 * tcb.config.msl) / SECOND, 0, 0);
}

/** SYN-RECEIVED came to nothing: as if the SYN had not arrived, with a new ISS for the next one (§3.10.7.4, note 1). */
export function returnToListen(tcb: Tcb, rule: number, now: Micros): void {
  tcb.trace?.decision(tcb.id, now, rule, 0, 0, 0);
  flush(tcb);
  tcb.rcvBuf.release();
  tcb.reassembly.clear();
  tcb.peerFinKnown = false;
  tcb.closeRequested = false;
  tcb.returnRoute = new Uint8Array(0);
  tcb.iss = seqAdd(tcb.sndNxt, NEW_ISS_STEP);
  tcb.sndUna = tcb.iss;
  tcb.sndNxt = tcb.iss;
  tcb.recover = tcb.iss;
  tcb.sndPush = tcb.iss;
  tcb.sndSmall = tcb.iss;
  tcb.sndBufSeq = seqAdd(tcb.iss, 1);
  Object.assign(tcb.window, initialCongestionWindow(tcb.window.smss, tcb.config.initialWindow));
  enter(tcb, 'LISTEN', rule, now);
}

/** Beyond any window the dead handshake could have used. */
const NEW_ISS_STEP = 0x10000;
