/** Packets of the subject's, read to the last bit: what the stack's own readers would reject or forget is kept here, to be compared. */
import { Address } from '../util/address.js';
import type { Micros } from '../util/units.js';
import { checksumAdd, checksumFold, pseudoHeaderSum } from '../wire/checksum.js';
import { PROTO_ICMP, PROTO_ICMPV6, PROTO_TCP } from '../wire/ip.js';
import { unfinishedRoute } from '../wire/ip-options.js';
import type { SeenPacket } from './subject.js';
import { type RawOption, readRawOptions } from './tcp-options.js';

interface SeenIp {
  readonly at: Micros;
  readonly version: number;
  readonly tos: number;
  readonly ttl: number;
  readonly flowLabel: number;
  /** Octets of the IP header, and IPv4's checksum is right. */
  readonly headerLength: number;
  readonly headerOk: boolean;
  readonly src: Address;
  readonly dst: Address;
  readonly octets: Uint8Array;
}

export interface SeenTcp extends SeenIp {
  readonly kind: 'tcp';
  readonly srcPort: number;
  readonly dstPort: number;
  readonly seq: number;
  readonly ack: number;
  /** FIN … CWR, and AE as 0x100. */
  readonly flags: number;
  /** The three bits that mean nothing. */
  readonly reserved: number;
  readonly window: number;
  readonly urgent: number;
  readonly options: readonly RawOption[];
  readonly payload: Uint8Array;
  /** The checksum is right, or left to hardware. */
  readonly checksumOk: boolean;
}

export interface SeenIcmp extends SeenIp {
  readonly kind: 'icmp';
  readonly type: number;
  readonly code: number;
}

/** What is neither, or too short to be read. */
export interface SeenOther {
  readonly kind: 'other';
  readonly at: Micros;
  readonly octets: Uint8Array;
}

export type Seen = SeenTcp | SeenIcmp | SeenOther;

export const AE = 0x100;

/** Never throws. */
export function readSeen({ octets, at }: SeenPacket): Seen {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  const other: SeenOther = { kind: 'other', at, octets };
  const version = octets.length > 0 ? octets[0] >> 4 : 0;
  if (version === 4 && octets.length >= 20) {
    const headerLength = (octets[0] & 0xf) * 4;
    const end = Math.min(view.getUint16(2), octets.length);
    if (headerLength < 20 || end < headerLength) return other;
    const src = new Address();
    const dst = new Address();
    src.set4(view, 12);
    dst.set4(view, 16);
    const ip: SeenIp = {
      at, version, tos: octets[1], ttl: octets[8], flowLabel: 0, headerLength,
      headerOk: checksumFold(checksumAdd(view, 0, headerLength, 0)) === 0xffff, src, dst, octets,
    };
    return readPayload(ip, octets[9], view, headerLength, end) ?? other;
  }
  if (version === 6 && octets.length >= 40) {
    const src = new Address();
    const dst = new Address();
    src.set6(view, 8);
    dst.set6(view, 24);
    const ip: SeenIp = {
      at, version, tos: (view.getUint16(0) >> 4) & 0xff, ttl: octets[7], flowLabel: view.getUint32(0) & 0xfffff, headerLength: 40, headerOk: true,
      src, dst, octets,
    };
    return readPayload(ip, octets[6], view, 40, Math.min(40 + view.getUint16(4), octets.length)) ?? other;
  }
  return other;
}

function readPayload(ip: SeenIp, protocol: number, view: DataView, start: number, end: number): Seen | undefined {
  if ((protocol === PROTO_ICMP || protocol === PROTO_ICMPV6) && end - start >= 8) {
    return { ...ip, kind: 'icmp', type: view.getUint8(start), code: view.getUint8(start + 1) };
  }
  if (protocol !== PROTO_TCP || end - start < 20) return undefined;
  const bits = view.getUint16(start + 12);
  const dataStart = start + (bits >> 12) * 4;
  if (dataStart < start + 20 || dataStart > end) return undefined;
  return {
    ...ip, kind: 'tcp', srcPort: view.getUint16(start), dstPort: view.getUint16(start + 2), seq: view.getUint32(start + 4), ack: view.getUint32(start + 8),
    flags: bits & 0x1ff, reserved: (bits >> 9) & 7, window: view.getUint16(start + 14), urgent: view.getUint16(start + 18),
    options: readRawOptions(ip.octets.subarray(start + 20, dataStart)), payload: ip.octets.subarray(dataStart, end),
    checksumOk: checksumRight(ip, view, start, end),
  };
}

function checksumRight(ip: SeenIp, view: DataView, start: number, end: number): boolean {
  const pseudo = pseudoHeaderSum(ip.src, goal(ip), PROTO_TCP, end - start);
  return checksumFold(checksumAdd(view, start, end, pseudo)) === 0xffff || view.getUint16(start + 16) === checksumFold(pseudo);
}

/** Whom the segment is for: on a source route the destination field names only the next stop (RFC 9293 §3.1). */
function goal({ version, dst, headerLength, octets }: SeenIp): Address {
  const at = version === 4 ? unfinishedRoute(octets, 20, headerLength) : -1;
  if (at < 0) return dst;
  const last = new Address();
  last.set4(new DataView(octets.buffer, octets.byteOffset, octets.byteLength), at);
  return last;
}

/** Several segments in a row taken as the one that they would have been: the last one's header, from the first one's number on. */
export function joined(segments: readonly SeenTcp[]): SeenTcp {
  const [first] = segments;
  const last = segments[segments.length - 1];
  if (segments.length === 1) return first;
  const payload = new Uint8Array(segments.reduce((sum, s) => sum + s.payload.length, 0));
  let at = 0;
  for (const segment of segments) {
    payload.set(segment.payload, at);
    at += segment.payload.length;
  }
  const CWR_BIT = 0x80;
  return { ...last, seq: first.seq, flags: (last.flags & ~CWR_BIT) | (first.flags & CWR_BIT), payload };
}
