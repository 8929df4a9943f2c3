/** Segments from a few words to octets, and from octets to one line in the manner of tcpdump, with relative numbers. */
import type { Address } from '../../src/util/address.js';
import { type Seq, seq, seqAdd, seqDiff } from '../../src/util/seq.js';
import { IpHeader, PROTO_TCP, readIp } from '../../src/wire/ip.js';
import { writeIpv4 } from '../../src/wire/ipv4.js';
import { writeIpv6 } from '../../src/wire/ipv6.js';
import { optionsLength, TcpOptions, writeOptions } from '../../src/wire/options.js';
import { Packet } from '../../src/wire/packet.js';
import { flagsText } from '../../src/wire/print.js';
import { Reject } from '../../src/wire/reject.js';
import { ACK, CWR, ECE, FIN, PSH, RST, Segment, SYN, URG } from '../../src/wire/segment.js';
import { readTcp, writeTcpChecksum, writeTcpHeader } from '../../src/wire/tcp.js';

/** A segment in a test's words. Numbers are relative: seq to the sender's initial number, ack to the receiver's. */
export interface Shape {
  /** tcpdump's letters: S F R P . U E W */
  readonly flags: string;
  readonly seq?: number;
  readonly ack?: number;
  /** The header's 16 bits. Default 65535. */
  readonly wnd?: number;
  readonly urg?: number;
  /** Octets of text, or how many. */
  readonly data?: Uint8Array | number;
  readonly mss?: number;
  readonly scale?: number;
  readonly sackOk?: boolean;
  /** TSval, TSecr */
  readonly ts?: readonly [number, number];
  /** User timeout, seconds. */
  readonly uto?: number;
  /** Blocks, relative as ack is. */
  readonly sack?: readonly (readonly [number, number])[];
  /** The IP header's ECN field: 2 = ECT(0), 3 = CE. */
  readonly ecn?: number;
  /** Fast Open cookie in hexadecimal; '' asks for one. */
  readonly cookie?: string;
  /** The cookie goes as experiment 0xF989. */
  readonly experimental?: boolean;
}

export interface Socket {
  readonly address: Address;
  readonly port: number;
}

const LETTERS: Readonly<Record<string, number>> = { F: FIN, S: SYN, R: RST, P: PSH, '.': ACK, U: URG, E: ECE, W: CWR };

export function flagsOf(letters: string): number {
  let flags = 0;
  for (const letter of letters) {
    if (!(letter in LETTERS)) throw new Error(`no control bit is called ${letter}`);
    flags |= LETTERS[letter];
  }
  return flags;
}

/** The octet that belongs at a stream offset: what is received can be checked without keeping what was sent. */
export const octetAt = (offset: number): number => (offset * 131 + (offset >> 8) * 7) & 0xff;
export const text = (from: number, length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => octetAt(from + i));

/** The whole IP packet of a segment, checksums right. Text given as a number is the stream's own at that place. */
export function buildPacket(shape: Shape, from: Socket, to: Socket, initial: Seq, peerInitial: Seq): Packet {
  const flags = flagsOf(shape.flags);
  const at = shape.seq ?? 0;
  const first = (flags & SYN) !== 0 ? at : at - 1;
  const data = typeof shape.data === 'object' ? shape.data : text(first, shape.data ?? 0);
  const options = optionsOf(shape, peerInitial);
  const v4 = from.address.isV4;
  const start = v4 ? 20 : 40;
  const header = 20 + optionsLength(options);
  const packet = new Packet(start + header + data.length);
  packet.end = packet.bytes.length;
  if (v4) writeIpv4(packet.view, 0, header + data.length, PROTO_TCP, from.address, to.address, 64, shape.ecn ?? 0, 1);
  else writeIpv6(packet.view, 0, header + data.length, PROTO_TCP, from.address, to.address, 64, shape.ecn ?? 0, 0);
  const ack = (flags & ACK) !== 0 ? seqAdd(peerInitial, shape.ack ?? 0) : seq(0);
  writeTcpHeader(packet.view, start, from.port, to.port, seqAdd(initial, at), ack, header, flags, shape.wnd ?? 65_535, shape.urg ?? 0);
  writeOptions(packet.view, start + 20, options);
  packet.bytes.set(data, start + header);
  writeTcpChecksum(packet.view, start, packet.end, from.address, to.address);
  return packet;
}

function optionsOf(shape: Shape, peerInitial: Seq): TcpOptions {
  const options = new TcpOptions();
  if (shape.mss !== undefined) options.mss = shape.mss;
  if (shape.scale !== undefined) options.windowScale = shape.scale;
  options.sackPermitted = shape.sackOk ?? false;
  options.userTimeout = shape.uto ?? -1;
  if (shape.ts !== undefined) {
    options.hasTimestamps = true;
    [options.tsVal, options.tsEcr] = shape.ts;
  }
  if (shape.cookie !== undefined) {
    options.cookieLength = shape.cookie.length / 2;
    for (let i = 0; i < options.cookieLength; i++) options.cookie[i] = parseInt(shape.cookie.slice(2 * i, 2 * i + 2), 16);
    options.cookieExperimental = shape.experimental ?? false;
  }
  for (const [left, right] of shape.sack ?? []) {
    options.sackEdges[2 * options.sackBlocks] = seqAdd(peerInitial, left);
    options.sackEdges[2 * options.sackBlocks + 1] = seqAdd(peerInitial, right);
    options.sackBlocks++;
  }
  return options;
}

/** Reads a packet as a stack would. @throws Error when it is not a good TCP packet */
export function parsePacket(packet: Packet, segment = new Segment()): Segment {
  const ip = new IpHeader();
  const reject: number = readIp(packet, ip) || readTcp(packet, ip, segment);
  if (reject !== Reject.None) throw new Error(`not a good packet: reason ${reject}`);
  return segment;
}

/** `P. 1:101 ack 1`: flags, first octet of text : first after it, acknowledgement. Numbers before the initial one are negative. */
export function brief(segment: Segment, initial: Seq, peerInitial: Seq): string {
  const from = seqDiff(segment.seq, initial);
  const ack = segment.has(ACK) ? ` ack ${seqDiff(segment.ack, peerInitial)}` : '';
  const urgent = segment.has(URG) ? ` urg ${segment.urgentPointer}` : '';
  return `${flagsText(segment.flags)} ${from}:${from + segment.dataLength}${ack}${urgent}`;
}

/** What brief() leaves out: window and options. */
export function details(segment: Segment, peerInitial: Seq): string {
  const { options } = segment;
  const parts: string[] = [];
  if (options.mss >= 0) parts.push(`mss ${options.mss}`);
  if (options.sackPermitted) parts.push('sackOK');
  if (options.hasTimestamps) parts.push(`ts ${options.tsVal} ${options.tsEcr}`);
  if (options.windowScale >= 0) parts.push(`scale ${options.windowScale}`);
  if (options.userTimeout >= 0) parts.push(`uto ${options.userTimeout}`);
  for (let i = 0; i < options.sackBlocks; i++) {
    parts.push(`sack ${seqDiff(seq(options.sackEdges[2 * i]), peerInitial)}:${seqDiff(seq(options.sackEdges[2 * i + 1]), peerInitial)}`);
  }
  return `win ${segment.wnd}${parts.length > 0 ? ` <${parts.join(', ')}>` : ''}`;
}
