/** Packets of a run: sends the script's, waits for the subject's, and finds out whose they are. */
import type { Micros } from '../util/units.js';
import { ACK, SYN } from '../wire/segment.js';
import type { IcmpPacketEvent, PacketEvent, TcpPacketEvent } from './ast.js';
import { buildIcmp, buildTcp } from './build.js';
import type { ScriptSocket } from './connections.js';
import { icmpNumbers } from './icmp-names.js';
import { differences, flagBits, ipDifferences } from './match.js';
import { seenText } from './notation.js';
import type { LadderRow } from './result.js';
import type { RunWorld } from './run-world.js';
import { joined, readSeen, type Seen, type SeenTcp } from './seen.js';
import { Stop } from './stop.js';
import { ANY_TIME_LIMIT } from './subject.js';
import { type Due, seconds } from './timeline.js';

/** When nothing came in time, the report says what came instead, so much later. */
const LOOK_FURTHER = 120_000_000;
const LOOK_FURTHER_REAL = 500_000;
const ANY_TIME_LIMIT_REAL = 60_000_000;

/** Told of differences; does not return unless they are only warnings. */
type Differ = (differences: readonly string[], timing: boolean) => void;

export class Packets {
  /** Taken from the subject and not expected yet. */
  private inbox: Seen[] = [];

  constructor(private readonly world: RunWorld) {}

  /** Takes what the subject has sent. @returns was there something */
  drain(): boolean {
    const before = this.inbox.length;
    for (let packet = this.world.subject.takePacket(); packet !== undefined; packet = this.world.subject.takePacket()) this.inbox.push(readSeen(packet));
    return this.inbox.length > before;
  }

  /** An inbound packet of the script. */
  send(event: PacketEvent): void {
    const { connections, settings, subject } = this.world;
    const octets = event.protocol === 'icmp'
      ? buildIcmp(event, this.icmpSocket(event), settings)
      : buildTcp(event, this.inboundSocket(event), connections, settings);
    subject.inject(octets, event.protocol === 'tcp' && settings.mss > 0 && event.length > settings.mss ? settings.mss : 0);
    this.drain();
  }

  /** An outbound packet that the script expects. */
  expect(event: PacketEvent, due: Due, differ: Differ): void {
    if (event.protocol === 'icmp') this.expectIcmp(event, due, differ);
    else this.expectTcp(event, due, differ);
  }

  private icmpSocket(event: IcmpPacketEvent): ScriptSocket {
    const socket = this.world.connections.underTest;
    if (socket === undefined) throw new Stop('error', 'there is no connection that this ICMP message could be about', event.at);
    return socket;
  }

  private inboundSocket(event: TcpPacketEvent): ScriptSocket {
    const socket = this.findInbound(event);
    const flags = flagBits(event.flags);
    if (socket.state === 'synack-sent' && (flags & ACK) !== 0) {
      socket.state = 'synack-acked';
    } else if (socket.state === 'syn-sent' && (flags & SYN) !== 0 && (flags & ACK) !== 0) {
      socket.state = 'syn-acked';
      socket.remoteIsn = event.seq | 0;
    }
    return socket;
  }

  /** A packet to a listening socket begins a connection; so does a SYN with ports that are new. Anything else is for what there is. */
  private findInbound({ ports, flags, seq }: TcpPacketEvent): ScriptSocket {
    const { connections, settings } = this.world;
    const known = ports === undefined ? undefined : connections.byPorts(ports.to, ports.from);
    if (known !== undefined) return known;
    const current = connections.underTest;
    if (current === undefined || current.state === 'listening') {
      const child = connections.child(ports?.to ?? settings.bindPort, ports?.from ?? 0, seq);
      connections.underTest = child;
      return child;
    }
    const bits = flagBits(flags);
    if (ports !== undefined && (bits & SYN) !== 0 && (bits & ACK) === 0) return connections.child(ports.to, ports.from, seq);
    return current;
  }

  private findOutbound({ ports, flags, seq, at }: TcpPacketEvent): ScriptSocket {
    const { connections } = this.world;
    const bits = flagBits(flags);
    const current = connections.underTest;
    if (current?.state === 'connecting' && (bits & SYN) !== 0 && (bits & ACK) === 0) {
      current.state = 'syn-sent';
      current.scriptLocalIsn = seq | 0;
      return current;
    }
    const known = ports === undefined ? undefined : connections.byPorts(ports.from, ports.to);
    const socket = known ?? current;
    if (socket === undefined) throw new Stop('error', 'there is no socket that this packet could be from', at);
    return socket;
  }

  private expectTcp(event: TcpPacketEvent, due: Due, differ: Differ): void {
    const { settings, subject, connections, zeros, timeline } = this.world;
    const socket = this.findOutbound(event);
    const bits = flagBits(event.flags);
    const synAck = socket.state === 'packet-received' && (bits & SYN) !== 0 && (bits & ACK) !== 0;
    if (synAck) socket.scriptLocalIsn = event.seq | 0;
    const segments = this.collect(event, due, socket, synAck, differ);
    if (segments === undefined) return;
    const seen = joined(segments);
    const expectation = { event, socket, connections, settings, zeros, checksums: subject.name !== 'kernel' };
    const found = differences(expectation, seen);
    const late = timeline.check(seen.at, 'the packet');
    if (late !== undefined) found.push(late);
    this.row(event, due, seen, socket, found.length === 0 ? 'same' : 'differs');
    if (found.length === 0) return;
    this.others(socket);
    differ(found, late !== undefined && found.length === 1);
  }

  /** The segments that make up the expected one; undefined when the difference has been told. */
  private collect(event: TcpPacketEvent, due: Due, socket: ScriptSocket, synAck: boolean, differ: Differ): SeenTcp[] | undefined {
    const segments: SeenTcp[] = [];
    let length = 0;
    do {
      const seen = this.next(socket, this.latest());
      if (seen === undefined) {
        this.nothing(event, due, socket, segments, differ);
        return undefined;
      }
      if (synAck && socket.state === 'packet-received') {
        socket.state = 'synack-sent';
        socket.liveLocalIsn = seen.seq | 0;
      }
      const previous = segments[segments.length - 1];
      if (previous !== undefined && !continues(previous, seen, event.length - length)) {
        // What came first is not what is expected, and what comes next does not make it so.
        this.inbox.unshift(seen);
        break;
      }
      segments.push(seen);
      length += seen.payload.length;
    } while (length < event.length && !this.world.settings.strictSegments);
    return segments;
  }

  private latest(): Micros {
    const { timeline, subject } = this.world;
    const latest = timeline.latest();
    return latest < Infinity ? latest : subject.now() + (subject.realTime ? ANY_TIME_LIMIT_REAL : ANY_TIME_LIMIT);
  }

  /** The next packet of this socket's, waiting for it until then. Packets before it that the script knows nothing of are dropped. */
  private next(socket: ScriptSocket, until: Micros): SeenTcp | undefined {
    for (;;) {
      const index = this.inbox.findIndex((seen) => this.owner(seen) === socket);
      if (index >= 0) {
        const seen = this.inbox[index];
        this.inbox = this.inbox.filter((other, i) => i > index || (i < index && this.owner(other) !== undefined));
        return seen.kind === 'tcp' ? seen : undefined;
      }
      if (!this.world.wait(until) && !this.inbox.some((seen) => this.owner(seen) === socket)) return undefined;
    }
  }

  /** Whose packet is it? A first SYN shows which ports and which ISN a connecting socket has. */
  private owner(seen: Seen): ScriptSocket | undefined {
    if (seen.kind !== 'tcp') return undefined;
    const isSyn = (seen.flags & SYN) !== 0 && (seen.flags & ACK) === 0;
    const socket = this.world.connections.ofLivePacket(seen.srcPort, seen.dstPort, isSyn);
    if (socket !== undefined && socket.localPort === 0) {
      socket.localPort = seen.srcPort;
      socket.liveLocalIsn = seen.seq | 0;
    }
    return socket;
  }

  /** Nothing came in time: looks a little further, to say what would have come. */
  private nothing(event: TcpPacketEvent, due: Due, socket: ScriptSocket, segments: readonly SeenTcp[], differ: Differ): void {
    const { subject, timeline } = this.world;
    const later = this.next(socket, subject.now() + (subject.realTime ? LOOK_FURTHER_REAL : LOOK_FURTHER));
    const part = segments.length === 0 ? '' : ` after ${segments.reduce((sum, s) => sum + s.payload.length, 0)} of ${event.length} octets`;
    if (segments.length > 0) this.row(event, due, joined(segments), socket, 'differs');
    if (later === undefined) {
      if (segments.length === 0) this.world.ladder.push(rowOf(event, due, { seen: 'nothing', mark: 'missing' }));
      return differ([`nothing was sent${part}`], false);
    }
    if (segments.length === 0) this.row(event, due, later, socket, 'differs');
    else this.extra(later, socket);
    const late = timeline.check(later.at, 'the packet') ?? `the next packet came at ${seconds(timeline.scriptTime(later.at))}`;
    differ([`nothing was sent in time${part}; ${late}`], true);
  }

  private row(event: PacketEvent, due: Due, seen: Seen, socket: ScriptSocket | undefined, mark: LadderRow['mark']): void {
    this.world.ladder.push(rowOf(event, due, { seen: seenText(seen, socket), seenAt: this.world.timeline.scriptTime(seen.at), mark }));
  }

  private extra(seen: Seen, socket: ScriptSocket | undefined): void {
    this.world.ladder.push({ expected: '', seen: seenText(seen, socket), seenAt: this.world.timeline.scriptTime(seen.at), mark: 'extra' });
  }

  /** What else the socket has sent already goes below the difference. */
  private others(socket: ScriptSocket): void {
    this.drain();
    for (const seen of this.inbox) if (this.owner(seen) === socket) this.extra(seen, socket);
  }

  private expectIcmp(event: IcmpPacketEvent, due: Due, differ: Differ): void {
    const { settings, timeline } = this.world;
    const version = settings.subject.ipVersion === 'ipv6' ? 6 : 4;
    const { type, code } = icmpNumbers(event, version);
    const until = this.latest();
    let index = this.inbox.findIndex((seen) => seen.kind === 'icmp');
    while (index < 0 && this.world.wait(until)) index = this.inbox.findIndex((seen) => seen.kind === 'icmp');
    index = this.inbox.findIndex((seen) => seen.kind === 'icmp');
    const seen = index < 0 ? undefined : this.inbox.splice(index, 1)[0];
    if (seen?.kind !== 'icmp') {
      this.world.ladder.push(rowOf(event, due, { seen: 'nothing', mark: 'missing' }));
      return differ(['no ICMP message was sent'], false);
    }
    const found = ipDifferences(event.ip, seen, version);
    if (seen.type !== type) found.push(`ICMP type: expected ${type}, seen ${seen.type}`);
    if (seen.code !== code) found.push(`ICMP code: expected ${code}, seen ${seen.code}`);
    const late = timeline.check(seen.at, 'the packet');
    if (late !== undefined) found.push(late);
    this.row(event, due, seen, undefined, found.length === 0 ? 'same' : 'differs');
    if (found.length > 0) differ(found, late !== undefined && found.length === 1);
  }
}

function rowOf(event: PacketEvent, due: Due, rest: Pick<LadderRow, 'seen' | 'seenAt' | 'mark'>): LadderRow {
  return { at: event.at, expected: event.text, ...(due.any ? {} : { expectedAt: due.from }), ...rest };
}

/** Bits that segments of one burst may differ in: FIN and PSH close it, CWR opens it. */
const LOOSE = 0x01 | 0x08 | 0x80;

/** May the segment be the next part of the same large one? @param missing octets still expected, this segment's included */
function continues(previous: SeenTcp, next: SeenTcp, missing: number): boolean {
  const equal = next.payload.length === previous.payload.length || next.payload.length >= missing;
  return equal && (next.flags & ~LOOSE) === (previous.flags & ~LOOSE) && next.seq === (previous.seq + previous.payload.length) >>> 0 && next.ack === previous.ack
    && next.window === previous.window && next.urgent === previous.urgent && optionLength(next) === optionLength(previous);
}

const optionLength = ({ options }: SeenTcp): number => options.reduce((sum, { body, kind }) => sum + (kind <= 1 ? 1 : 2 + body.length), 0);
