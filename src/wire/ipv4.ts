/**
 * The IPv4 header (RFC 791 §3.1, RFC 1122 §3.2.1). Fragments are rejected, not reassembled: our own packets carry DF,
 * and a TCP peer that follows the MSS we announce has no reason to fragment.
 */
import type { Address } from '../util/address.js';
import { checksum, checksumAdd, checksumFold } from './checksum.js';
import type { IpHeader } from './ip.js';
import type { Packet } from './packet.js';
import { Reject } from './reject.js';

/** Octets of a header without options. */
export const IPV4_HEADER = 20;

const NO_OPTIONS = new Uint8Array(0);
const DONT_FRAGMENT = 0x4000;
/** More Fragments, and the fragment offset: all zero in a whole packet. */
const FRAGMENT_BITS = 0x3fff;

/**
 * Reads and verifies an IPv4 header. Octets in the buffer beyond the total length are padding and ignored.
 * @param verifyChecksum false for an onlooker: a card may have been left to fill it in
 */
export function readIpv4(packet: Packet, header: IpHeader, verifyChecksum = true): Reject {
  const view = packet.view;
  const start = packet.start;
  const arrived = packet.end - start;
  if (arrived < IPV4_HEADER) return Reject.Truncated;
  const first = view.getUint8(start);
  if (first >> 4 !== 4) return Reject.BadVersion;
  const headerLength = (first & 0xf) * 4;
  if (headerLength < IPV4_HEADER) return Reject.BadHeaderLength;
  const totalLength = view.getUint16(start + 2);
  if (totalLength < headerLength) return Reject.BadTotalLength;
  if (totalLength > arrived) return Reject.Truncated;
  if (verifyChecksum && checksumFold(checksumAdd(view, start, start + headerLength, 0)) !== 0xffff) return Reject.BadIpChecksum;
  const fragment = view.getUint16(start + 6);
  if ((fragment & FRAGMENT_BITS) !== 0) return Reject.Fragment;

  const tos = view.getUint8(start + 1);
  header.version = 4;
  header.headerLength = headerLength;
  header.totalLength = totalLength;
  header.protocol = view.getUint8(start + 9);
  header.ttl = view.getUint8(start + 8);
  header.dscp = tos >> 2;
  header.ecn = tos & 3;
  header.id = view.getUint16(start + 4);
  header.dontFragment = (fragment & DONT_FRAGMENT) !== 0;
  header.src.set4(view, start + 12);
  header.dst.set4(view, start + 16);
  header.payloadStart = start + headerLength;
  header.payloadEnd = start + totalLength;
  header.optionsStart = start + IPV4_HEADER;
  header.optionsEnd = start + headerLength;
  return Reject.None;
}

/**
 * Writes a header in front of a payload. With DF set RFC 6864 §4.1 leaves the id to us; without, it must differ between packets.
 * @param tos DSCP in the upper six bits, ECN in the lower two
 * @param options the option area, a multiple of 4 octets, 0 … 40
 * @returns octets written: 20 and the options
 */
export function writeIpv4(
  view: DataView, at: number, payloadLength: number, protocol: number, src: Address, dst: Address, ttl: number, tos: number, id: number,
  dontFragment = true, options: Uint8Array = NO_OPTIONS,
): number {
  const length = IPV4_HEADER + options.length;
  view.setUint8(at, 0x40 | (length >> 2));
  view.setUint8(at + 1, tos);
  view.setUint16(at + 2, length + payloadLength);
  view.setUint16(at + 4, id);
  view.setUint16(at + 6, dontFragment ? DONT_FRAGMENT : 0);
  view.setUint8(at + 8, ttl);
  view.setUint8(at + 9, protocol);
  view.setUint16(at + 10, 0);
  view.setInt32(at + 12, src.w3);
  view.setInt32(at + 16, dst.w3);
  for (let i = 0; i < options.length; i++) view.setUint8(at + IPV4_HEADER + i, options[i]);
  view.setUint16(at + 10, checksum(view, at, at + length));
  return length;
}
