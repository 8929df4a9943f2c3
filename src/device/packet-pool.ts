/** Packets to keep copies in, used again and again: a device that holds packets allocates nothing once it is warm. */
import { Packet } from '../wire/packet.js';

export class PacketPool {
  private readonly free: Packet[] = [];

  /** @param capacity octets of each packet; a larger one to copy gets a packet of its own. */
  constructor(private readonly capacity: number) {}

  copy(packet: Packet): Packet {
    const length = packet.end - packet.start;
    const copy = (length <= this.capacity ? this.free.pop() : undefined) ?? new Packet(Math.max(this.capacity, length));
    copy.fill(packet.bytes, packet.start, packet.end);
    copy.gsoSize = packet.gsoSize;
    return copy;
  }

  /** Gives a copy back; the caller no longer touches it. */
  give(packet: Packet): void {
    if (packet.bytes.length === this.capacity) this.free.push(packet);
  }
}
