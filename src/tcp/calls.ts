/** The user's calls (RFC 9293 §3.10.1 - §3.10.6): they change state and raise flags; output sends. */
import { R } from '../trace/book.js';
import { seqAdd, seqGeq } from '../util/seq.js';
import type { Micros } from '../util/units.js';
import { emptySeq } from './output/empty-seq.js';
import { comfortableWindow, windowReduction, windowUpdateWanted } from './receive/window.js';
import { setSegmentSize } from './segment-size.js';
import { enter } from './state.js';
import { type CallError, Signal, type Tcb } from './tcb.js';
import { abortWithReset, fail, finish } from './timers/ending.js';
import { Timer } from './timers/timer-table.js';

/** §3.10.1, active: a SYN is due. @returns an error's name, or null */
export function openActive(tcb: Tcb, now: Micros): CallError | null {
  if (tcb.state !== 'CLOSED' && tcb.state !== 'LISTEN') return 'connection-already-exists';
  if (tcb.openedAt !== 0 && tcb.state === 'CLOSED') return 'connection-does-not-exist';
  if (!tcb.remoteGiven) return 'remote-unspecified';
  tcb.trace?.decision(tcb.id, now, R.OpenActive, tcb.iss, 0, 0);
  tcb.passive = false;
  startSending(tcb, now);
  enter(tcb, 'SYN-SENT', R.OpenActive, now);
  return null;
}

/** §3.10.1, passive. */
export function openPassive(tcb: Tcb, now: Micros): CallError | null {
  if (tcb.state !== 'CLOSED' || tcb.openedAt !== 0) return 'connection-already-exists';
  tcb.openedAt = now;
  tcb.lastHeardAt = now;
  tcb.trace?.decision(tcb.id, now, R.OpenPassive, 0, 0, 0);
  enter(tcb, 'LISTEN', R.OpenPassive, now);
  return null;
}

/** The send side begins at ISS, with a SYN (or SYN,ACK) due. */
export function startSending(tcb: Tcb, now: Micros): void {
  tcb.openedAt = now;
  tcb.lastHeardAt = now;
  tcb.unackedSince = now;
  tcb.synDue = true;
  if (tcb.sndMss === 0) setSegmentSize(tcb);
}

/**
 * §3.10.2. Takes as many octets of from[start, end) as the send buffer has room for.
 * @returns octets taken, or an error's name
 */
export function send(tcb: Tcb, from: Uint8Array, start: number, end: number, urgent: boolean, now: Micros): number | CallError {
  switch (tcb.state) {
    case 'CLOSED':
      return 'connection-does-not-exist';
    case 'LISTEN': {
      if (!tcb.remoteGiven) return 'remote-unspecified';
      tcb.trace?.decision(tcb.id, now, R.SendInListen, 0, 0, 0);
      tcb.passive = false;
      startSending(tcb, now);
      enter(tcb, 'SYN-SENT', R.SendInListen, now);
      break;
    }
    case 'SYN-SENT':
    case 'SYN-RECEIVED':
    case 'ESTABLISHED':
    case 'CLOSE-WAIT':
      break;
    default:
      return 'connection-closing';
  }
  if (tcb.closeRequested) return 'connection-closing';
  waitBegins(tcb, now);
  const taken = tcb.sndBuf.write(from, start, end);
  if (taken < end - start) tcb.userWaits = true;
  if (urgent && taken > 0) {
    tcb.sndUp = seqAdd(tcb.sndBufSeq, tcb.sndBuf.length);
    tcb.urgentSending = true;
  }
  return taken;
}

/** §3.10.3. @returns octets given: 0 = nothing there (see `peerFinished` for the end), or an error's name */
export function receive(tcb: Tcb, into: Uint8Array, start: number, end: number, now: Micros): number | CallError {
  if (tcb.rcvBuf.length === 0) {
    if (tcb.state === 'CLOSED') return 'connection-does-not-exist';
    if (tcb.peerFinished) return 'connection-closing';
    return 0;
  }
  if (tcb.state === 'SYN-RECEIVED' && !tcb.openedEarly) return 0;
  const n = tcb.rcvBuf.read(into, start, end);
  if (tcb.urgentReceiving && seqGeq(seqAdd(tcb.rcvNxt, -tcb.rcvBuf.length), tcb.rcvUp)) tcb.urgentReceiving = false;
  if (!tcb.peerFinished) considerWindowUpdate(tcb, now);
  return n;
}

/** The user has made room: tell the peer at once, later, or not until it is worth it (RFC 9293 §3.8.6.2.2). */
function considerWindowUpdate(tcb: Tcb, now: Micros): void {
  if (windowUpdateWanted(tcb)) tcb.windowUpdateDue = true;
  else if (tcb.rcvWnd < comfortableWindow(tcb)) tcb.trace?.decision(tcb.id, now, R.WindowHeld, windowReduction(tcb), 0, 0);
}

/** §3.10.4: nothing more will be sent; what is queued still is, then FIN. */
export function close(tcb: Tcb, now: Micros): CallError | null {
  switch (tcb.state) {
    case 'CLOSED':
      return 'connection-does-not-exist';
    case 'LISTEN':
      finish(tcb, R.CloseListen, now);
      return null;
    case 'SYN-SENT':
      finish(tcb, R.CloseSynSent, now);
      return null;
    case 'SYN-RECEIVED':
      return closeEarly(tcb, now);
    case 'ESTABLISHED':
      requestClose(tcb, now);
      tcb.trace?.decision(tcb.id, now, R.Close, tcb.unsent, 0, 0);
      enter(tcb, 'FIN-WAIT-1', R.Close, now);
      return null;
    case 'CLOSE-WAIT':
      if (tcb.closeRequested) return 'connection-closing';
      // LAST-ACK begins when the FIN is sent, after what is queued (output/account.ts).
      requestClose(tcb, now);
      if (tcb.unsent > 0) tcb.trace?.decision(tcb.id, now, R.CloseQueued, tcb.unsent, 0, 0);
      return null;
    default:
      return 'connection-closing';
  }
}

function requestClose(tcb: Tcb, now: Micros): void {
  tcb.closeRequested = true;
  waitBegins(tcb, now);
}

/** Text or a FIN joins an empty queue: R2 and the user timeout count from now, even if the peer's window keeps it back. */
function waitBegins(tcb: Tcb, now: Micros): void {
  if (tcb.unsent === 0 && tcb.queue.length === 0) tcb.unackedSince = now;
}

function closeEarly(tcb: Tcb, now: Micros): CallError | null {
  if (tcb.closeRequested) return 'connection-closing';
  tcb.closeRequested = true;
  if (tcb.sndBuf.length > 0) {
    tcb.trace?.decision(tcb.id, now, R.CloseWaitsForOpen, 0, 0, 0);
    return null;
  }
  tcb.trace?.decision(tcb.id, now, R.CloseInSynReceived, 0, 0, 0);
  enter(tcb, 'FIN-WAIT-1', R.CloseInSynReceived, now);
  return null;
}

/** §3.10.5: RST where the peer may still care, and CLOSED. */
export function abort(tcb: Tcb, now: Micros): CallError | null {
  switch (tcb.state) {
    case 'CLOSED':
      return 'connection-does-not-exist';
    case 'LISTEN':
    case 'SYN-SENT':
    case 'CLOSING':
    case 'LAST-ACK':
    case 'TIME-WAIT':
      fail(tcb, 'aborted', R.AbortSilent, now);
      return null;
    default:
      tcb.trace?.decision(tcb.id, now, R.Abort, 0, 0, 0);
      abortWithReset(tcb, emptySeq(tcb), R.Abort, now);
      return null;
  }
}

/**
 * The user goes in both directions, as close(2) does. Unread text is lost, so the peer gets a RST (SHLD-3); otherwise CLOSE,
 * and the connection goes on as an orphan: text that still comes is refused, FIN-WAIT-2 ends by itself.
 */
export function release(tcb: Tcb, now: Micros): void {
  tcb.orphaned = true;
  switch (tcb.state) {
    case 'SYN-RECEIVED': // with text only after a Fast Open
    case 'ESTABLISHED':
    case 'FIN-WAIT-1':
    case 'FIN-WAIT-2':
    case 'CLOSE-WAIT':
      if (tcb.rcvBuf.length > 0) {
        tcb.trace?.decision(tcb.id, now, R.ReleaseUnread, tcb.rcvBuf.length, 0, 0);
        abortWithReset(tcb, emptySeq(tcb), R.ReleaseUnread, now);
        return;
      }
  }
  close(tcb, now);
  if (tcb.state === 'FIN-WAIT-2') tcb.timers.setIfStopped(Timer.FinWait2, now + tcb.config.finWait2Timeout);
  if (tcb.state !== 'CLOSED' && !tcb.peerFinished) tcb.trace?.decision(tcb.id, now, R.Orphaned, 0, 0, 0);
}

/** A network's word on a segment of ours (RFC 9293 §3.9.2.2): hard errors end an attempt to open, others are told. */
export function unreachable(tcb: Tcb, hard: boolean, type: number, code: number, now: Micros): void {
  if (hard && (tcb.state === 'SYN-SENT' || (tcb.state === 'SYN-RECEIVED' && !tcb.passive))) {
    fail(tcb, 'unreachable', R.UnreachableHard, now, type, code);
    return;
  }
  tcb.trace?.decision(tcb.id, now, R.Unreachable, type, code, 0);
  tcb.signals |= Signal.Delivery;
}
