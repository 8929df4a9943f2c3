/**
 * The IPv6 header and the extension headers a host passes on the way to the payload (RFC 8200 §3, §4).
 * Fragments are rejected, not reassembled; IPsec headers are left to be an unknown protocol.
 */
import type { Address } from '../util/address.js';
import type { IpHeader } from './ip.js';
import type { Packet } from './packet.js';
import { Reject } from './reject.js';

/** Octets of the fixed header. */
export const IPV6_HEADER = 40;

const HOP_BY_HOP = 0;
const ROUTING = 43;
const FRAGMENT = 44;
const DESTINATION_OPTIONS = 60;
/** Nobody sends more of them; without a limit one packet could hold thousands. */
const MAX_EXTENSION_HEADERS = 8;
const PAD1 = 0;

/** Reads an IPv6 header. Octets in the buffer beyond the payload length are padding and ignored. */
export function readIpv6(packet: Packet, header: IpHeader): Reject {
  const view = packet.view;
  const start = packet.start;
  const arrived = packet.end - start;
  if (arrived < 1) return Reject.Truncated;
  if (view.getUint8(start) >> 4 !== 6) return Reject.BadVersion;
  if (arrived < IPV6_HEADER) return Reject.Truncated;
  const totalLength = IPV6_HEADER + view.getUint16(start + 4);
  if (totalLength > arrived) return Reject.Truncated;

  const first = view.getInt32(start);
  header.version = 6;
  header.totalLength = totalLength;
  header.ttl = view.getUint8(start + 7);
  header.dscp = (first >>> 22) & 0x3f;
  header.ecn = (first >>> 20) & 3;
  header.id = 0;
  header.dontFragment = true;
  header.src.set6(view, start + 8);
  header.dst.set6(view, start + 24);
  // An IPv4-mapped address never crosses a wire, and inside the stack it would pass for IPv4.
  if (header.src.isV4) return Reject.BadSource;
  if (header.dst.isV4) return Reject.NotForUs;
  header.payloadEnd = start + totalLength;
  const reject = skipExtensionHeaders(view, start + IPV6_HEADER, view.getUint8(start + 6), header);
  header.headerLength = header.payloadStart - start;
  header.optionsStart = start + IPV6_HEADER;
  header.optionsEnd = header.payloadStart;
  return reject;
}

/** Sets `protocol` and `payloadStart` from the chain that starts at `at` and may not pass `header.payloadEnd`. */
export function skipExtensionHeaders(view: DataView, at: number, next: number, header: IpHeader): Reject {
  const end = header.payloadEnd;
  header.protocol = next;
  header.payloadStart = at;
  for (let n = 0; ; n++) {
    const kind = header.protocol;
    if (kind === FRAGMENT) return Reject.Fragment;
    if (kind !== HOP_BY_HOP && kind !== ROUTING && kind !== DESTINATION_OPTIONS) return Reject.None;
    const from = header.payloadStart;
    if (n === MAX_EXTENSION_HEADERS || from + 8 > end) return Reject.BadExtensionHeader;
    if (kind === HOP_BY_HOP && n > 0) return Reject.BadExtensionHeader; // only directly after the fixed header
    const to = from + 8 + view.getUint8(from + 1) * 8;
    if (to > end) return Reject.BadExtensionHeader;
    // We are the last stop: a routing header with stops left is not for a host (RFC 8200 §4.4, RFC 5095).
    const acceptable = kind === ROUTING ? view.getUint8(from + 3) === 0 : checkOptions(view, from + 2, to);
    if (!acceptable) return Reject.BadExtensionHeader;
    header.protocol = view.getUint8(from);
    header.payloadStart = to;
  }
}

/**
 * False when an option is cut off, or is one whose type says "discard the packet if you do not know me" (RFC 8200 §4.2):
 * we know none but padding, and the ones that may be skipped are.
 */
function checkOptions(view: DataView, at: number, end: number): boolean {
  while (at < end) {
    const type = view.getUint8(at);
    if (type === PAD1) {
      at++;
      continue;
    }
    if (type >> 6 !== 0 || at + 2 > end) return false;
    at += 2 + view.getUint8(at + 1);
  }
  return at === end;
}

/**
 * Writes the fixed header in front of a payload.
 * @param trafficClass DSCP in the upper six bits, ECN in the lower two
 * @param flowLabel 20 bits
 * @returns octets written, 40
 */
export function writeIpv6(
  view: DataView, at: number, payloadLength: number, protocol: number, src: Address, dst: Address, hopLimit: number, trafficClass: number,
  flowLabel: number,
): number {
  view.setInt32(at, (6 << 28) | ((trafficClass & 0xff) << 20) | (flowLabel & 0xfffff));
  view.setUint16(at + 4, payloadLength);
  view.setUint8(at + 6, protocol);
  view.setUint8(at + 7, hopLimit);
  writeAddress6(view, at + 8, src);
  writeAddress6(view, at + 24, dst);
  return IPV6_HEADER;
}

function writeAddress6(view: DataView, at: number, address: Address): void {
  view.setInt32(at, address.w0);
  view.setInt32(at + 4, address.w1);
  view.setInt32(at + 8, address.w2);
  view.setInt32(at + 12, address.w3);
}
