/** Segment sizes (RFC 9293 §3.7.1, RFC 6691): what we announce, what we may send, and what a new path MTU changes. */
import { R } from '../trace/book.js';
import type { Micros } from '../util/units.js';
import { TCP_HEADER } from '../wire/tcp.js';
import { type Tcb, TIMESTAMP_OPTION } from './tcb.js';

/** What a host must accept, and what we assume without an MSS option (MUST-15). */
const DEFAULT_MSS_V4 = 536;
const DEFAULT_MSS_V6 = 1220;

const ipHeader = (tcb: Tcb): number => (tcb.remote.isV4 ? 20 : 40);

/** The MSS option's value: MMS_R - 20, options not counted (RFC 6691 §2; MUST-67). */
export const announcedMss = (tcb: Tcb): number =>
  Math.max(tcb.config.minSegmentSize, Math.min(tcb.config.maxSegmentSize, tcb.mtu - ipHeader(tcb) - TCP_HEADER, 65_535));

/** Octets that a segment without options may carry to a peer with this MSS; 0 = not heard of yet. */
export const segmentRoom = (tcb: Tcb, peerMss: number): number =>
  Math.min(peerMss > 0 ? peerMss : Infinity, tcb.mtu - ipHeader(tcb) - TCP_HEADER, tcb.config.maxSegmentSize);

/** Computes Eff.snd.MSS (MUST-16) from the peer's MSS, the path MTU and the options every segment carries. */
export function setSegmentSize(tcb: Tcb): void {
  const send = tcb.peerMss > 0 ? tcb.peerMss : tcb.remote.isV4 ? DEFAULT_MSS_V4 : DEFAULT_MSS_V6;
  const path = tcb.mtu - ipHeader(tcb) - TCP_HEADER;
  const options = tcb.timestamps ? TIMESTAMP_OPTION : 0;
  // Without a least size one connection could make us send a packet for each octet.
  tcb.sndMss = Math.max(tcb.config.minSegmentSize, Math.min(send, path, tcb.config.maxSegmentSize)) - options;
  const w = tcb.window;
  const fresh = w.cwnd === w.initial;
  w.smss = tcb.sndMss;
  w.initial = tcb.config.initialWindow * tcb.sndMss;
  if (tcb.synLost && tcb.sndUna === tcb.iss) w.cwnd = w.smss;
  else if (fresh) w.cwnd = w.initial;
}

/** The path carries no more than mtu octets (RFC 1191, RFC 8201): smaller segments, and those too large go again, cut. */
export function pathMtu(tcb: Tcb, mtu: number, now: Micros): void {
  const least = tcb.remote.isV4 ? 68 : 1280;
  const usable = Math.max(mtu, least);
  if (usable >= tcb.mtu) return;
  tcb.mtu = usable;
  setSegmentSize(tcb);
  tcb.trace?.decision(tcb.id, now, R.MssChanged, usable, tcb.sndMss, 0);
  for (let i = 0; i < tcb.queue.length; i++) {
    const record = tcb.queue.at(i);
    if (record.len > tcb.sndMss) tcb.queue.markLost(record);
  }
}
