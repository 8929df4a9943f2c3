/** What probes need to play a peer by hand: a bare segment as octets, and what they look at in an answer. */
import { Address } from '../../src/util/address.js';
import { seq } from '../../src/util/seq.js';
import { IpHeader, PROTO_TCP, readIp } from '../../src/wire/ip.js';
import { writeIpv4 } from '../../src/wire/ipv4.js';
import { writeIpv6 } from '../../src/wire/ipv6.js';
import { Packet } from '../../src/wire/packet.js';
import { Segment } from '../../src/wire/segment.js';
import { readTcp, TCP_HEADER, writeTcpChecksum, writeTcpHeader } from '../../src/wire/tcp.js';

export interface End {
  readonly address: string;
  readonly port: number;
}

export interface Answer {
  readonly from: End;
  readonly to: End;
  readonly flags: number;
  readonly seq: number;
  readonly ack: number;
}

/** A segment without options and text; checksums right. */
export function bareSegment(flags: number, from: End, to: End, number = 0, ack = 0): Uint8Array {
  const src = Address.from(from.address);
  const dst = Address.from(to.address);
  const start = src.isV4 ? 20 : 40;
  const packet = new Packet(start + TCP_HEADER);
  packet.end = start + TCP_HEADER;
  if (src.isV4) writeIpv4(packet.view, 0, TCP_HEADER, PROTO_TCP, src, dst, 64, 0, 1);
  else writeIpv6(packet.view, 0, TCP_HEADER, PROTO_TCP, src, dst, 64, 0, 0);
  writeTcpHeader(packet.view, start, from.port, to.port, seq(number), seq(ack), TCP_HEADER, flags, 65_535, 0);
  writeTcpChecksum(packet.view, start, packet.end, src, dst);
  return packet.toBytes();
}

/** @throws Error when it is no good TCP packet */
export function readAnswer(octets: Uint8Array): Answer {
  const packet = Packet.of(octets);
  const ip = new IpHeader();
  const segment = new Segment();
  const reason: number = readIp(packet, ip) || readTcp(packet, ip, segment);
  if (reason !== 0) throw new Error(`not a good TCP packet: reason ${reason}`);
  return {
    from: { address: ip.src.toString(), port: segment.srcPort }, to: { address: ip.dst.toString(), port: segment.dstPort },
    flags: segment.flags, seq: segment.seq, ack: segment.ack,
  };
}
