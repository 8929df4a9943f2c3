/** Segments that no host has sent: old ones that the network remembered, and forged ones. */
import { Address } from '../../util/address.js';
import type { Seq } from '../../util/seq.js';
import { IpHeader, PROTO_TCP, readIp } from '../../wire/ip.js';
import { IPV4_HEADER, writeIpv4 } from '../../wire/ipv4.js';
import { IPV6_HEADER, writeIpv6 } from '../../wire/ipv6.js';
import { Packet } from '../../wire/packet.js';
import { Reject } from '../../wire/reject.js';
import { TCP_HEADER, writeTcpChecksum, writeTcpHeader } from '../../wire/tcp.js';

export interface Forged {
  readonly src: string;
  readonly dst: string;
  readonly srcPort: number;
  readonly dstPort: number;
  /** On the wire, not relative. */
  readonly seq: number;
  readonly ack?: number;
  /** Control bits; above the eight that have names, the reserved ones (0x100 is AE). */
  readonly flags: number;
  readonly window?: number;
  /** TCP options, whole words of 4 octets. */
  readonly options?: Uint8Array;
  readonly text?: Uint8Array | string;
}

/** Octet of the TCP header whose lower half is reserved. */
const RESERVED = 12;
const TTL = 64;
/** Octets of the TCP header at which these fields are. */
const [SEQ, ACKNOWLEDGMENT] = [4, 8];
const DATA_OFFSET = 12;
const [OPTION_END, OPTION_NONE, OPTION_MSS] = [0, 1, 2];
const NOTHING = new Uint8Array(0);

/** A whole IP packet, its checksums right. */
export function forge({ src, dst, srcPort, dstPort, seq, ack = 0, flags, window = 65_535, options = NOTHING, text: said = NOTHING }: Forged): Uint8Array {
  const text = typeof said === 'string' ? new TextEncoder().encode(said) : said;
  const [from, to] = [Address.from(src), Address.from(dst)];
  const start = from.isV4 ? IPV4_HEADER : IPV6_HEADER;
  const header = TCP_HEADER + options.length;
  const length = header + text.length;
  const octets = new Uint8Array(start + length);
  const view = new DataView(octets.buffer);
  if (from.isV4) writeIpv4(view, 0, length, PROTO_TCP, from, to, TTL, 0, 0, true);
  else writeIpv6(view, 0, length, PROTO_TCP, from, to, TTL, 0, 0);
  writeTcpHeader(view, start, srcPort, dstPort, (seq | 0) as Seq, (ack | 0) as Seq, header, flags, window, 0);
  octets[start + RESERVED] |= (flags >>> 8) & 0x0f;
  octets.set(options, start + TCP_HEADER);
  octets.set(text, start + header);
  writeTcpChecksum(view, start, start + length, from, to);
  return octets;
}

/** A packet that has passed, with other numbers: its text, options and timestamps stay what they were. @param seq on the wire */
export function renumber(octets: Uint8Array, seq: number, ack: number): Uint8Array {
  const copy = octets.slice();
  const view = new DataView(copy.buffer);
  const header = new IpHeader();
  if (readIp(Packet.of(copy), header) !== Reject.None) throw new RangeError('not a packet that can be read');
  const { payloadStart: start, payloadEnd: end } = header;
  view.setUint32(start + SEQ, seq >>> 0);
  view.setUint32(start + ACKNOWLEDGMENT, ack >>> 0);
  writeTcpChecksum(view, start, end, header.src, header.dst);
  return copy;
}

/** What a middlebox makes of a packet that takes the MSS option out, and mends the checksum: nothing else changes. @returns the same octets */
export function withoutMss(octets: Uint8Array): Uint8Array {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  const header = new IpHeader();
  if (readIp(Packet.of(octets), header) !== Reject.None) throw new RangeError('not a packet that can be read');
  const { payloadStart: start, payloadEnd: end } = header;
  const options = octets.subarray(start + TCP_HEADER, start + (octets[start + DATA_OFFSET] >>> 4) * 4);
  for (let at = 0; at < options.length && options[at] !== OPTION_END; at += options[at] === OPTION_NONE ? 1 : Math.max(2, options[at + 1])) {
    if (options[at] === OPTION_MSS) options.fill(OPTION_NONE, at, at + options[at + 1]);
  }
  writeTcpChecksum(view, start, end, header.src, header.dst);
  return octets;
}
