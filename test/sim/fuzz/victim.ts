/** The stack under attack, on a tap through which anybody may slip packets in; on its line lives one honest peer. */
import { createPipe } from '../../../src/device/pipe.js';
import type { Device } from '../../../src/device/device.js';
import { VirtualClock } from '../../../src/sim/virtual-clock.js';
import { Stack } from '../../../src/stack/stack.js';
import { RuleCoverage } from '../../../src/trace/coverage.js';
import { Address } from '../../../src/util/address.js';
import { Random } from '../../../src/util/random.js';
import { SECOND, type Micros } from '../../../src/util/units.js';
import { Packet } from '../../../src/wire/packet.js';

/** Families side by side: index 0 is IPv4, 1 is IPv6. */
export const VICTIM = [Address.from('192.0.2.1'), Address.from('2001:db8::1')] as const;
export const PEER = [Address.from('192.0.2.2'), Address.from('2001:db8::2')] as const;
/** Hosts that exist only in forged packets. */
export const PUPPET = [Address.from('192.0.2.9'), Address.from('2001:db8::9')] as const;

const KEPT = 256;

/** The last packets that went by, copies. */
export class Album {
  private readonly pictures: Packet[] = [];
  private next = 0;

  take(packet: Packet): void {
    const picture = this.pictures[this.next] ?? new Packet(2048);
    this.pictures[this.next] = picture.fill(packet.bytes, packet.start, packet.end);
    this.next = (this.next + 1) % KEPT;
  }

  any(random: Random): Packet | undefined {
    return this.pictures.length === 0 ? undefined : random.pick(this.pictures);
  }
}

export class Tap implements Device {
  readonly name = 'tap';
  readonly offload = null;
  /** What the victim was sent by its peer, and what it sent. */
  readonly incoming = new Album();
  readonly outgoing = new Album();
  private receive: (packet: Packet, at: Micros) => void = () => undefined;
  private batchEnd: () => void = () => undefined;

  constructor(private readonly inner: Device, private readonly now: () => Micros) {}

  get mtu(): number {
    return this.inner.mtu;
  }

  open(receive: (packet: Packet, at: Micros) => void, batchEnd: () => void): void {
    this.receive = receive;
    this.batchEnd = batchEnd;
    this.inner.open((packet, at) => {
      this.incoming.take(packet);
      receive(packet, at);
    }, batchEnd);
  }

  /** Answers to forged addresses lead nowhere: the peer would only throw them away. */
  send(packet: Packet): boolean {
    this.outgoing.take(packet);
    const { bytes, start, end } = packet;
    const last = (bytes[start] >> 4 === 4 ? start + 19 : start + 39);
    return last >= end || bytes[last] !== 2 || this.inner.send(packet);
  }

  close(): void {
    this.inner.close();
  }

  inject(packet: Packet): void {
    this.receive(packet, this.now());
  }

  endBatch(): void {
    this.batchEnd();
  }
}

export class Victim {
  readonly clock = new VirtualClock();
  readonly tap: Tap;
  readonly stack: Stack;
  readonly peer: Stack;
  readonly rules = new RuleCoverage();

  constructor(seed: number) {
    const { clock } = this;
    const [left, right] = createPipe({ clock, limit: 10_000 });
    this.tap = new Tap(left, () => clock.now());
    const secret = (salt: number): Uint8Array => {
      const octets = new Uint8Array(16);
      new Random(seed + salt).fill(octets);
      return octets;
    };
    const config = { receiveBuffer: 16_384, sendBuffer: 16_384, msl: 2 * SECOND, challengeAckLimit: 20 };
    this.stack = new Stack({ device: this.tap, clock, addresses: VICTIM, secret: secret(1), config, tracer: this.rules });
    this.peer = new Stack({ device: right, clock, addresses: PEER, secret: secret(2), config });
  }
}
