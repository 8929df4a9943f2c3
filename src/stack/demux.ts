/** Whose segment is it? The table of connections by 4-tuple (RFC 9293 §3.3.1: a connection is a pair of sockets). */
import type { Address } from '../util/address.js';
import type { Endpoint } from './endpoint.js';

interface Slot {
  readonly endpoint: Endpoint;
  next: Slot | undefined;
}

export class Demux {
  private readonly slots = new Map<number, Slot>();
  size = 0;

  find(local: Address, localPort: number, remote: Address, remotePort: number): Endpoint | undefined {
    let slot = this.slots.get(hashOf(local, localPort, remote, remotePort));
    while (slot !== undefined) {
      const { connection } = slot.endpoint;
      if (connection.localPort === localPort && connection.remotePort === remotePort && connection.remote.equals(remote) && connection.local.equals(local)) {
        return slot.endpoint;
      }
      slot = slot.next;
    }
    return undefined;
  }

  add(endpoint: Endpoint, remote: Address, remotePort: number): void {
    const { local, localPort } = endpoint.connection;
    const hash = hashOf(local, localPort, remote, remotePort);
    endpoint.demuxHash = hash;
    this.slots.set(hash, { endpoint, next: this.slots.get(hash) });
    this.size++;
  }

  remove(endpoint: Endpoint): void {
    const hash = endpoint.demuxHash;
    let slot = this.slots.get(hash);
    let before: Slot | undefined;
    while (slot !== undefined && slot.endpoint !== endpoint) {
      before = slot;
      slot = slot.next;
    }
    if (slot === undefined) return;
    this.size--;
    if (before !== undefined) before.next = slot.next;
    else if (slot.next !== undefined) this.slots.set(hash, slot.next);
    else this.slots.delete(hash);
  }

  *[Symbol.iterator](): IterableIterator<Endpoint> {
    for (const first of this.slots.values()) for (let slot: Slot | undefined = first; slot !== undefined; slot = slot.next) yield slot.endpoint;
  }
}

/** Spreads by what differs between connections of one host: ports and the last words of the addresses. */
function hashOf(local: Address, localPort: number, remote: Address, remotePort: number): number {
  let h = Math.imul(remote.w3 ^ Math.imul(remote.w1, 0x27d4eb2f), 0x9e3779b1) ^ ((localPort << 16) | remotePort);
  h = Math.imul(h ^ (h >>> 15) ^ local.w3, 0x85ebca6b);
  return h ^ (h >>> 13);
}
