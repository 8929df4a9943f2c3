/** The user's calls (RFC 9293 §3.10.1 - §3.10.6): they change state and raise flags; output sends. */
import { R } from '../trace/book.js';
import { seqAdd, seqGt } from '../util/seq.js';
import type { Micros } from '../util/units.js';
import { settleIpOptions } from './ip-options.js';
import { emptySeq } from './output/empty-seq.js';
import { setSegmentSize } from './segment-size.js';
import { enter } from './state.js';
import { type CallError, Signal, type Tcb } from './tcb.js';
import { abortWithReset, awaitFinAsOrphan, fail, finish } from './timers/ending.js';

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
  settleIpOptions(tcb);
  if (tcb.sndMss === 0) setSegmentSize(tcb);
}

/**
 * §3.10.2. Takes as many octets of from[start, end) as the send buffer has room for. With `more` they need not be pushed (MAY-15):
 * a segment that is not full waits for the next SEND or the peer's next segment, as with Linux's MSG_MORE. With `record` the last of
 * them ends a segment, whatever follows (MSG_EOR).
 * @returns octets taken, or an error's name
 */
export function send(tcb: Tcb, from: Uint8Array, start: number, end: number, urgent: boolean, now: Micros, more = false, record = false): number | CallError {
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
  tcb.moreComing = more && taken === end - start;
  if (!tcb.moreComing) tcb.sndPush = seqAdd(tcb.sndBufSeq, tcb.sndBuf.length);
  if (record && taken > 0 && taken === end - start) tcb.recordEnds.push({ end: seqAdd(tcb.sndBufSeq, tcb.sndBuf.length), pushed: !more });
  if (urgent && taken > 0) {
    tcb.sndUp = seqAdd(tcb.sndBufSeq, tcb.sndBuf.length);
    tcb.urgentSending = true;
  }
  return taken;
}

/**
 * FLUSH (RFC 9293 §3.9.1.7, MAY-14): what was queued and never sent is forgotten; what was sent keeps its numbers.
 * @returns octets forgotten, or an error's name
 */
export function flush(tcb: Tcb, now: Micros): number | CallError {
  if (tcb.state === 'CLOSED') return 'connection-does-not-exist';
  const n = Math.max(0, tcb.unsent);
  if (n === 0) return 0;
  tcb.sndBuf.cut(n);
  const end = seqAdd(tcb.sndBufSeq, tcb.sndBuf.length);
  while (tcb.recordEnds.length > 0 && seqGt(tcb.recordEnds[tcb.recordEnds.length - 1].end, end)) tcb.recordEnds.pop();
  if (tcb.urgentSending && seqGt(tcb.sndUp, end)) {
    tcb.sndUp = end;
    tcb.urgentSending = seqGt(end, tcb.sndUna) && tcb.sndNxt !== tcb.iss;
  }
  tcb.moreComing = false;
  tcb.heldBy = 0;
  tcb.trace?.decision(tcb.id, now, R.Flushed, n, 0, 0);
  if (tcb.userWaits) tcb.signals |= Signal.Writable;
  tcb.userWaits = false;
  return n;
}

/** Linux's TCP_CORK: only full segments go out, until the cork is drawn or 200 ms have passed (swsOverride). */
export function setCork(tcb: Tcb, on: boolean): void {
  tcb.corked = on;
  if (!on) tcb.moreComing = false;
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
        abortWithReset(tcb, emptySeq(tcb), R.ReleaseUnread, now, tcb.rcvBuf.length);
        return;
      }
  }
  close(tcb, now);
  if (tcb.state === 'FIN-WAIT-2') awaitFinAsOrphan(tcb, now);
  if (tcb.state !== 'CLOSED' && !tcb.peerFinished) tcb.trace?.decision(tcb.id, now, R.Orphaned, 0, 0, 0);
}
