/**
 * The TCP header (RFC 9293 §3.1): from a packet into a Segment, and from numbers into a packet.
 */
import { Address } from '../util/address.js';
import type { Seq } from '../util/seq.js';
import { checksum, checksumAdd, checksumFold, pseudoHeaderSum } from './checksum.js';
import { type IpHeader, PROTO_TCP } from './ip.js';
import { unfinishedRoute } from './ip-options.js';
import { readOptions } from './options.js';
import type { Packet } from './packet.js';
import { Reject } from './reject.js';
import { FIN, type Segment, SYN } from './segment.js';

/** Octets of a header without options. */
export const TCP_HEADER = 20;

/**
 * Reads the TCP header that follows an IP header already read. The segment's text is lent from the packet.
 * The segment's fields mean nothing unless the answer is Reject.None, or ZeroPort: then they are all there.
 * @param verifyChecksum false when the device vouches for it, or when the packet is only looked at
 * @param takePartial the packet may never have left this host: a partial checksum will do, and the text is not summed
 */
export function readTcp(packet: Packet, ip: IpHeader, segment: Segment, verifyChecksum = true, takePartial = false): Reject {
  const view = packet.view;
  const start = ip.payloadStart;
  const end = ip.payloadEnd;
  const length = end - start;
  if (length < TCP_HEADER) return Reject.TcpTruncated;
  const headerLength = (view.getUint8(start + 12) >> 4) * 4;
  if (headerLength < TCP_HEADER || headerLength > length) return Reject.BadDataOffset;
  const dst = ip.optionsEnd > ip.optionsStart ? ultimateDestination(packet, ip) : ip.dst;
  segment.partialChecksum = false;
  if (verifyChecksum) {
    const pseudo = pseudoHeaderSum(ip.src, dst, PROTO_TCP, length);
    if (takePartial && view.getUint16(start + 16) === checksumFold(pseudo)) segment.partialChecksum = true;
    else if (checksumFold(checksumAdd(view, start, end, pseudo)) !== 0xffff) return Reject.BadTcpChecksum;
  }
  fillSegment(packet, ip, dst, start + headerLength, segment);
  return segment.srcPort === 0 || segment.dstPort === 0 ? Reject.ZeroPort : Reject.None;
}

function fillSegment(packet: Packet, ip: IpHeader, dst: Address, dataStart: number, segment: Segment): void {
  const view = packet.view;
  const start = ip.payloadStart;
  const flags = view.getUint8(start + 13);
  segment.srcPort = view.getUint16(start);
  segment.dstPort = view.getUint16(start + 2);
  segment.seq = view.getInt32(start + 4) as Seq;
  segment.ack = view.getInt32(start + 8) as Seq;
  segment.flags = flags;
  segment.wnd = view.getUint16(start + 14);
  segment.urgentPointer = view.getUint16(start + 18);
  readOptions(view, start + TCP_HEADER, dataStart, segment.options);
  segment.bytes = packet.bytes;
  segment.dataStart = dataStart;
  segment.dataEnd = ip.payloadEnd;
  segment.joinedSize = packet.gsoSize;
  segment.len = ip.payloadEnd - dataStart + ((flags & SYN) !== 0 ? 1 : 0) + ((flags & FIN) !== 0 ? 1 : 0);
  segment.ecn = ip.ecn;
  segment.dscp = ip.dscp;
  segment.ttl = ip.ttl;
  segment.ipOptionsStart = ip.optionsStart;
  segment.ipOptionsEnd = ip.version === 4 ? ip.optionsEnd : ip.optionsStart;
  copyAddress(ip.src, segment.src);
  copyAddress(dst, segment.dst);
}

/** Was the checksum left to a network card? Its field then holds the sum of the pseudo-header, not inverted, and nothing else. */
export function hasPartialChecksum(packet: Packet, ip: IpHeader): boolean {
  const pseudo = pseudoHeaderSum(ip.src, ip.dst, PROTO_TCP, ip.payloadEnd - ip.payloadStart);
  return packet.view.getUint16(ip.payloadStart + 16) === checksumFold(pseudo);
}

/** Puts in the checksum that was left to a network card, if it was. The packet's IP header has been read. */
export function completeChecksum(packet: Packet, ip: IpHeader): void {
  if (ip.protocol === PROTO_TCP && ip.payloadEnd - ip.payloadStart >= TCP_HEADER && hasPartialChecksum(packet, ip)) {
    writeTcpChecksum(packet.view, ip.payloadStart, ip.payloadEnd, ip.src, ip.dst);
  }
}

/** At the end of a source route that is not yet complete: the checksum covers that address (RFC 9293 §3.9.2.1). */
const ultimate = new Address();

function ultimateDestination(packet: Packet, ip: IpHeader): Address {
  const last = ip.version === 4 ? unfinishedRoute(packet.bytes, ip.optionsStart, ip.optionsEnd) : -1;
  if (last < 0) return ip.dst;
  ultimate.set4(packet.view, last);
  return ultimate;
}

/**
 * Writes the fixed part of the header; the checksum field holds 0 until `writeTcpChecksum`.
 * @param headerLength octets, options included: a multiple of 4, 20 … 60
 * @param wnd 0 … 65535, already scaled
 */
export function writeTcpHeader(
  view: DataView, at: number, srcPort: number, dstPort: number, seq: Seq, ack: Seq, headerLength: number, flags: number, wnd: number,
  urgentPointer: number,
): void {
  view.setUint16(at, srcPort);
  view.setUint16(at + 2, dstPort);
  view.setInt32(at + 4, seq);
  view.setInt32(at + 8, ack);
  view.setUint16(at + 12, (headerLength << 10) | (flags & 0xff));
  view.setUint16(at + 14, wnd);
  view.setUint16(at + 16, 0);
  view.setUint16(at + 18, urgentPointer);
}

/** Computes the checksum over the pseudo-header and [tcpStart, tcpEnd) and puts it in its field. */
export function writeTcpChecksum(view: DataView, tcpStart: number, tcpEnd: number, src: Address, dst: Address): void {
  view.setUint16(tcpStart + 16, 0);
  const pseudo = pseudoHeaderSum(src, dst, PROTO_TCP, tcpEnd - tcpStart);
  view.setUint16(tcpStart + 16, checksum(view, tcpStart, tcpEnd, pseudo));
}

function copyAddress(from: Address, to: Address): void {
  to.w0 = from.w0;
  to.w1 = from.w1;
  to.w2 = from.w2;
  to.w3 = from.w3;
}
