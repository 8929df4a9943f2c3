/** Segment sizes (RFC 9293 §3.7.1, RFC 6691): what we announce, what we may send, headers left out and counted. */
import { TCP_HEADER } from '../wire/tcp.js';
import { type Tcb, TIMESTAMP_OPTION } from './tcb.js';

/** What a host must accept, and what we assume without an MSS option (MUST-15). */
const DEFAULT_MSS_V4 = 536;
const DEFAULT_MSS_V6 = 1220;

const ipHeader = (tcb: Tcb): number => (tcb.remote.isV4 ? 20 : 40);

/** Octets around the text of every segment of this connection: IP header with its options, TCP header with the agreed ones. */
export const headersOf = (tcb: Tcb): number => ipHeader(tcb) + TCP_HEADER + everyOptions(tcb);

/** IP options and TCP options that every segment carries (RFC 9293 §3.7.1: IPoptionsize, and what RFC 6691 leaves to the sender). */
const everyOptions = (tcb: Tcb): number => (tcb.timestamps ? TIMESTAMP_OPTION : 0) + tcb.ipOptions.length;

/**
 * The MSS option's value: MMS_R - 20, options not counted (RFC 6691 §2; MUST-67). What we can receive is the device's matter: a
 * narrow path in the other direction does not lower it.
 */
export const announcedMss = (tcb: Tcb): number =>
  Math.max(tcb.config.minSegmentSize, Math.min(tcb.config.maxSegmentSize, tcb.linkMtu - ipHeader(tcb) - TCP_HEADER, 65_535));

/** Octets that a segment without options may carry to a peer with this MSS; 0 = not heard of yet. */
export const segmentRoom = (tcb: Tcb, peerMss: number): number =>
  Math.min(peerMss > 0 ? peerMss : Infinity, tcb.mtu - ipHeader(tcb) - TCP_HEADER, tcb.config.maxSegmentSize);

/** Half of the largest window, or all of a very small one (Linux: tcp_bound_to_half_wnd); the least that IP always carries in any case. */
function halfWindow(tcb: Tcb): number {
  const { maxSndWnd } = tcb;
  if (!tcb.config.halfWindowSegments || maxSndWnd === 0) return Infinity;
  return Math.max(maxSndWnd > DEFAULT_MSS_V4 ? maxSndWnd >>> 1 : maxSndWnd, LEAST_PACKET - TCP_HEADER - everyOptions(tcb));
}
const LEAST_PACKET = 68;

/** The peer offers a larger window than ever before. */
export function noteWindow(tcb: Tcb, window: number): void {
  if (window <= tcb.maxSndWnd) return;
  const before = halfWindow(tcb);
  tcb.maxSndWnd = window;
  if (tcb.sndMss >= Math.min(before, halfWindow(tcb))) setSegmentSize(tcb);
}

/** Computes Eff.snd.MSS (MUST-16) from the peer's MSS, the path MTU and the options every segment carries. */
export function setSegmentSize(tcb: Tcb): void {
  const send = tcb.peerMss > 0 ? tcb.peerMss : tcb.remote.isV4 ? DEFAULT_MSS_V4 : DEFAULT_MSS_V6;
  const path = tcb.mtu - ipHeader(tcb) - TCP_HEADER;
  // Without a least size one connection could make us send a packet for each octet.
  tcb.sndMss = Math.min(Math.max(tcb.config.minSegmentSize, Math.min(send, path, tcb.config.maxSegmentSize)) - everyOptions(tcb), halfWindow(tcb));
  const w = tcb.window;
  const fresh = w.cwnd === w.initial;
  w.smss = tcb.sndMss;
  w.initial = tcb.config.initialWindow * tcb.sndMss;
  if (tcb.synLost && tcb.sndUna === tcb.iss) w.cwnd = w.smss;
  else if (fresh) w.cwnd = w.initial;
}
