/** Segments that no host has sent: old ones that the network remembered, and forged ones. */
import { Address } from '../../util/address.js';
import type { Seq } from '../../util/seq.js';
import { IPV4_HEADER, writeIpv4 } from '../../wire/ipv4.js';
import { IPV6_HEADER, writeIpv6 } from '../../wire/ipv6.js';
import { PROTO_TCP } from '../../wire/ip.js';
import { TCP_HEADER, writeTcpChecksum, writeTcpHeader } from '../../wire/tcp.js';

export interface Forged {
  readonly src: string;
  readonly dst: string;
  readonly srcPort: number;
  readonly dstPort: number;
  /** On the wire, not relative. */
  readonly seq: number;
  readonly ack?: number;
  /** Control bits. */
  readonly flags: number;
  readonly window?: number;
  readonly text?: Uint8Array;
}

const TTL = 64;
const NOTHING = new Uint8Array(0);

/** A whole IP packet without TCP options, its checksums right. */
export function forge({ src, dst, srcPort, dstPort, seq, ack = 0, flags, window = 65_535, text = NOTHING }: Forged): Uint8Array {
  const [from, to] = [Address.from(src), Address.from(dst)];
  const start = from.isV4 ? IPV4_HEADER : IPV6_HEADER;
  const length = TCP_HEADER + text.length;
  const octets = new Uint8Array(start + length);
  const view = new DataView(octets.buffer);
  if (from.isV4) writeIpv4(view, 0, length, PROTO_TCP, from, to, TTL, 0, 0, true);
  else writeIpv6(view, 0, length, PROTO_TCP, from, to, TTL, 0, 0);
  writeTcpHeader(view, start, srcPort, dstPort, (seq | 0) as Seq, (ack | 0) as Seq, TCP_HEADER, flags, window, 0);
  octets.set(text, start + TCP_HEADER);
  writeTcpChecksum(view, start, start + length, from, to);
  return octets;
}
