/**
 * The Internet checksum (RFC 1071), its incremental update (RFC 1624) and the pseudo-headers of both families
 * (RFC 9293 §3.1, RFC 8200 §8.1). A partial sum is an unsigned number below 2^32 that `checksumFold` brings to 16 bits.
 */
import type { Address } from '../util/address.js';

const TWO_32 = 0x1_0000_0000;

/**
 * Adds the 16-bit words of the octets [start, end) to a partial sum. An odd last octet counts as the high half of a
 * word, so that only the last of several ranges may have an odd length.
 *
 * Octets are read four at a time and summed in a double, which is exact up to 8 MiB and, measured, a sixth faster than
 * splitting each word into two int32 accumulators: 2^16 = 1 modulo 65535, so the halves can be added at the end.
 */
export function checksumAdd(view: DataView, start: number, end: number, sum: number): number {
  let total = 0;
  let at = start;
  for (const last = end - 16; at <= last; at += 16) {
    total += view.getUint32(at) + view.getUint32(at + 4) + view.getUint32(at + 8) + view.getUint32(at + 12);
  }
  for (const last = end - 2; at <= last; at += 2) total += view.getUint16(at);
  if (at < end) total += view.getUint8(at) << 8;
  const high = Math.floor(total / TWO_32);
  const low = total >>> 0;
  return sum + (high & 0xffff) + (high >>> 16) + (low & 0xffff) + (low >>> 16);
}

/** A partial sum folded to 16 bits by end-around carry, not inverted. 0xffff over data that include their checksum = intact. */
export function checksumFold(sum: number): number {
  const once = (sum & 0xffff) + (sum >>> 16);
  return (once & 0xffff) + (once >>> 16);
}

/** The checksum field for the octets [start, end), whose own checksum field must hold 0; `initial` is a partial sum. */
export function checksum(view: DataView, start: number, end: number, initial = 0): number {
  return ~checksumFold(checksumAdd(view, start, end, initial)) & 0xffff;
}

/** The partial sum of the pseudo-header. @param length octets of the upper-layer packet, header included. */
export function pseudoHeaderSum(src: Address, dst: Address, protocol: number, length: number): number {
  const sum = halves(src.w3) + halves(dst.w3) + protocol + (length & 0xffff) + (length >>> 16);
  if (src.isV4 && dst.isV4) return sum;
  return sum + halves(src.w0) + halves(src.w1) + halves(src.w2) + halves(dst.w0) + halves(dst.w1) + halves(dst.w2);
}

/** The checksum after one 16-bit word it covers changed (RFC 1624 eqn. 3). */
export function checksumUpdate16(old: number, from: number, to: number): number {
  return ~checksumFold((~old & 0xffff) + (~from & 0xffff) + (to & 0xffff)) & 0xffff;
}

function halves(word: number): number {
  return (word >>> 16) + (word & 0xffff);
}
