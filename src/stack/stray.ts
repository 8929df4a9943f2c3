/** Segments for nobody (RFC 9293 §3.10.7.1, §3.5.2): RST, made so that the sender will accept it. Never for a RST. */
import { type Seq, seqAdd } from '../util/seq.js';
import { PROTO_TCP } from '../wire/ip.js';
import { writeIpv4 } from '../wire/ipv4.js';
import { writeIpv6 } from '../wire/ipv6.js';
import type { Packet } from '../wire/packet.js';
import { ACK, RST, type Segment } from '../wire/segment.js';
import { TCP_HEADER, writeTcpChecksum, writeTcpHeader } from '../wire/tcp.js';

const TTL = 64;
const NONE = 0 as Seq;

/** Fills the packet with the RST for a segment. @returns where the TCP header starts */
export function writeStrayReset(seg: Segment, packet: Packet): number {
  const v4 = seg.src.isV4;
  const tcpStart = v4 ? 20 : 40;
  packet.start = 0;
  packet.end = tcpStart + TCP_HEADER;
  packet.gsoSize = 0;
  const tos = seg.dscp << 2; // as the segment came, so that the answer takes the same way; Linux does so
  if (v4) writeIpv4(packet.view, 0, TCP_HEADER, PROTO_TCP, seg.dst, seg.src, TTL, tos, 0);
  else writeIpv6(packet.view, 0, TCP_HEADER, PROTO_TCP, seg.dst, seg.src, TTL, tos, 0);
  const acked = (seg.flags & ACK) !== 0;
  const sequence = acked ? seg.ack : NONE;
  const ack = acked ? NONE : seqAdd(seg.seq, seg.len);
  writeTcpHeader(packet.view, tcpStart, seg.dstPort, seg.srcPort, sequence, ack, TCP_HEADER, acked ? RST : RST | ACK, 0, 0);
  writeTcpChecksum(packet.view, tcpStart, packet.end, seg.dst, seg.src);
  return tcpStart;
}
