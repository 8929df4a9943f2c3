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

/** Taken slots at the front of the list before it is moved up. */
const SLACK = 256;

export class HeldPackets {
  private readonly pool: PacketPool;
  /** slots[head …] are held, the next due first. */
  private readonly slots: Held[] = [];
  private head = 0;
  private readonly spare: Held[] = [];
  /** How many wait to be overtaken. */
  private patient = 0;

  constructor(capacity: number) {
    this.pool = new PacketPool(capacity);
  }

  get length(): number {
    return this.slots.length - this.head;
  }

  /** Infinity when none is held. */
  get nextDue(): Micros {
    return this.head === this.slots.length ? Infinity : (this.slots[this.head]).due;
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
    const slot = this.slots[this.head];
    this.head++;
    if (this.head === this.slots.length || this.head >= SLACK) {
      this.slots.splice(0, this.head);
      this.head = 0;
    }
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
    for (let i = this.head; i < this.slots.length; i++) {
      const slot = this.slots[i];
      if (slot.overtakers === Infinity || --slot.overtakers > 0) continue;
      this.patient--;
      slot.overtakers = Infinity;
      slot.due = Math.min(slot.due, now);
      this.slots.splice(i, 1);
      this.insert(slot);
    }
  }

  clear(): void {
    while (this.length > 0) this.release(this.next());
  }

  /** Nearly always at the end; a binary search keeps the rest quick. */
  private insert(slot: Held): void {
    let low = this.head;
    let high = this.slots.length;
    if (high === low || (this.slots[high - 1]).due <= slot.due) {
      this.slots.push(slot);
      return;
    }
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.slots[middle]).due <= slot.due) low = middle + 1;
      else high = middle;
    }
    this.slots.splice(low, 0, slot);
  }
}
