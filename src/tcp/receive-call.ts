/**
 * RECEIVE (RFC 9293 §3.10.3) and what belongs to it: looking without taking, the urgent octet out of band as sockets know it
 * (RFC 6093 §2), saying that nothing more will be read.
 */
import { R } from '../trace/book.js';
import { type Seq, seqAdd, seqDiff, seqGeq, seqLt } from '../util/seq.js';
import type { Micros } from '../util/units.js';
import { userHasRead } from './receive/ack-policy.js';
import { textRead } from './receive/memory.js';
import { comfortableWindow, windowReduction, windowUpdateWanted } from './receive/window.js';
import type { CallError, Tcb } from './tcb.js';

/** Sequence number of the next octet that the user will read. */
export const nextToRead = (tcb: Tcb): Seq => seqAdd(tcb.rcvNxt, -tcb.rcvBuf.length - (tcb.peerFinished ? 1 : 0));

/** @returns octets given: 0 = nothing there (see `peerFinished` for the end), or an error's name */
export function receive(tcb: Tcb, into: Uint8Array, start: number, end: number, now: Micros): number | CallError {
  const nothing = nothingToRead(tcb);
  if (nothing !== null) return nothing;
  const before = tcb.rcvBuf.length;
  if (tcb.urgentReceiving) passUrgentOctet(tcb);
  const n = tcb.rcvBuf.read(into, start, start + Math.min(end - start, untilMark(tcb)));
  if (tcb.urgentReceiving && seqGeq(nextToRead(tcb), tcb.rcvUp)) tcb.urgentReceiving = false;
  if (!tcb.peerFinished) considerWindowUpdate(tcb, before - tcb.rcvBuf.length, now);
  return n;
}

/** The same, but what is given stays where it is, to be received again. */
export function peek(tcb: Tcb, into: Uint8Array, start: number, end: number): number | CallError {
  const nothing = nothingToRead(tcb);
  if (nothing !== null) return nothing;
  const skip = atHiddenOctet(tcb) ? 1 : 0;
  const n = Math.min(end - start, tcb.rcvBuf.length - skip, skip === 1 ? Infinity : untilMark(tcb));
  tcb.rcvBuf.peek(skip, into, start, n);
  return n;
}

/** What RECEIVE says instead of giving text; null = there is some. */
function nothingToRead(tcb: Tcb): 0 | CallError | null {
  if (tcb.rcvBuf.length === 0) {
    if (tcb.state === 'CLOSED') return 'connection-does-not-exist';
    return tcb.peerFinished || tcb.receiveShut ? 'connection-closing' : 0;
  }
  return tcb.state === 'SYN-RECEIVED' && !tcb.openedEarly ? 0 : null;
}

/** The user has made room: tell the peer at once, later, or not until it is worth it (RFC 9293 §3.8.6.2.2). */
function considerWindowUpdate(tcb: Tcb, n: number, now: Micros): void {
  textRead(tcb, n);
  userHasRead(tcb, n);
  if (windowUpdateWanted(tcb)) tcb.windowUpdateDue = true;
  else if (tcb.rcvWnd < comfortableWindow(tcb)) tcb.trace?.decision(tcb.id, now, R.WindowHeld, windowReduction(tcb), 0, 0);
}

/** Position of the last octet of urgent data: the one that sockets call out of band. */
const mark = (tcb: Tcb): Seq => seqAdd(tcb.rcvUp, -1);

/** A read ends before the mark, so that the user knows where it is; one that starts there goes on. */
function untilMark(tcb: Tcb): number {
  if (!tcb.urgentReceiving) return Infinity;
  const n = seqDiff(mark(tcb), nextToRead(tcb));
  return n > 0 ? n : Infinity;
}

/** The next octet is the urgent one, and the user wants it out of band. */
const atHiddenOctet = (tcb: Tcb): boolean => tcb.urgentReceiving && !tcb.urgentInline && tcb.rcvBuf.length > 0 && nextToRead(tcb) === mark(tcb);

function passUrgentOctet(tcb: Tcb): void {
  if (!atHiddenOctet(tcb)) return;
  tcb.rcvBuf.drop(1);
  tcb.urgentReceiving = false;
}

/** New urgent data while the user stands before the octet of the old: that one is not text for him either. */
export function forgetUrgentOctet(tcb: Tcb): void {
  passUrgentOctet(tcb);
}

/** Would the next read start at the mark? (sockatmark(3)) */
export const atMark = (tcb: Tcb): boolean => tcb.urgentReceiving && nextToRead(tcb) === mark(tcb);

/**
 * The urgent octet, apart from the stream. It is given once.
 * @returns the octet, -1 = announced but not here yet, or 'no-urgent-data'
 */
export function receiveUrgent(tcb: Tcb, take: boolean): number | 'no-urgent-data' {
  if (!tcb.urgentReceiving || tcb.urgentInline || tcb.urgentTaken) return 'no-urgent-data';
  const at = mark(tcb);
  const arrived = tcb.peerFinished ? seqAdd(tcb.rcvNxt, -1) : tcb.rcvNxt;
  if (!seqLt(at, arrived)) return tcb.peerFinished ? 'no-urgent-data' : -1;
  tcb.rcvBuf.peek(seqDiff(at, nextToRead(tcb)), octet, 0, 1);
  if (take) tcb.urgentTaken = true;
  return octet[0];
}
const octet = new Uint8Array(1);

/** shutdown(SHUT_RD): RECEIVE gives what is here and then says "closing". Nothing is told to the peer; text is taken until we close, too. */
export function shutReceive(tcb: Tcb): CallError | null {
  if (tcb.state === 'CLOSED') return 'connection-does-not-exist';
  tcb.receiveShut = true;
  return null;
}

/** Octets unread up to the last that came with PSH (RFC 9293 §3.9.1.3, MAY-17); 0 = none. */
export function pushedUnread(tcb: Tcb): number {
  return tcb.pushSeen ? Math.max(0, Math.min(tcb.rcvBuf.length, seqDiff(tcb.rcvPush, nextToRead(tcb)))) : 0;
}
