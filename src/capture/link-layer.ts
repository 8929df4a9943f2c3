/** Finds the IP packet in a captured frame, behind the header of its link layer, and completes what the capture cut off or left out. */
import { IPV4_HEADER } from '../wire/ipv4.js';
import { IPV6_HEADER } from '../wire/ipv6.js';
import type { Packet } from '../wire/packet.js';
import { behindEtherType } from './ether-type.js';
import { type Frame, LinkType } from './frame.js';
import { completeIpv4, completeIpv6 } from './ip-length.js';

const ETHERNET_TYPE_AT = 12;
const COOKED_TYPE_AT = 14;
/** Linux cooked v2 has the type first, and 20 octets in all. */
const COOKED2_HEADER = 20;
const FAMILY = 4;
const AF_INET = 2;
/** AF_INET6 of Linux, Solaris, NetBSD and OpenBSD, FreeBSD, macOS. */
const AF_INET6: ReadonlySet<number> = new Set([10, 26, 24, 28, 30]);

/** Of an IP packet in a capture: an IPv6 payload may have 65,535 octets by itself. */
export const LONGEST_IP_PACKET = IPV6_HEADER + 65_535;

/**
 * Fills `into` with the IP packet of a frame: as long as its IP header promises, zeros where octets were not captured.
 * What a network card was left to fill in is filled in: a total length of 0 (from the frame's length), an IPv4 header checksum of 0.
 * @param into has room for `LONGEST_IP_PACKET` octets
 * @returns octets of the packet that were captured, or in words why there is none
 */
export function ipPacketOf(frame: Frame, into: Packet): number | string {
  const { bytes } = frame;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const start = packetStart(view, frame.linkType);
  if (typeof start === 'string') return start;
  const there = bytes.length - start;
  if (there < 1) return 'cut off before the IP header';
  into.bytes.set(bytes.subarray(start, start + Math.min(there, into.bytes.length)));
  into.start = 0;
  into.gsoSize = 0;
  const length = packetLength(into, frame.linkType, there, Math.max(frame.length, bytes.length) - start);
  if (typeof length === 'string') return length;
  if (length > into.bytes.length) return `IP packet of ${length} octets, longer than is read`;
  into.end = length;
  const captured = Math.min(there, length);
  into.bytes.fill(0, captured, length);
  return captured;
}

/** @returns where in the frame the IP packet begins */
function packetStart(view: DataView, linkType: number): number | string {
  switch (linkType) {
    case LinkType.Ethernet: return behindHeader(view, ETHERNET_TYPE_AT, ETHERNET_TYPE_AT + 2, 'Ethernet');
    case LinkType.Cooked: return behindHeader(view, COOKED_TYPE_AT, COOKED_TYPE_AT + 2, 'Linux cooked');
    case LinkType.Cooked2: return behindCooked2(view);
    case LinkType.Null:
    case LinkType.Loop: return behindFamily(view, linkType);
    case LinkType.RawBsd:
    case LinkType.RawOpenBsd:
    case LinkType.Raw:
    case LinkType.Ipv4:
    case LinkType.Ipv6: return 0;
    default: return `unknown link type ${linkType}`;
  }
}

function behindHeader(view: DataView, typeAt: number, length: number, name: string): number | string {
  return view.byteLength < length ? `cut off within the ${name} header` : behindEtherType(view, typeAt, view.byteLength);
}

function behindCooked2(view: DataView): number | string {
  if (view.byteLength < COOKED2_HEADER) return 'cut off within the Linux cooked header';
  return behindEtherType(view, 0, view.byteLength, COOKED2_HEADER);
}

/** A word with the protocol family: with NULL in the byte order of the machine that captured, which families, being small, betray. */
function behindFamily(view: DataView, linkType: number): number | string {
  if (view.byteLength < FAMILY) return 'cut off within the loopback header';
  const big = view.getUint32(0);
  const family = linkType === LinkType.Loop || big <= 0xffff ? big : view.getUint32(0, true);
  return family === AF_INET || AF_INET6.has(family) ? FAMILY : `protocol family ${family}`;
}

/** @returns octets of the packet as it was on the wire */
function packetLength(packet: Packet, linkType: number, there: number, sent: number): number | string {
  const version = packet.view.getUint8(0) >> 4;
  if ((version !== 4 && version !== 6) || (linkType === LinkType.Ipv4 && version !== 4) || (linkType === LinkType.Ipv6 && version !== 6)) return `IP version ${version}`;
  if (there < (version === 4 ? IPV4_HEADER : IPV6_HEADER)) return `cut off within the IPv${version} header`;
  return version === 4 ? completeIpv4(packet, there, sent) : completeIpv6(packet, sent);
}
