/**
 * One direction of a Netem: decides each packet's fate in the order script, loss, corruption, duplication, reordering,
 * link rate, delay, and holds those that arrive later. A packet to which nothing happens is passed on as it is, uncopied.
 */
import type { Alarm, Clock } from '../util/clock.js';
import { MILLISECOND, SECOND, type Duration, type Micros } from '../util/units.js';
import { Random } from '../util/random.js';
import { IpHeader, readIp } from '../wire/ip.js';
import type { Packet } from '../wire/packet.js';
import { completeChecksum } from '../wire/tcp.js';
import type { Gremlins, Verdict } from './gremlins.js';
import { HeldPackets } from './held-packets.js';
import type { Direction, Fate, Impairment } from './impairment.js';

const DEFAULT_LIMIT = 1000;
const DEFAULT_REORDER_BY: Duration = 5 * MILLISECOND;

export interface LaneOptions {
  readonly direction: Direction;
  readonly clock: Clock;
  readonly seed: number;
  /** Octets of the packets it usually holds. */
  readonly mtu: number;
  readonly gremlins: Gremlins;
  /** Packets may lack their checksum, see Device.partialChecksums: whatever spoils one would go unnoticed. */
  readonly partialChecksums: boolean;
  readonly onFate: ((packet: Packet, direction: Direction, fate: Fate, label: string, at: Micros) => void) | undefined;
  /** Passes a packet on. @returns false if whoever takes it has no room. */
  readonly pass: (packet: Packet, at: Micros) => boolean;
  /** Held packets have been passed on. */
  readonly passed: () => void;
}

export class NetemLane {
  impairment: Impairment = {};
  private readonly direction: Direction;
  private readonly clock: Clock;
  private readonly random: Random;
  private readonly held: HeldPackets;
  private readonly header = new IpHeader();
  private readonly alarm: Alarm;
  /** What the alarm is set to. */
  private armed: Micros = Infinity;
  /** Gilbert-Elliott: the line is in its bad state. */
  private bad = false;
  /** When the link has sent what it was given. */
  private linkFree: Micros = -Infinity;
  /** Due time of the last packet that keeps its place in the order. */
  private lastDue: Micros = -Infinity;

  constructor(private readonly options: LaneOptions) {
    this.direction = options.direction;
    this.clock = options.clock;
    this.random = new Random(options.seed);
    this.held = new HeldPackets(options.mtu);
    this.alarm = options.clock.alarm(() => this.release());
  }

  /** @returns false only if the packet was passed on at once and found no room: the network's losses are silent. */
  take(packet: Packet, at: Micros): boolean {
    if (this.held.nextDue <= at) this.passDue(at);
    const verdict = this.options.gremlins.judge(packet, this.direction);
    const lost = verdict?.drop ?? this.drawLoss();
    if (lost !== null) {
      this.tell(packet, 'lost', lost, at);
      return true;
    }
    const twice = verdict?.duplicate ?? this.draw(this.impairment.duplicate, 'chance duplicate');
    const spoilt = verdict?.corrupt ?? this.draw(this.impairment.corrupt, 'chance corruption');
    if (twice !== null) this.tell(packet, 'duplicated', twice, at);
    if (spoilt !== null) this.tell(packet, 'corrupted', spoilt, at);
    const taken = this.forward(packet, at, verdict, spoilt !== null);
    // The second copy is a good one: what spoils a packet does so on the way.
    if (twice !== null) this.forward(packet, at, verdict, false);
    if (this.held.nextDue <= at) this.passDue(at);
    this.arm();
    return taken;
  }

  close(): void {
    this.held.clear();
    this.arm();
  }

  private draw(probability: number | undefined, label: string): string | null {
    return probability !== undefined && this.random.chance(probability) ? label : null;
  }

  private drawLoss(): string | null {
    const { loss, burst } = this.impairment;
    if (burst !== undefined) {
      this.bad = this.bad ? !this.random.chance(burst.r) : this.random.chance(burst.p);
      if (this.bad && this.random.chance(burst.lossInBad ?? 1)) return 'burst loss';
    }
    return this.draw(loss, 'chance loss');
  }

  /** Passes the packet on now or holds a copy until it is due. A spoilt one is always held: its copy is what is changed. */
  private forward(packet: Packet, at: Micros, verdict: Verdict | null, spoilt: boolean): boolean {
    if (this.held.length >= (this.impairment.limit ?? DEFAULT_LIMIT)) {
      this.tell(packet, 'queue-full', 'queue full', at);
      return true;
    }
    let due = this.dueTime(packet, at);
    let overtakers = Infinity;
    const script = verdict?.delay ?? null;
    if (script !== null && verdict !== null) {
      this.tell(packet, 'delayed', script, at);
      due += verdict.delayBy;
    } else if (this.random.chance(this.impairment.reorder ?? 0)) {
      this.tell(packet, 'reordered', 'held back, others overtake it', at);
      due += this.impairment.reorderBy ?? DEFAULT_REORDER_BY;
      overtakers = this.impairment.reorderPackets ?? Infinity;
    } else {
      // Only a packet that keeps its place holds up those behind it.
      this.lastDue = due;
      if (due <= at && !spoilt) return this.pass(packet, at);
    }
    const copy = this.held.hold(packet, due, overtakers);
    const scripted = verdict !== null && verdict.corrupt !== null;
    if (spoilt) this.flipBit(copy, scripted ? verdict.tcpStart - packet.start : 0);
    return true;
  }

  /** When the link and the line have carried it; never before the packet ahead of it. */
  private dueTime(packet: Packet, at: Micros): Micros {
    const { rate = 0, delay = 0, jitter = 0 } = this.impairment;
    let sent = at;
    if (rate > 0) {
      sent = Math.max(at, this.linkFree) + ((packet.end - packet.start) * 8 * SECOND) / rate;
      this.linkFree = sent;
    }
    const wobble = jitter > 0 ? (this.random.float() * 2 - 1) * jitter : 0;
    return Math.max(sent + Math.max(delay + wobble, 0), this.lastDue);
  }

  /** A scripted flip hits the TCP segment, so that its checksum tells; one by chance hits anything. */
  private flipBit(packet: Packet, from: number): void {
    if (packet.end <= from) return;
    if (this.options.partialChecksums && readIp(packet, this.header) === 0) completeChecksum(packet, this.header);
    const at = this.random.int(from, packet.end);
    packet.bytes[at] = (packet.bytes[at]) ^ (1 << this.random.int(0, 8));
  }

  private pass(packet: Packet, at: Micros): boolean {
    const { start, end } = packet;
    const taken = this.options.pass(packet, at);
    packet.start = start;
    packet.end = end;
    this.held.overtaken(at);
    return taken;
  }

  private passDue(now: Micros): void {
    while (this.held.nextDue <= now) {
      const packet = this.held.next();
      if (!this.options.pass(packet, now)) this.tell(packet, 'queue-full', 'the device had no room', now);
      this.held.release(packet);
      this.held.overtaken(now);
    }
  }

  private release(): void {
    const now = this.clock.now();
    this.armed = Infinity;
    if (this.held.nextDue <= now) {
      this.passDue(now);
      this.options.passed();
    }
    this.arm();
  }

  private arm(): void {
    const due = this.held.nextDue;
    if (due === this.armed) return;
    this.armed = due;
    this.alarm.set(due);
  }

  private tell(packet: Packet, fate: Fate, label: string, at: Micros): void {
    this.options.onFate?.(packet, this.direction, fate, label, at);
  }
}
