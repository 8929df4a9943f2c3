/**
 * Two hosts on one line in virtual time. The network steps from event to event, so hours of TCP take milliseconds, and
 * the same seed gives the same run to the octet.
 */
import { createPipe } from '../device/pipe.js';
import type { Fate } from '../device/impairment.js';
import type { Direction } from '../trace/tracer.js';
import { Address } from '../util/address.js';
import type { Duration, Micros } from '../util/units.js';
import { HOUR } from '../util/units.js';
import type { Packet } from '../wire/packet.js';
import { Host, type HostOptions } from './host.js';
import { VirtualClock } from './virtual-clock.js';

export interface NetworkOptions {
  /** Any integer. Default 1. */
  readonly seed?: number;
  /** 2001:db8::1 and 2001:db8::2 instead of 192.0.2.1 and 192.0.2.2. */
  readonly ipv6?: boolean;
  /** Octets. Default 1500. */
  readonly mtu?: number;
  /** Packets that may wait between the devices. Default 100,000: only the impairments limit. */
  readonly queue?: number;
  readonly a?: HostOptions;
  readonly b?: HostOptions;
}

/** Long enough for everything that ends by itself. */
const LONGEST: Duration = 100 * 24 * HOUR;

export class Network {
  readonly clock = new VirtualClock();
  readonly a: Host;
  readonly b: Host;

  constructor(options: NetworkOptions = {}) {
    const { clock } = this;
    const { seed = 1, ipv6 = false } = options;
    const [left, right] = createPipe({ clock, mtu: options.mtu, limit: options.queue ?? 100_000, names: ['sim-a', 'sim-b'] });
    const addresses = ipv6 ? ['2001:db8::1', '2001:db8::2'] : ['192.0.2.1', '192.0.2.2'];
    this.a = new Host({
      name: 'a', address: Address.from(addresses[0]), clock, device: left, seed: 2 * seed,
      onFate: (packet, fate, label, at) => this.tell(this.a, this.b, packet, fate, label, at),
    }, options.a ?? {});
    this.b = new Host({
      name: 'b', address: Address.from(addresses[1]), clock, device: right, seed: 2 * seed + 1,
      onFate: (packet, fate, label, at) => this.tell(this.b, this.a, packet, fate, label, at),
    }, options.b ?? {});
  }

  now(): Micros {
    return this.clock.now();
  }

  /** Runs until the condition holds, nothing is left to happen, or the time is up. @returns did it hold */
  run(condition: () => boolean, limit: Duration = LONGEST): boolean {
    return this.clock.run(condition, limit);
  }

  /** Runs until nothing is left to happen. @returns false if the time was up first */
  settle(limit: Duration = LONGEST): boolean {
    this.clock.run(() => this.clock.next === Infinity, limit);
    return this.clock.next === Infinity;
  }

  /** Lets so much time pass. */
  advance(duration: Duration): void {
    this.clock.advance(duration);
  }

  /** Stops both hosts and finishes their captures. @throws CaptureError */
  close(): void {
    this.a.close();
    this.b.close();
  }

  /** Each host's capture shows what became of its packets, and of those that were meant for it. */
  private tell(sender: Host, receiver: Host, packet: Packet, fate: Fate, label: string, at: Micros): void {
    if (!sender.captures && !receiver.captures) return;
    const what = fate === 'queue-full' ? 'lost' : fate;
    const bytes = packet.toBytes();
    const told = (direction: Direction): void => (direction === 'out' ? sender : receiver).fate({ at, direction, bytes, what, label });
    told('out');
    told('in');
  }
}
