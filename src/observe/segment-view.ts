/**
 * Packets as people read them: sequence numbers from 0 (each direction's first), windows scaled, options by name.
 * The reader remembers each conversation's first numbers, as Wireshark does, so it must see its packets in order.
 */
import { type Seq, seqAdd, seqDiff, seqLeq } from '../util/seq.js';
import { IpHeader, PROTO_ICMP, PROTO_ICMPV6, PROTO_TCP, readIp } from '../wire/ip.js';
import { Packet } from '../wire/packet.js';
import { Reject } from '../wire/reject.js';
import { ACK, CWR, ECE, FIN, PSH, RST, Segment, SYN, URG } from '../wire/segment.js';
import { readTcp } from '../wire/tcp.js';

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
  /** Carries nothing that had not passed before in this direction: a retransmission. */
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

/** In the order people say them: "SYN,ACK", "FIN,PSH,ACK". */
const FLAGS: readonly (readonly [FlagName, number])[] = [
  ['SYN', SYN], ['FIN', FIN], ['RST', RST], ['PSH', PSH], ['ACK', ACK], ['URG', URG], ['ECE', ECE], ['CWR', CWR],
];

/** One direction of one conversation. */
class Lane {
  base: Seq | undefined;
  /** The first sequence number that has not passed. */
  next: Seq | undefined;
  /** Shift offered in the SYN; -1 = none. */
  shift = -1;
}

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
    const from = endpoint(seg.src.toString(), seg.src.isV4, seg.srcPort);
    const to = endpoint(seg.dst.toString(), seg.dst.isV4, seg.dstPort);
    const lane = this.lane(from, to);
    const back = this.lane(to, from);
    const syn = seg.has(SYN);
    if (syn) this.begin(seg, lane, back);
    const base = (lane.base ??= seg.seq);
    if (seg.has(ACK)) back.base ??= seg.ack;
    const again = seg.len > 0 && lane.next !== undefined && seqLeq(seg.end, lane.next);
    if (lane.next === undefined || seqDiff(seg.end, lane.next) > 0) lane.next = seg.end;
    const { options } = seg;
    const ackBase = back.base ?? (0 as Seq);
    const scaled = !syn && lane.shift >= 0 && back.shift >= 0;
    return {
      protocol: 'TCP',
      from,
      to,
      flags: FLAGS.filter(([, bit]) => seg.has(bit)).map(([name]) => name),
      seq: seqDiff(seg.seq, base) >>> 0,
      ack: seg.has(ACK) ? seqDiff(seg.ack, ackBase) >>> 0 : undefined,
      window: scaled ? seg.wnd * 2 ** Math.min(lane.shift, 14) : seg.wnd,
      length: seg.dataLength,
      mss: options.mss < 0 ? undefined : options.mss,
      windowScale: options.windowScale < 0 ? undefined : options.windowScale,
      sackPermitted: options.sackPermitted,
      timestamps: options.hasTimestamps ? { value: options.tsVal >>> 0, echo: options.tsEcr >>> 0 } : undefined,
      sack: sackOf(seg, ackBase),
      absolute: { seq: seg.seq >>> 0, ack: seg.ack >>> 0, window: seg.wnd },
      again,
    };
  }

  /** Takes the numbers of a SYN. One with another number than the last is a new conversation on old ports. */
  private begin(seg: Segment, lane: Lane, back: Lane): void {
    if (lane.base !== undefined && lane.base !== seg.seq) {
      lane.next = undefined;
      // A SYN,ACK answers: the other direction has begun already. A bare SYN makes both begin anew.
      if (!seg.has(ACK)) {
        back.base = undefined;
        back.next = undefined;
        back.shift = -1;
      }
    }
    lane.base = seg.seq;
    lane.shift = seg.options.windowScale;
    if (seg.has(ACK)) back.base = seqAdd(seg.ack, -1);
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

function endpoint(address: string, v4: boolean, port: number): string {
  return v4 ? `${address}:${port}` : `[${address}]:${port}`;
}

function sackOf(seg: Segment, base: Seq): [number, number][] {
  const { sackEdges, sackBlocks } = seg.options;
  const relative = (i: number): number => seqDiff(sackEdges[i] as Seq, base) >>> 0;
  return Array.from({ length: sackBlocks }, (_, i) => [relative(2 * i), relative(2 * i + 1)]);
}

/** Types of RFC 792 and RFC 4443 that a stack like this one meets. */
const ICMP_TYPES: Readonly<Record<number, string>> = {
  0: 'echo reply', 3: 'destination unreachable', 8: 'echo request', 11: 'time exceeded', 12: 'parameter problem',
};
const ICMPV6_TYPES: Readonly<Record<number, string>> = {
  1: 'destination unreachable', 2: 'packet too big', 3: 'time exceeded', 4: 'parameter problem', 128: 'echo request', 129: 'echo reply',
  133: 'router solicitation', 134: 'router advertisement', 135: 'neighbour solicitation', 136: 'neighbour advertisement', 143: 'multicast listener report',
};

function otherView(packet: Packet, ip: IpHeader): OtherView {
  const from = ip.src.toString();
  const to = ip.dst.toString();
  const v6 = ip.protocol === PROTO_ICMPV6;
  if ((!v6 && ip.protocol !== PROTO_ICMP) || ip.payloadEnd <= ip.payloadStart) {
    return { protocol: 'other', from, to, text: `IP protocol ${ip.protocol}` };
  }
  const protocol = v6 ? 'ICMPv6' : 'ICMP';
  const type = packet.view.getUint8(ip.payloadStart);
  return { protocol, from, to, text: `${protocol} ${(v6 ? ICMPV6_TYPES : ICMP_TYPES)[type] ?? `type ${type}`}` };
}
