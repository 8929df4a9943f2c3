/**
 * Stands between two stacks and their line and judges what goes by: whole and well-formed packets, no text beyond the
 * window that the receiver offered (a probe excepted), no right edge that moves left, no segment above the peer's MSS.
 */
import type { PacketSink } from '../../src/device/recorder.js';
import { type Seq, seqAdd, seqDiff, seqGt } from '../../src/util/seq.js';
import { IpHeader, readIp } from '../../src/wire/ip.js';
import { optionsLength } from '../../src/wire/options.js';
import type { Packet } from '../../src/wire/packet.js';
import { Reject } from '../../src/wire/reject.js';
import { ACK, RST, Segment, SYN } from '../../src/wire/segment.js';
import { readTcp } from '../../src/wire/tcp.js';

export type SideName = 'a' | 'b';

/** More than any conversation takes; output without end would otherwise hang the test. */
const MOST_PACKETS = 500_000;

/** What one side has said and heard. */
class Side {
  /** In its last SYN: the window shift, -1 = none; the MSS, 0 = none. */
  shift = -1;
  mss = 0;
  /** Furthest right edge it offered. */
  offered: Seq | null = null;
  /** Furthest right edge that it has heard of. */
  allowed: Seq | null = null;

  constructor(readonly name: SideName) {}
}

export class WireWatch {
  readonly problems: string[] = [];
  /** Packets sent by either side, and among them probes beyond the window. */
  packets = 0;
  probes = 0;
  /** When the last packet was sent. */
  lastSent = 0;
  private readonly ip = new IpHeader();
  private readonly segment = new Segment();
  private readonly sides = { a: new Side('a'), b: new Side('b') };

  constructor(private readonly mtu: number) {}

  sink(name: SideName): PacketSink {
    const own = this.sides[name];
    const peer = this.sides[name === 'a' ? 'b' : 'a'];
    return (packet, at, direction) => {
      if (direction === 'in') return this.arrives(packet, own, peer);
      if (++this.packets > MOST_PACKETS) throw new Error(`more than ${MOST_PACKETS} packets: they never end`);
      this.lastSent = at;
      this.leaves(packet, own, peer, at);
    };
  }

  private read(packet: Packet): Reject {
    const reason = readIp(packet, this.ip);
    return reason === Reject.None ? readTcp(packet, this.ip, this.segment) : reason;
  }

  private arrives(packet: Packet, own: Side, peer: Side): void {
    const { segment: seg } = this;
    if (this.read(packet) !== Reject.None || (seg.flags & (ACK | RST)) !== ACK) return;
    const edge = seqAdd(seg.ack, seg.wnd << this.shift(peer, own));
    if (own.allowed === null || seqGt(edge, own.allowed)) own.allowed = edge;
  }

  private leaves(packet: Packet, own: Side, peer: Side, at: number): void {
    const { segment: seg } = this;
    const reason = this.read(packet);
    if (reason !== Reject.None) return this.complain(own, at, `sent a packet that nobody can read (${reason})`);
    if (packet.length > this.mtu) this.complain(own, at, `sent ${packet.length} octets, more than the MTU`);
    if (seg.has(RST)) return;
    if (seg.has(SYN)) {
      own.shift = seg.options.windowScale;
      own.mss = seg.options.mss;
      own.offered = null;
    }
    if (seg.has(ACK)) this.checkOffer(own, peer, at);
    if (seg.len > 0 && !seg.has(SYN)) this.checkText(own, peer, at);
  }

  /** RFC 9293 §3.8.6 (SHLD-14); RFC 7323 §2.4 allows for the rounding of a scaled window. */
  private checkOffer(own: Side, peer: Side, at: number): void {
    const { segment: seg } = this;
    const shift = this.shift(own, peer);
    const edge = seqAdd(seg.ack, seg.wnd << shift);
    const moved = own.offered === null ? 1 : seqDiff(edge, own.offered);
    if (moved <= -(1 << shift)) this.complain(own, at, `moved its right edge ${-moved} octets left (shift ${shift})`);
    if (moved > 0) own.offered = edge;
  }

  private checkText(own: Side, peer: Side, at: number): void {
    const { segment: seg } = this;
    const most = peer.mss > 0 ? peer.mss : seg.src.isV4 ? 536 : 1220;
    if (seg.dataLength + optionsLength(seg.options) > most) this.complain(own, at, `sent ${seg.dataLength} octets of text to a peer with MSS ${most}`);
    if (own.allowed === null) return this.complain(own, at, 'sent text before it heard of a window');
    const beyond = seqDiff(seg.end, own.allowed);
    if (beyond <= 0) return;
    if (beyond === 1 && seg.len === 1) this.probes++;
    else this.complain(own, at, `sent ${beyond} octets beyond the window`);
  }

  /** Of windows that `from` offers in this segment. */
  private shift(from: Side, to: Side): number {
    return this.segment.has(SYN) || from.shift < 0 || to.shift < 0 ? 0 : Math.min(from.shift, 14);
  }

  private complain(side: Side, at: number, what: string): void {
    if (this.problems.length < 10) this.problems.push(`${side.name} ${what}, at ${(at / 1e6).toFixed(6)} s`);
  }
}
