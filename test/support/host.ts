/** A whole stack on a wire that the test holds the other end of, in virtual time: packets in as octets, packets out as lines. */
import type { Device, PortClaims } from '../../src/device/device.js';
import { VirtualClock } from '../../src/sim/virtual-clock.js';
import { Stack, type StackOptions } from '../../src/stack/stack.js';
import { Address } from '../../src/util/address.js';
import { seq } from '../../src/util/seq.js';
import type { Micros } from '../../src/util/units.js';
import { Packet } from '../../src/wire/packet.js';
import { covered } from './coverage.js';
import { Recorder } from './recorder.js';
import { brief, buildPacket, parsePacket, type Shape, type Socket } from './segments.js';

export const US = Address.from('192.0.2.2');
export const PEER = Address.from('192.0.2.1');
export const US6 = Address.from('2001:db8::2');
export const PEER6 = Address.from('2001:db8::1');
export const ISS = 0xffff_fff0;
export const IRS = 0x7fff_fff0;

export class Wire implements Device {
  readonly name = 'wire';
  readonly offload = null;
  partialChecksums = false;
  ports: PortClaims | undefined;
  readonly sent: Packet[] = [];
  full = false;
  closed = false;
  receive: (packet: Packet, at: Micros) => void = () => undefined;
  batchEnd: () => void = () => undefined;

  constructor(readonly mtu = 1500) {}

  open(receive: (packet: Packet, at: Micros) => void, batchEnd: () => void): void {
    this.receive = receive;
    this.batchEnd = batchEnd;
  }

  send(packet: Packet): boolean {
    if (this.full) return false;
    this.sent.push(Packet.of(packet.toBytes()));
    return true;
  }

  close(): void {
    this.closed = true;
  }
}

export class HostBench {
  readonly clock = new VirtualClock();
  readonly recorder = new Recorder();
  readonly stack: Stack;

  constructor(options: Partial<StackOptions> = {}, readonly wire = new Wire()) {
    this.stack = new Stack({
      device: this.wire, clock: this.clock, addresses: [US, US6], secret: new Uint8Array(16).fill(7), tracer: covered(this.recorder),
      iss: () => seq(ISS), ...options, config: { timestamps: false, sack: false, windowScaling: false, ...options.config },
    });
  }

  /** Segments arrive in one batch, from a port of the peer to a port of ours. @returns what was sent */
  arrive(from: number, to: number, ...shapes: Shape[]): string[] {
    return this.packets(...shapes.map((shape) => buildPacket(shape, { address: PEER, port: from }, { address: US, port: to }, seq(IRS), seq(ISS))));
  }

  /** Packets arrive in one batch. */
  packets(...packets: Packet[]): string[] {
    for (const packet of packets) this.wire.receive(packet, this.clock.now());
    this.wire.batchEnd();
    return this.out();
  }

  /** What was sent since the last look; our numbers count from ISS, the peer's from IRS. */
  out(): string[] {
    return this.wire.sent.splice(0).map((packet) => brief(parsePacket(packet), seq(ISS), seq(IRS)));
  }

  /** The packet sent last, whether looked at or not. */
  lastSent(): Packet {
    const last = this.recorder.sent.at(-1);
    if (last === undefined) throw new Error('nothing was sent');
    return Packet.of(last.bytes);
  }

  /** The handshake of a connection to a listener of ours. */
  open(from: number, to: number): void {
    this.arrive(from, to, { flags: 'S', seq: 0, mss: 1460 });
    this.arrive(from, to, { flags: '.', seq: 1, ack: 1 });
  }
}

export const socket = (address: Address, port: number): Socket => ({ address, port });
