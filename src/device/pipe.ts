/**
 * Two devices joined by a cable, in one process. What one end sends, the other receives when the clock's alarm rings, on
 * a real or a virtual clock alike; never inside `send`, so that two stacks do not run inside each other.
 */
import type { Alarm, Clock } from '../util/clock.js';
import type { Micros } from '../util/units.js';
import type { Packet } from '../wire/packet.js';
import type { Device } from './device.js';
import { PacketPool } from './packet-pool.js';

export interface PipeOptions {
  readonly clock: Clock;
  /** Octets. Default 1500. */
  readonly mtu?: number;
  /** Packets that may wait at each end. Default 1000. */
  readonly limit?: number;
  /** Names of the two ends. Default pipe0, pipe1. */
  readonly names?: readonly [string, string];
}

export function createPipe(options: PipeOptions): [Device, Device] {
  const [a, b] = options.names ?? ['pipe0', 'pipe1'];
  const left = new PipeEnd(a, options);
  const right = new PipeEnd(b, options);
  left.peer = right;
  right.peer = left;
  return [left, right];
}

class PipeEnd implements Device {
  readonly offload = null;
  readonly mtu: number;
  /** The other end; null before the cable is plugged in and after closing. */
  peer: PipeEnd | null = null;
  private readonly clock: Clock;
  private readonly alarm: Alarm;
  private readonly pool: PacketPool;
  /** A ring of packets that wait to be received here. */
  private readonly ring: (Packet | null)[];
  private head = 0;
  private waiting = 0;
  private scheduled = false;
  private receive: ((packet: Packet, at: Micros) => void) | null = null;
  private batchEnd: () => void = () => undefined;

  constructor(readonly name: string, { clock, mtu = 1500, limit = 1000 }: PipeOptions) {
    this.clock = clock;
    this.mtu = mtu;
    this.pool = new PacketPool(mtu);
    this.ring = new Array<Packet | null>(Math.max(1, limit)).fill(null);
    this.alarm = clock.alarm(() => this.deliver());
  }

  open(receive: (packet: Packet, at: Micros) => void, batchEnd: () => void): void {
    this.receive = receive;
    this.batchEnd = batchEnd;
    this.schedule();
  }

  send(packet: Packet): boolean {
    return this.peer !== null && packet.end - packet.start <= this.mtu && this.peer.accept(packet);
  }

  /** Packets that wait at this end are forgotten; what the other end sends is refused. Idempotent. */
  close(): void {
    if (this.peer !== null) this.peer.peer = null;
    this.peer = null;
    this.receive = null;
    this.alarm.set(Infinity);
    this.ring.fill(null);
    this.waiting = 0;
  }

  private accept(packet: Packet): boolean {
    if (this.waiting === this.ring.length) return false;
    this.ring[(this.head + this.waiting) % this.ring.length] = this.pool.copy(packet);
    this.waiting++;
    this.schedule();
    return true;
  }

  private schedule(): void {
    if (this.scheduled || this.waiting === 0 || this.receive === null) return;
    this.scheduled = true;
    this.alarm.set(this.clock.now());
  }

  /** One batch: what waits now. What is sent meanwhile waits for the next one. */
  private deliver(): void {
    this.scheduled = false;
    const now = this.clock.now();
    let left = this.waiting;
    if (left === 0) return;
    while (left-- > 0 && this.receive !== null) {
      const packet = this.ring[this.head] as Packet;
      this.ring[this.head] = null;
      this.head = (this.head + 1) % this.ring.length;
      this.waiting--;
      this.receive(packet, now);
      this.pool.give(packet);
    }
    if (this.receive !== null) this.batchEnd();
    this.schedule();
  }
}
