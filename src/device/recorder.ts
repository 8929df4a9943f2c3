/** Wraps a device and tells a sink of every packet that crosses it: the tap for captures and tests. */
import type { Clock } from '../util/clock.js';
import type { Micros } from '../util/units.js';
import type { Packet } from '../wire/packet.js';
import type { Device, PortClaims } from './device.js';

/** The packet is lent. `taken` is what the device said to `send`; always true for packets that come in. */
export type PacketSink = (packet: Packet, at: Micros, direction: 'in' | 'out', taken: boolean) => void;

export class Recorder implements Device {
  constructor(private readonly inner: Device, private readonly clock: Clock, private readonly sink: PacketSink) {}

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

  open(receive: (packet: Packet, at: Micros) => void, batchEnd: () => void): void {
    this.inner.open((packet, at) => {
      this.sink(packet, at, 'in', true);
      receive(packet, at);
    }, batchEnd);
  }

  poll(): void {
    this.inner.poll?.();
  }

  send(packet: Packet): boolean {
    // The instant before the device takes it: a TUN runs the kernel's receive path inside its write.
    const at = this.clock.now();
    const taken = this.inner.send(packet);
    this.sink(packet, at, 'out', taken);
    return taken;
  }

  close(): void {
    this.inner.close();
  }
}
