/**
 * How long a captured IP packet is (RFC 791 §3.1, RFC 8200 §3), and what its sender left to the network card: packets that the
 * card is to cut into segments may have a length of 0, and IPv4 headers no checksum.
 */
import { checksum } from '../wire/checksum.js';
import { IPV4_HEADER } from '../wire/ipv4.js';
import { IPV6_HEADER } from '../wire/ipv6.js';
import type { Packet } from '../wire/packet.js';

const FRAGMENT_BITS = 0x3fff;
const HOP_BY_HOP = 0;
const NO_NEXT_HEADER = 59;
const LONGEST = 65_535;

/**
 * @param there octets captured, at least 20
 * @param sent octets from the packet's beginning to the frame's end, as it was on the wire
 * @returns the packet's length, or in words why it is not read
 */
export function completeIpv4({ view }: Packet, there: number, sent: number): number | string {
  const header = (view.getUint8(0) & 0xf) * 4;
  if (header < IPV4_HEADER) return `IPv4 header of ${header} octets`;
  if (there < header) return 'cut off within the IPv4 header';
  if ((view.getUint16(6) & FRAGMENT_BITS) !== 0) return 'IPv4 fragment';
  const total = view.getUint16(2);
  if (total !== 0 && total < header) return `IPv4 packet of ${total} octets with a header of ${header}`;
  if (total === 0 && sent > LONGEST) return `IPv4 packet of ${sent} octets, longer than its header can say`;
  const length = total === 0 ? sent : total;
  if (total === 0) view.setUint16(2, length);
  // A checksum that is 0 by chance comes out as 0 again.
  if (total === 0 || view.getUint16(10) === 0) fillChecksum(view, header);
  return length;
}

function fillChecksum(view: DataView, header: number): void {
  view.setUint16(10, 0);
  view.setUint16(10, checksum(view, 0, header));
}

/** @param sent as above @returns as above */
export function completeIpv6({ view }: Packet, sent: number): number | string {
  const payload = view.getUint16(4);
  const next = view.getUint8(6);
  if (payload !== 0 || next === NO_NEXT_HEADER || sent <= IPV6_HEADER) return IPV6_HEADER + payload;
  if (next === HOP_BY_HOP || sent > IPV6_HEADER + LONGEST) return `IPv6 packet of ${sent} octets, longer than its header can say`;
  view.setUint16(4, sent - IPV6_HEADER);
  return sent;
}
