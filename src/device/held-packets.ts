/** Packets on their way, in the order in which they will arrive. Slots and buffers are used again. */
import type { Micros } from '../util/units.js';
import type { Packet } from '../wire/packet.js';
import { PacketPool } from './packet-pool.js';

interface Held {
  packet: Packet | null;
  due: Micros;
  /** Let go once so many packets have overtaken it; Infinity = only time counts. */
  overtakers: number;
}

export class HeldPackets {
  private readonly pool: PacketPool;
  /** Sorted by `due`, latest first, so that the next to go is taken off the end. */
  private readonly held: Held[] = [];
  private readonly spare: Held[] = [];
  /** How many wait to be overtaken. */
  private patient = 0;

  constructor(capacity: number) {
    this.pool = new PacketPool(capacity);
  }

  get length(): number {
    return this.held.length;
  }

  /** Infinity when none is held. */
  get nextDue(): Micros {
    return this.held.length === 0 ? Infinity : (this.held[this.held.length - 1] as Held).due;
  }

  /** Keeps a copy, behind those with the same due time. @returns the copy, still open to change. */
  hold(packet: Packet, due: Micros, overtakers = Infinity): Packet {
    const slot = this.spare.pop() ?? { packet: null, due: 0, overtakers: 0 };
    const copy = this.pool.copy(packet);
    slot.packet = copy;
    slot.due = due;
    slot.overtakers = overtakers;
    if (overtakers !== Infinity) this.patient++;
    this.insert(slot);
    return copy;
  }

  /** Takes the next one off; call `release` when done with it. At least one must be held. */
  next(): Packet {
    const slot = this.held.pop() as Held;
    if (slot.overtakers !== Infinity) this.patient--;
    const packet = slot.packet as Packet;
    slot.packet = null;
    this.spare.push(slot);
    return packet;
  }

  release(packet: Packet): void {
    this.pool.give(packet);
  }

  /** A packet has gone ahead at `now`: those that have been overtaken often enough become due. */
  overtaken(now: Micros): void {
    if (this.patient === 0) return;
    for (let i = this.held.length - 1; i >= 0; i--) {
      const slot = this.held[i] as Held;
      if (slot.overtakers === Infinity || --slot.overtakers > 0) continue;
      this.patient--;
      slot.overtakers = Infinity;
      slot.due = Math.min(slot.due, now);
      this.held.splice(i, 1);
      this.insert(slot);
    }
  }

  clear(): void {
    while (this.held.length > 0) this.release(this.next());
  }

  /** Most packets go in at the front (latest due); a binary search keeps the rest quick too. */
  private insert(slot: Held): void {
    let low = 0;
    let high = this.held.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.held[middle] as Held).due <= slot.due) high = middle;
      else low = middle + 1;
    }
    this.held.splice(low, 0, slot);
  }
}
