/**
 * What the layers above want to know of an IP header of either version, refilled for each packet, and the reader that
 * picks the version. Offsets are positions in the packet's buffer, not in the packet.
 */
import { Address } from '../util/address.js';
import { readIpv4 } from './ipv4.js';
import { readIpv6 } from './ipv6.js';
import type { Packet } from './packet.js';
import { Reject } from './reject.js';

export const PROTO_ICMP = 1;
export const PROTO_TCP = 6;
export const PROTO_ICMPV6 = 58;

export class IpHeader {
  /** 4 or 6. */
  version = 0;
  /** Octets before the payload: IPv4 options and IPv6 extension headers are included. */
  headerLength = 0;
  /** Octets of the whole packet by its own account; more may lie in the buffer, as padding. */
  totalLength = 0;
  /** Of the payload: IPv6 extension headers have been passed. */
  protocol = 0;
  /** TTL or hop limit. */
  ttl = 0;
  /** 0 … 63 */
  dscp = 0;
  /** 0 … 3 */
  ecn = 0;
  /** IPv4 identification; 0 for IPv6. */
  id = 0;
  /** Always true for IPv6, which routers never fragment. */
  dontFragment = false;
  readonly src = new Address();
  readonly dst = new Address();
  payloadStart = 0;
  payloadEnd = 0;
  /** IPv4 options or IPv6 extension headers. */
  optionsStart = 0;
  optionsEnd = 0;
}

/**
 * Reads the header of a packet of either version, and verifies the checksum that IPv4's has unless told not to. The header's fields mean nothing unless the answer is Reject.None.
 */
export function readIp(packet: Packet, header: IpHeader, verifyChecksum = true): Reject {
  if (packet.end <= packet.start) return Reject.Truncated;
  const version = packet.view.getUint8(packet.start) >> 4;
  if (version === 4) return readIpv4(packet, header, verifyChecksum);
  if (version === 6) return readIpv6(packet, header);
  return Reject.BadVersion;
}
