/**
 * The window we offer (RFC 9293 §3.8.6.2.2, RFC 7323 §2): its right edge moves left only by what a scaled window cannot say
 * (less than 2^shift octets, still accepted: RFC 7323 §2.4), and moves right only by steps worth a segment, so that the peer never falls into the silly window syndrome (MUST-39).
 */
import { seqAdd, seqDiff, seqGt } from '../../util/seq.js';
import { KIB } from '../../util/units.js';
import type { Tcb } from '../tcb.js';

/** Smallest shift with which 16 bits can say the largest receive buffer of this connection; at most 14 (RFC 7323 §2.3). */
export function windowShift(receiveBufferMax: number): number {
  let shift = 0;
  while (shift < 14 && receiveBufferMax >>> shift > 0xffff) shift++;
  return shift;
}

/** Octets that the right edge could move if we let it. */
export const windowReduction = (tcb: Tcb): number => tcb.rcvBuf.limit - tcb.rcvBuf.length - tcb.rcvWnd;

/** min(Fr × RCV.BUFF, Eff.snd.MSS): less than this is not worth moving for. */
export const worthwhileOpening = (tcb: Tcb): number => Math.max(1, Math.min(tcb.rcvBuf.limit >>> 1, Math.max(tcb.sndMss, tcb.rcvMss)));

/** The 16-bit field that a segment sent now would carry. @param scaled false in a SYN (RFC 7323 §2.2) */
function windowField(tcb: Tcb, scaled: boolean): number {
  const shift = scaled ? tcb.rcvScale : 0;
  const room = Math.max(0, tcb.rcvBuf.limit - tcb.rcvBuf.length);
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
  const field = windowField(tcb, scaled);
  const wnd = field << (scaled ? tcb.rcvScale : 0);
  const edge = seqAdd(tcb.rcvNxt, wnd);
  if (seqGt(edge, tcb.rcvAdv)) tcb.rcvAdv = edge;
  tcb.lastWndSent = wnd;
  return field;
}

/** With this much left the peer is not held up: the next ACK is soon enough to say more. */
export const comfortableWindow = (tcb: Tcb): number => Math.min(tcb.rcvBuf.limit >>> 1, 32 * KIB);

/** After the user has read: is the window that the peer knows so small that it should hear of the new one at once? */
export function windowUpdateWanted(tcb: Tcb): boolean {
  const known = Math.max(0, seqDiff(tcb.rcvAdv, tcb.rcvNxt));
  if (known >= comfortableWindow(tcb)) return false;
  return windowReduction(tcb) >= (known === 0 ? worthwhileOpening(tcb) : Math.min(2 * worthwhileOpening(tcb), tcb.rcvBuf.limit >>> 1));
}
