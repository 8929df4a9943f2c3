/**
 * The receive buffer as Linux counts it: what a segment takes in memory is more than its text, and the window is the share of the
 * memory that text has in the peer's own segments. Only where TcpConfig.receiveMemory is set; otherwise text alone is counted.
 */
import { type Seq, seqDiff, seqGt } from '../../util/seq.js';
import { KIB } from '../../util/units.js';
import type { Segment } from '../../wire/segment.js';
import { announcedMss } from '../segment-size.js';
import { type Tcb, TIMESTAMP_OPTION } from '../tcb.js';

/** Shares are in 1/256. Until the peer has shown his segments half of the memory counts as window. */
const SHARE_BITS = 8;

/** Octets of a packet's structure, and of the headers and headroom in the buffer with the text. */
const STRUCTURE = 256;
const AROUND_TEXT = 426;
const SMALLEST = 576;
const PAGE = 4096;
/** Smaller segments cost more memory than they carry. */
export const SMALLEST_GOOD = 128;

/** Memory that a segment with so much text takes: a small buffer, 1 KiB, 2 KiB, or whole pages. */
export function memoryOf(octets: number): number {
  const needed = octets + AROUND_TEXT;
  if (needed <= SMALLEST) return STRUCTURE + SMALLEST;
  if (needed <= PAGE / 2) return STRUCTURE + (needed <= PAGE / 4 ? PAGE / 4 : PAGE / 2);
  return STRUCTURE + Math.ceil(needed / PAGE) * PAGE;
}

/** Text that fits so much memory. */
const textIn = (tcb: Tcb, memory: number): number => (memory * tcb.rcvShare) / (1 << SHARE_BITS) | 0;

/** Text that the whole memory can take: the largest window. */
export const wholeSpace = (tcb: Tcb): number => textIn(tcb, tcb.rcvMemory);

/** Text that what is left can take; negative when more was taken than there was. */
export const freeSpace = (tcb: Tcb): number => textIn(tcb, tcb.rcvMemory - tcb.rcvMemoryUsed);

/** A segment's text stays until the user has read it. */
export function textKept(tcb: Tcb, octets: number): void {
  if (tcb.rcvMemory > 0) tcb.rcvMemoryUsed += memoryOf(octets);
}

/** A segment was taken that ends beyond the window: the window is used up. */
export function edgeFollows(tcb: Tcb): void {
  if (seqGt(tcb.rcvNxt, tcb.rcvAdv)) tcb.rcvAdv = tcb.rcvNxt;
}

/** More was taken than there is memory: what comes now is acknowledged at once, so that the peer knows where he stands. */
export const memoryExceeded = (tcb: Tcb): boolean => tcb.rcvMemory > 0 && tcb.rcvMemoryUsed > tcb.rcvMemory;

/** The user has read n octets. Segments are not told apart: the memory goes with its share of the text. */
export function textRead(tcb: Tcb, n: number): void {
  if (tcb.rcvMemoryUsed === 0) return;
  const left = tcb.rcvBuf.length + tcb.reassembly.octets;
  tcb.rcvMemoryUsed = left === 0 ? 0 : Math.round(tcb.rcvMemoryUsed * (left / (left + n)));
}

/** The peer's full segments have another size than before: so much of their memory is text. */
export function measureShare(tcb: Tcb, octets: number): void {
  if (tcb.rcvMemory === 0) return;
  const share = Math.max(1, Math.min(255, Math.floor((octets << SHARE_BITS) / memoryOf(octets))));
  if (share === tcb.rcvShare) return;
  tcb.rcvShare = share;
  setClamp(tcb, wholeSpace(tcb));
}

/** Memory is more or less than it was, by the user's word. What was offered stays offered. */
export function setReceiveMemory(tcb: Tcb, memory: number): void {
  tcb.rcvMemory = memory;
}

/** Memory for so much text, if that is more than there is. */
export function growMemory(tcb: Tcb, text: number): void {
  const memory = Math.min(Math.ceil((text << SHARE_BITS) / tcb.rcvShare), tcb.config.receiveMemoryMax);
  if (memory <= tcb.rcvMemory) return;
  tcb.rcvMemory = memory;
  tcb.rcvBuf.limit = wholeSpace(tcb);
}

/** Text out of order: what it waits for must find room, and two round trips of what the user reads. Not while nobody has accepted the connection. */
export function growForEarly(tcb: Tcb, end: Seq): void {
  if (tcb.attended && tcb.rcvMemory < tcb.config.receiveMemoryMax) growMemory(tcb, 2 * MEASURED_SEGMENTS * fullText(tcb) + seqDiff(end, tcb.rcvNxt));
}
/** What the user is taken to read in a round trip until that is measured. */
export const MEASURED_SEGMENTS = 10;

const LEAST_CLAMP = 1152;

/** The largest window: a lower one holds what was earned back, a higher one gives at least what was offered. */
export function setClamp(tcb: Tcb, space: number): void {
  const before = tcb.rcvBuf.limit;
  const clamp = Math.max(LEAST_CLAMP, space);
  tcb.rcvBuf.limit = clamp;
  tcb.rcvLimit = clamp < before ? Math.min(tcb.rcvLimit, clamp) : Math.max(tcb.rcvLimit, Math.min(tcb.lastWndSent, clamp));
}

/** Text of a full segment of the peer's. */
const fullText = (tcb: Tcb): number => announcedMss(tcb) - (tcb.timestamps ? TIMESTAMP_OPTION : 0);

/** The handshake is done: room for one segment is kept back. */
export function reserveOneSegment(tcb: Tcb): void {
  if (tcb.rcvMemory === 0) return;
  const size = fullText(tcb);
  const whole = wholeSpace(tcb);
  let clamp = Math.min(tcb.rcvBuf.limit, whole);
  if (clamp > 2 * size && clamp + size > whole) clamp = Math.max(2 * size, whole - size);
  tcb.rcvBuf.limit = clamp;
  tcb.rcvLimit = Math.min(tcb.rcvLimit, clamp);
}

/** Text in good segments earns the peer two segments more. @returns was there something to earn */
export function growByMemory(tcb: Tcb, octets: number): boolean {
  const room = Math.min(tcb.rcvBuf.limit, freeSpace(tcb)) - tcb.rcvLimit;
  if (octets < SMALLEST_GOOD || room <= 0) return false;
  const more = textIn(tcb, memoryOf(octets)) <= octets ? 2 * fullText(tcb) : growthOfPoor(tcb, octets);
  if (more === 0) return false;
  tcb.rcvLimit += Math.min(room, Math.max(more, 2 * octets));
  return true;
}

const USUAL_MOST = 6 * 1024 * KIB;

/** Segments with more overhead than the share allows for earn something as long as little was earned. */
function growthOfPoor(tcb: Tcb, octets: number): number {
  let memory = textIn(tcb, memoryOf(octets)) >>> 1;
  let window = textIn(tcb, Math.max(tcb.config.receiveMemoryMax, USUAL_MOST)) >>> 1;
  while (tcb.rcvLimit <= window) {
    if (memory <= octets) return 2 * tcb.rcvMss;
    memory >>>= 1;
    window >>>= 1;
  }
  return 0;
}

/** Below this share of the memory the window goes to zero rather than to crumbs. */
const CRUMBS = 16;

/** The window that Linux would offer now, octets; what was offered before is not looked at. */
export function windowByMemory(tcb: Tcb): number {
  const whole = wholeSpace(tcb);
  const full = Math.min(tcb.rcvBuf.limit, whole);
  const mss = Math.min(tcb.rcvMss > 0 ? tcb.rcvMss : DEFAULT_MSS, full);
  const unit = 1 << tcb.rcvScale;
  let free = freeSpace(tcb);
  if (free < full >>> 1) {
    tcb.ack.quick = 0;
    free -= free % unit;
    if (free < whole / CRUMBS || free < mss) return 0;
  }
  free = Math.min(free, tcb.rcvLimit);
  if (tcb.rcvScale > 0) return Math.ceil(free / unit) * unit;
  const last = tcb.lastWndSent;
  if (last <= free - mss || last > free) return free - (free % mss);
  return mss === full && free > last + (full >>> 1) ? free : last;
}
const DEFAULT_MSS = 536;

/** Does the segment reach beyond the window while text waits for the user? An empty buffer takes one such segment whole. */
export const exceedsWindow = (tcb: Tcb, seg: Segment, beyond: number): boolean => beyond > 0 && tcb.rcvBuf.length > 0 && seg.dataLength > 0;
