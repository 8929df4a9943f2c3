/**
 * TCP Fast Open in the engine (RFC 7413 §4.2): text with the SYN, taken before the handshake is done. Cookies are made, checked and
 * remembered outside (stack/fast-open.ts).
 */
import { R } from '../trace/book.js';
import { seqAdd } from '../util/seq.js';
import type { Micros } from '../util/units.js';
import { FIN, type Segment, SYN } from '../wire/segment.js';
import { deliverHeld } from './arrives/text.js';
import { openActive, send } from './calls.js';
import { segmentRoom } from './segment-size.js';
import { type CallError, Signal, type Tcb } from './tcb.js';

/** What the SYN of a Fast Open says. */
export interface FastOpenRequest {
  /** Empty: asks for a cookie; null: no such option. */
  readonly cookie: Uint8Array | null;
  readonly experimental: boolean;
  /** The peer's MSS as last heard, 0 = never: bounds the text in the SYN. */
  readonly mss: number;
  /** Goes with the SYN as far as there is room; none of it is kept for later. */
  readonly text: Uint8Array;
}

/** Options of the SYN may take all the room there is for options: boxes on the path add some (as Linux reckons). */
const OPTION_ROOM = 40;

/** §3.10.1, active, with text in the SYN (RFC 7413 §4.2.1). @returns octets taken, or an error's name */
export function openFast(tcb: Tcb, request: FastOpenRequest, now: Micros): number | CallError {
  const error = openActive(tcb, now);
  if (error !== null) return error;
  tcb.cookie = request.cookie;
  tcb.cookieExperimental = request.experimental;
  tcb.cookieAsked = request.cookie !== null;
  const room = Math.max(0, segmentRoom(tcb, request.mss) - OPTION_ROOM);
  const taken = send(tcb, request.text, 0, Math.min(request.text.length, room), false, now);
  if (typeof taken === 'number') tcb.synText = taken;
  return taken;
}

/** The SYN of a passive OPEN may be trusted: its text is delivered, and the user has the connection, at once (RFC 7413 §4.2.2). */
export function openEarly(tcb: Tcb, seg: Segment, now: Micros): void {
  const n = Math.min(seg.dataLength, tcb.rcvBuf.limit);
  tcb.trace?.decision(tcb.id, now, R.FastOpenTaken, n, 0, 0);
  tcb.passive = false; // somebody holds it: a RST cannot lead back to LISTEN unnoticed
  tcb.signals |= Signal.Connected | Signal.Writable;
  if (n > 0 && tcb.reassembly.add(tcb.rcvNxt, seqAdd(tcb.rcvNxt, n))) {
    tcb.rcvBuf.place(0, seg.bytes, seg.dataStart, seg.dataStart + n);
    deliverHeld(tcb, now);
    tcb.synTextAcked = true;
  }
  if (!seg.has(FIN) || n < seg.dataLength) return;
  tcb.peerFinKnown = true; // waits for the handshake
  tcb.peerFinSeq = tcb.rcvNxt;
}

/** The SYN,ACK of a Fast Open: a cookie for next time; text that it does not acknowledge goes again at once (RFC 7413 §4.2.1). */
export function takeFastOpenAnswer(tcb: Tcb, seg: Segment, now: Micros): void {
  const { options } = seg;
  if (tcb.cookieAsked && options.cookieLength > 0 && seg.has(SYN)) {
    tcb.cookieReceived = options.cookie.slice(0, options.cookieLength);
    tcb.cookieReceivedExperimental = options.cookieExperimental;
    tcb.trace?.decision(tcb.id, now, R.FastOpenLearned, options.cookieLength, 0, 0);
  }
  if (tcb.synText === 0) return;
  if (tcb.queue.length === 0) {
    tcb.synTextAcked = true;
    tcb.trace?.decision(tcb.id, now, R.FastOpenAcked, tcb.synText, 0, 0);
    return;
  }
  tcb.trace?.decision(tcb.id, now, R.FastOpenIgnored, tcb.queue.inFlight, 0, 0);
  tcb.queue.markAllLost();
}
