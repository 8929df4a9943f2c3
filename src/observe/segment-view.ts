/**
 * Packets as people read them: sequence numbers from 0 (each direction's first), windows scaled, options by name.
 * The reader remembers each conversation's first numbers, as Wireshark does, so it must see its packets in order.
 */
import type { Address } from '../util/address.js';
import { IpHeader, PROTO_ICMP, PROTO_ICMPV6, PROTO_TCP, readIp } from '../wire/ip.js';
import { Packet } from '../wire/packet.js';
import { Reject } from '../wire/reject.js';
import { Segment } from '../wire/segment.js';
import { readTcp } from '../wire/tcp.js';
import { Lane, viewOf } from './relative.js';

export type FlagName = 'SYN' | 'FIN' | 'RST' | 'PSH' | 'ACK' | 'URG' | 'ECE' | 'CWR';

/** One TCP segment; seq, ack and SACK edges are relative. */
export interface TcpView {
  readonly protocol: 'TCP';
  readonly from: string;
  readonly to: string;
  readonly flags: readonly FlagName[];
  readonly seq: number;
  /** Present with the ACK bit. */
  readonly ack: number | undefined;
  /** Octets, scaled when both sides agreed on it. */
  readonly window: number;
  /** Octets of text. */
  readonly length: number;
  readonly mss: number | undefined;
  readonly windowScale: number | undefined;
  readonly sackPermitted: boolean;
  readonly timestamps: { readonly value: number; readonly echo: number } | undefined;
  readonly sack: readonly (readonly [left: number, right: number])[];
  /** The numbers on the wire. */
  readonly absolute: { readonly seq: number; readonly ack: number; readonly window: number };
  /**
   * Carries text, a SYN or a FIN, but nothing that had not passed before in this direction: sent again. A SegmentReader
   * compares with the highest number that has passed; the Observer knows gaps, and what fills one is not sent again.
   */
  readonly again: boolean;
}

/** Anything else, in a few words: "ICMP echo request". */
export interface OtherView {
  readonly protocol: 'ICMP' | 'ICMPv6' | 'other';
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

export type SegmentView = TcpView | OtherView;

export class SegmentReader {
  private readonly lanes = new Map<string, Lane>();
  private readonly ip = new IpHeader();
  private readonly segment = new Segment();

  /** Describes an IP packet; checksums are not looked at. undefined when it cannot be read at all. */
  read(bytes: Uint8Array): SegmentView | undefined {
    const packet = Packet.of(bytes);
    if (readIp(packet, this.ip) !== Reject.None) return undefined;
    if (this.ip.protocol !== PROTO_TCP) return otherView(packet, this.ip);
    if (readTcp(packet, this.ip, this.segment, false) !== Reject.None) return undefined;
    return this.tcpView(this.segment);
  }

  private tcpView(seg: Segment): TcpView {
    const from = endpoint(seg.src, seg.srcPort);
    const to = endpoint(seg.dst, seg.dstPort);
    const lane = this.lane(from, to);
    const back = this.lane(to, from);
    lane.count(seg, back);
    return viewOf(seg, from, to, lane, back, lane.pass(seg));
  }

  private lane(from: string, to: string): Lane {
    const key = `${from} ${to}`;
    let lane = this.lanes.get(key);
    if (lane === undefined) {
      lane = new Lane();
      this.lanes.set(key, lane);
    }
    return lane;
  }
}

/** "192.0.2.1:80", "[2001:db8::1]:80" */
export const endpoint = (address: Address, port: number): string => (address.isV4 ? `${address.toString()}:${port}` : `[${address.toString()}]:${port}`);

/** Types of RFC 792 and RFC 4443 that a stack like this one meets. */
const ICMP_TYPES: Readonly<Record<number, string>> = {
  0: 'echo reply', 3: 'destination unreachable', 8: 'echo request', 11: 'time exceeded', 12: 'parameter problem',
};
const ICMPV6_TYPES: Readonly<Record<number, string>> = {
  1: 'destination unreachable', 2: 'packet too big', 3: 'time exceeded', 4: 'parameter problem', 128: 'echo request', 129: 'echo reply',
  133: 'router solicitation', 134: 'router advertisement', 135: 'neighbour solicitation', 136: 'neighbour advertisement', 143: 'multicast listener report',
};

function otherView(packet: Packet, ip: IpHeader): OtherView {
  const protocol = ip.payloadEnd <= ip.payloadStart ? undefined : PROTOCOLS[ip.protocol];
  return { protocol: protocol ?? 'other', from: ip.src.toString(), to: ip.dst.toString(), text: otherText(packet, ip) };
}

const PROTOCOLS: Readonly<Record<number, 'ICMP' | 'ICMPv6'>> = { [PROTO_ICMP]: 'ICMP', [PROTO_ICMPV6]: 'ICMPv6' };
const PROTO_UDP = 17;

/** A packet that is not TCP, in a few words. Its header has been read. */
export function otherText(packet: Packet, ip: IpHeader): string {
  const protocol = PROTOCOLS[ip.protocol];
  if (protocol === undefined) return ip.protocol === PROTO_UDP ? 'UDP' : `IP protocol ${ip.protocol}`;
  if (ip.payloadEnd <= ip.payloadStart) return `${protocol} without a message`;
  const type = packet.view.getUint8(ip.payloadStart);
  return `${protocol} ${(protocol === 'ICMPv6' ? ICMPV6_TYPES : ICMP_TYPES)[type] ?? `type ${type}`}`;
}
