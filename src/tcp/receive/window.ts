/**
 * The window we offer (RFC 9293 §3.8.6.2.2, RFC 7323 §2): its right edge moves left only by what a scaled window cannot say
 * (less than 2^shift octets, still accepted: RFC 7323 §2.4), and moves right only by steps worth a segment, so that the peer never falls into the silly window syndrome (MUST-39).
 */
import { seqAdd, seqGt } from '../../util/seq.js';
import { KIB } from '../../util/units.js';
import { announcedMss } from '../segment-size.js';
import { growByMemory, SMALLEST_GOOD, windowByMemory } from './memory.js';
import { NO_LIMIT, type Tcb, TIMESTAMP_OPTION } from '../tcb.js';

/** Smallest shift with which 16 bits can say the largest receive buffer of this connection; at most 14 (RFC 7323 §2.3). */
export function windowShift(receiveBufferMax: number): number {
  let shift = 0;
  while (shift < 14 && receiveBufferMax >>> shift > 0xffff) shift++;
  return shift;
}

/** What may be offered at most: what is free, but no more than the peer has earned by now. */
const roomToOffer = (tcb: Tcb): number =>
  tcb.rcvMemory > 0 ? windowByMemory(tcb) : Math.max(0, Math.min(tcb.rcvBuf.limit - tcb.rcvBuf.length, tcb.rcvLimit));

/** Octets that the right edge could move if we let it. */
export const windowReduction = (tcb: Tcb): number => roomToOffer(tcb) - tcb.rcvWnd;

/**
 * The window of a SYN, and the most that is offered until the peer sends well: as Linux has it, a whole number of segments, as
 * the peer will see them if he has agreed to timestamps.
 */
function firstLimit(tcb: Tcb): number {
  const { initialReceiveWindow } = tcb.config;
  if (initialReceiveWindow === Infinity) return NO_LIMIT;
  const space = Math.min(initialReceiveWindow, tcb.rcvBuf.limit);
  const size = announcedMss(tcb) - (tcb.timestamps ? TIMESTAMP_OPTION : 0);
  const whole = space > size ? space - (space % size) : space;
  return tcb.rcvMemory > 0 ? whole : Math.min(whole, 0xffff);
}

/** Text came, which may earn the peer a larger window: he is to hear of it. */
export function earn(tcb: Tcb, octets: number): void {
  if (!growLimit(tcb, octets)) return;
  if (tcb.rcvMemory > 0) tcb.ack.quick |= 1;
  else if (tcb.ack.quick === 0) tcb.ack.quick = 1;
}

/** Text in good segments earns the peer two segments more, as long as the user keeps up. @returns was there something to earn */
function growLimit(tcb: Tcb, octets: number): boolean {
  if (tcb.rcvMemory > 0) return growByMemory(tcb, octets);
  if (octets < SMALLEST_GOOD || tcb.rcvLimit >= tcb.rcvBuf.limit) return false;
  const room = tcb.rcvBuf.limit - (tcb.rcvBuf.length - octets) - tcb.rcvLimit;
  if (room <= 0) return false;
  tcb.rcvLimit += Math.min(room, 2 * Math.max(announcedMss(tcb), octets));
  return true;
}

/** min(Fr × RCV.BUFF, Eff.snd.MSS): less than this is not worth moving for. */
export const worthwhileOpening = (tcb: Tcb): number => Math.max(1, Math.min(tcb.rcvBuf.limit >>> 1, Math.max(tcb.sndMss, tcb.rcvMss)));

/** The 16-bit field that a segment sent now would carry. @param scaled false in a SYN (RFC 7323 §2.2) */
function windowField(tcb: Tcb, scaled: boolean): number {
  const shift = scaled ? tcb.rcvScale : 0;
  if (scaled && tcb.rcvMemory > 0) return Math.min(0xffff, Math.ceil(Math.max(windowByMemory(tcb), tcb.rcvWnd) / (1 << shift)));
  const room = scaled ? roomToOffer(tcb) : Math.min(tcb.rcvBuf.limit - tcb.rcvBuf.length, tcb.rcvLimit);
  let offer = tcb.rcvWnd;
  if (room - offer >= worthwhileOpening(tcb)) offer = room;
  const field = Math.min(0xffff, offer >>> shift);
  // Rounding down would take back octets already offered: round up as far as the ring's slack covers it.
  return field << shift < offer && field < 0xffff && (field + 1) << shift <= room + (1 << shift) - 1 ? field + 1 : field;
}

/** The octets that the next ACK will offer. */
export const windowToOffer = (tcb: Tcb): number => windowField(tcb, true) << tcb.rcvScale;

/** Chooses the window for the segment about to be sent and notes the right edge. @returns the header's 16-bit field */
export function selectWindow(tcb: Tcb, scaled: boolean): number {
  if (!scaled) tcb.rcvLimit = firstLimit(tcb);
  const field = windowField(tcb, scaled);
  // What a SYN has no room to say counts all the same where Linux's windows are followed.
  const wnd = scaled ? field << tcb.rcvScale : tcb.rcvMemory > 0 ? tcb.rcvLimit : field;
  const edge = seqAdd(tcb.rcvNxt, wnd);
  if (seqGt(edge, tcb.rcvAdv)) tcb.rcvAdv = edge;
  tcb.lastWndSent = wnd;
  return field;
}

/** With this much left the peer is not held up: the next ACK is soon enough to say more. */
export const comfortableWindow = (tcb: Tcb): number => Math.min(tcb.rcvBuf.limit >>> 1, 32 * KIB);

/** After the user has read: is the window that the peer knows so small that it should hear of the new one at once? */
export function windowUpdateWanted(tcb: Tcb): boolean {
  const known = tcb.rcvWnd;
  if (tcb.config.ackPolicy === 'linux') {
    if (2 * known > (tcb.rcvMemory > 0 ? tcb.rcvBuf.limit : Math.min(tcb.rcvBuf.limit, tcb.rcvLimit))) return false;
    const next = windowToOffer(tcb);
    return next > 0 && next >= 2 * known; // it must at least double
  }
  if (known >= comfortableWindow(tcb)) return false;
  return windowReduction(tcb) >= (known === 0 ? worthwhileOpening(tcb) : Math.min(2 * worthwhileOpening(tcb), tcb.rcvBuf.limit >>> 1));
}
