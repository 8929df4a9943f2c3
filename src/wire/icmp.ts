/**
 * ICMP of both families (RFC 792, RFC 4443; next-hop MTU: RFC 1191, RFC 8201): one message class, refilled for each
 * packet, that says the same thing in the same words whether the peer spoke ICMPv4 or ICMPv6.
 */
import { Address } from '../util/address.js';
import { type Seq } from '../util/seq.js';
import { checksum, checksumAdd, checksumFold, pseudoHeaderSum } from './checksum.js';
import { IpHeader, PROTO_ICMP, PROTO_ICMPV6 } from './ip.js';
import { unfinishedRoute } from './ip-options.js';
import { IPV4_HEADER, writeIpv4 } from './ipv4.js';
import { IPV6_HEADER, skipExtensionHeaders, writeIpv6 } from './ipv6.js';
import type { Packet } from './packet.js';
import { Reject } from './reject.js';

/** Octets before an echo's data or an error's quotation. */
export const ICMP_HEADER = 8;

export type IcmpKind =
  | 'echo-request' | 'echo-reply' | 'unreachable' | 'too-big' | 'time-exceeded' | 'parameter-problem' | 'other';

export class IcmpMessage {
  /** `too-big` is ICMPv4's "fragmentation needed" (3/4) and ICMPv6's type 2. */
  kind: IcmpKind = 'other';
  /** As in the header: the numbers of the message's own family. */
  type = 0;
  code = 0;
  /** Of `too-big`, octets of the IP packet that would fit; 0 when not given. */
  mtu = 0;
  /** Of an echo. */
  echoId = 0;
  echoSeq = 0;
  /** An error quoted a packet as far as the first 8 octets after its IP header; what follows is about that packet. */
  hasQuote = false;
  quotedProtocol = 0;
  readonly quotedSrc = new Address();
  readonly quotedDst = new Address();
  /** Ports and sequence number as they stand where TCP has them. */
  quotedSrcPort = 0;
  quotedDstPort = 0;
  quotedSeq = 0 as Seq;
  /** The octets after the 8-octet header: an echo's data, an error's quotation. */
  dataStart = 0;
  dataEnd = 0;
}

/** The quoted packet's header on its way into a message. */
const quoted = new IpHeader();

/** Reads the ICMP message that follows an IP header already read. The fields mean nothing unless the answer is Reject.None. */
export function readIcmp(packet: Packet, ip: IpHeader, message: IcmpMessage): Reject {
  if (ip.protocol !== (ip.version === 4 ? PROTO_ICMP : PROTO_ICMPV6)) return Reject.UnknownProtocol;
  const view = packet.view;
  const start = ip.payloadStart;
  const length = ip.payloadEnd - start;
  if (length < ICMP_HEADER) return Reject.IcmpTruncated;
  const pseudo = ip.version === 4 ? 0 : pseudoHeaderSum(ip.src, ip.dst, PROTO_ICMPV6, length);
  if (checksumFold(checksumAdd(view, start, ip.payloadEnd, pseudo)) !== 0xffff) return Reject.BadIcmpChecksum;

  message.type = view.getUint8(start);
  message.code = view.getUint8(start + 1);
  message.kind = ip.version === 4 ? kindOfV4(message.type, message.code) : kindOfV6(message.type);
  message.mtu = 0;
  message.hasQuote = false;
  message.echoId = 0;
  message.echoSeq = 0;
  message.dataStart = start + ICMP_HEADER;
  message.dataEnd = ip.payloadEnd;
  if (message.kind === 'echo-request' || message.kind === 'echo-reply') {
    message.echoId = view.getUint16(start + 4);
    message.echoSeq = view.getUint16(start + 6);
  } else if (message.kind !== 'other') {
    if (message.kind === 'too-big') message.mtu = ip.version === 4 ? view.getUint16(start + 6) : view.getUint32(start + 4);
    readQuote(view, message);
  }
  return Reject.None;
}

function kindOfV4(type: number, code: number): IcmpKind {
  switch (type) {
    case 0: return 'echo-reply';
    case 3: return code === 4 ? 'too-big' : 'unreachable';
    case 8: return 'echo-request';
    case 11: return 'time-exceeded';
    case 12: return 'parameter-problem';
    default: return 'other';
  }
}

function kindOfV6(type: number): IcmpKind {
  switch (type) {
    case 1: return 'unreachable';
    case 2: return 'too-big';
    case 3: return 'time-exceeded';
    case 4: return 'parameter-problem';
    case 128: return 'echo-request';
    case 129: return 'echo-reply';
    default: return 'other';
  }
}

/**
 * Reads the quoted packet as far as it was quoted. Its lengths and checksum are not held against it: the quotation is
 * cut, and the header has been changed on its way.
 */
function readQuote(view: DataView, message: IcmpMessage): void {
  const at = message.dataStart;
  const length = message.dataEnd - at;
  if (length < IPV4_HEADER) return;
  const first = view.getUint8(at);
  quoted.payloadEnd = message.dataEnd;
  if (first >> 4 === 4) {
    if ((first & 0xf) < 5 || (view.getUint16(at + 6) & 0x1fff) !== 0) return; // not a first fragment: no ports in it
    quoted.protocol = view.getUint8(at + 9);
    quoted.payloadStart = at + (first & 0xf) * 4;
    message.quotedSrc.set4(view, at + 12);
    message.quotedDst.set4(view, at + 16);
    if ((first & 0xf) > 5) quotedByRoute(view, at + IPV4_HEADER, Math.min(quoted.payloadStart, message.dataEnd), message);
  } else {
    if (first >> 4 !== 6 || length < IPV6_HEADER) return;
    if (skipExtensionHeaders(view, at + IPV6_HEADER, view.getUint8(at + 6), quoted) !== Reject.None) return;
    message.quotedSrc.set6(view, at + 8);
    message.quotedDst.set6(view, at + 24);
  }
  const transport = quoted.payloadStart;
  if (transport + 8 > message.dataEnd) return;
  message.hasQuote = true;
  message.quotedProtocol = quoted.protocol;
  message.quotedSrcPort = view.getUint16(transport);
  message.quotedDstPort = view.getUint16(transport + 2);
  message.quotedSeq = view.getInt32(transport + 4) as Seq;
}

/** A packet on a source route is addressed to its next stop; the peer it is for stands at the route's end. */
function quotedByRoute(view: DataView, start: number, end: number, message: IcmpMessage): void {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const last = unfinishedRoute(bytes, start, end);
  if (last >= 0) message.quotedDst.set4(view, last);
}

/** What a sender of ICMP has room for: errors stay below what every path carries (RFC 1812 §4.3.2.3, RFC 4443 §2.4 (c)). */
const MAX_ERROR_V4 = 576;
const MAX_ERROR_V6 = 1280;
const HOP_LIMIT = 64;
/** RFC 1812 §4.3.2.5: errors travel with precedence 6. */
const TOS_ERROR = 0xc0;

/**
 * Writes the reply to an echo request as a whole IP packet: same data, same DSCP, addresses swapped (RFC 1122 §3.2.2.6,
 * RFC 4443 §4.2). `into` is left empty when the reply does not fit.
 */
export function writeEchoReply(request: Packet, ip: IpHeader, message: IcmpMessage, into: Packet): void {
  const size = message.dataEnd - ip.payloadStart;
  const headerLength = begin(into, ip.version, size);
  if (headerLength === 0) return;
  const view = into.view;
  into.bytes.set(request.bytes.subarray(ip.payloadStart, message.dataEnd), headerLength);
  view.setUint8(headerLength, ip.version === 4 ? 0 : 129);
  view.setUint8(headerLength + 1, 0);
  finish(into, ip.version, ip.dst, ip.src, ip.dscp << 2);
}

/**
 * Writes an ICMP error about a packet, from a router or host at `from`, as a whole IP packet. It quotes as much of the
 * original as the family allows. `into` is left empty when the original has no IP header or nothing fits. Whether an
 * error may be sent at all (never about an error, a multicast…, RFC 1122 §3.2.2) is for the caller to know.
 * @param type the number in the original's own family
 * @param mtu next-hop MTU of "too big", the pointer of a parameter problem, otherwise 0
 */
export function writeIcmpError(original: Packet, type: number, code: number, mtu: number, from: Address, into: Packet): void {
  const version = original.length > 0 ? original.view.getUint8(original.start) >> 4 : 0;
  if ((version !== 4 || original.length < IPV4_HEADER) && (version !== 6 || original.length < IPV6_HEADER)) {
    begin(into, 0, 0);
    return;
  }
  const limit = version === 4 ? MAX_ERROR_V4 - IPV4_HEADER : MAX_ERROR_V6 - IPV6_HEADER;
  const size = Math.min(limit, ICMP_HEADER + original.length);
  const headerLength = begin(into, version, size);
  if (headerLength === 0) return;
  const view = into.view;
  view.setUint8(headerLength, type);
  view.setUint8(headerLength + 1, code);
  view.setUint32(headerLength + 4, 0);
  if (version === 6) view.setUint32(headerLength + 4, mtu);
  else if (type === 12) view.setUint8(headerLength + 4, mtu);
  else view.setUint16(headerLength + 6, Math.min(mtu, 0xffff));
  const quoteEnd = original.start + size - ICMP_HEADER;
  into.bytes.set(original.bytes.subarray(original.start, quoteEnd), headerLength + ICMP_HEADER);
  const to = new Address();
  if (version === 4) to.set4(original.view, original.start + 12);
  else to.set6(original.view, original.start + 8);
  finish(into, version, from, to, TOS_ERROR);
}

/** Makes room for `size` octets of ICMP; answers where they begin, or 0 with the packet left empty. */
function begin(into: Packet, version: number, size: number): number {
  const headerLength = version === 4 ? IPV4_HEADER : IPV6_HEADER;
  const fits = version !== 0 && headerLength + size <= into.bytes.length;
  into.start = 0;
  into.end = fits ? headerLength + size : 0;
  into.gsoSize = 0;
  return fits ? headerLength : 0;
}

/** Puts the checksum into the ICMP message of `into` and the IP header before it. */
function finish(into: Packet, version: number, src: Address, dst: Address, tos: number): void {
  const view = into.view;
  const start = version === 4 ? IPV4_HEADER : IPV6_HEADER;
  const size = into.end - start;
  view.setUint16(start + 2, 0);
  const pseudo = version === 4 ? 0 : pseudoHeaderSum(src, dst, PROTO_ICMPV6, size);
  view.setUint16(start + 2, checksum(view, start, into.end, pseudo));
  if (version === 4) writeIpv4(view, 0, size, PROTO_ICMP, src, dst, HOP_LIMIT, tos, 0);
  else writeIpv6(view, 0, size, PROTO_ICMPV6, src, dst, HOP_LIMIT, tos, 0);
}
