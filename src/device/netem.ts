/**
 * A bad network in front of a device: seeded chance and scripted gremlins, one set of wishes per direction. The device
 * wrapped sees nothing of it, the stack behind it sees only what a network does: its `send` says true for packets lost
 * on the way. The same seed, packets and times give the same fates. With no wishes it passes packets on uncopied.
 */
import type { Clock } from '../util/clock.js';
import type { Micros } from '../util/units.js';
import type { Packet } from '../wire/packet.js';
import type { Device, PortClaims } from './device.js';
import { Gremlins } from './gremlins.js';
import type { Direction, Fate, Gremlin, Impairment } from './impairment.js';
import { NetemLane } from './netem-lane.js';

export interface NetemOptions {
  readonly clock: Clock;
  /** Any integer. Default 1. */
  readonly seed?: number;
  /** Towards our stack. */
  readonly in?: Impairment;
  /** From our stack. */
  readonly out?: Impairment;
  readonly gremlins?: readonly Gremlin[];
  /** Told of every packet to which something happens, before it goes on. The packet is lent. */
  readonly onFate?: (packet: Packet, direction: Direction, fate: Fate, label: string, at: Micros) => void;
}

export class Netem implements Device {
  private readonly gremlins: Gremlins;
  private readonly lanes: { readonly in: NetemLane; readonly out: NetemLane };
  private receive: (packet: Packet, at: Micros) => void = () => undefined;
  private batchEnd: () => void = () => undefined;
  /** Something was received since the last batch end. */
  private pending = false;

  constructor(private readonly inner: Device, private readonly options: NetemOptions) {
    const { clock, seed = 1, onFate } = options;
    this.gremlins = new Gremlins(options.gremlins ?? []);
    const common = { clock, mtu: inner.mtu, gremlins: this.gremlins, partialChecksums: inner.partialChecksums === true, onFate };
    const endBatch = (): void => this.endBatch();
    // Each direction has its own numbers: what one carries does not change the other's luck.
    this.lanes = {
      in: new NetemLane({ ...common, direction: 'in', seed, pass: (packet, at) => this.deliver(packet, at), passed: endBatch }),
      out: new NetemLane({ ...common, direction: 'out', seed: ~seed, pass: (packet) => inner.send(packet), passed: () => undefined }),
    };
    this.impair('in', options.in ?? {});
    this.impair('out', options.out ?? {});
  }

  get name(): string {
    return this.inner.name;
  }

  get mtu(): number {
    return this.inner.mtu;
  }

  get offload(): Device['offload'] {
    return this.inner.offload;
  }

  get partialChecksums(): boolean {
    return this.inner.partialChecksums === true;
  }

  get ports(): PortClaims | undefined {
    return this.inner.ports;
  }

  /** Changes the weather of one direction; packets on their way keep their times. */
  impair(direction: Direction, impairment: Impairment): void {
    this.lanes[direction].impairment = impairment;
  }

  /** Adds a script; it counts from now on. */
  addGremlin(gremlin: Gremlin): void {
    this.gremlins.add(gremlin);
  }

  open(receive: (packet: Packet, at: Micros) => void, batchEnd: () => void): void {
    this.receive = receive;
    this.batchEnd = batchEnd;
    const lane = this.lanes.in;
    this.inner.open((packet, at) => {
      lane.take(packet, at);
    }, () => this.endBatch());
  }

  poll(): void {
    this.inner.poll?.();
  }

  send(packet: Packet): boolean {
    return this.lanes.out.take(packet, this.options.clock.now());
  }

  /** Packets on their way are forgotten. */
  close(): void {
    this.lanes.in.close();
    this.lanes.out.close();
    this.inner.close();
  }

  private deliver(packet: Packet, at: Micros): boolean {
    this.pending = true;
    this.receive(packet, at);
    return true;
  }

  private endBatch(): void {
    if (!this.pending) return;
    this.pending = false;
    this.batchEnd();
  }
}
