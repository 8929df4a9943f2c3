/**
 * Packets on their way out through the package raw-socket, which sends later: copies, in order, so many at most. The package
 * sends one for each turn of the loop, and none while there is something to read; `flush` lets it send all that wait.
 */
import type { Packet } from '../wire/packet.js';
import type { DeviceCounters } from './counters.js';
import { PacketPool } from './packet-pool.js';
import { errnoOf, type RawSocket } from './raw-package.js';

/** Said when there is no room now. */
const NO_ROOM = new Set(['EAGAIN', 'EINTR', 'ENOBUFS', 'ENOMEM']);
/** Octets of a pooled buffer; larger packets get buffers of their own. */
const POOLED = 2048;

export class RawSender {
  /** Queued with the package, and not sent yet. */
  waiting = 0;
  private readonly pool = new PacketPool(POOLED);

  /** @param skip octets at the front of each packet that the kernel writes itself */
  constructor(private readonly socket: RawSocket, private readonly counters: DeviceCounters, private readonly limit: number, private readonly skip: number) {}

  /** @returns false when the queue is full: dropped */
  send(packet: Packet, to: string): boolean {
    if (this.waiting >= this.limit) {
      this.counters.txFull++;
      return false;
    }
    const copy = this.pool.copy(packet);
    this.waiting++;
    this.socket.send(copy.bytes, this.skip, copy.length - this.skip, to, (error) => this.sent(copy, error));
    return true;
  }

  /** Sends what waits, in order. */
  flush(): void {
    for (let left = this.waiting; left > 0; left--) this.socket.onSendReady();
    if (this.waiting === 0) this.socket.onSendReady(); // nothing is queued: the package stops waiting until it can write
  }

  private sent(copy: Packet, error: Error | null): void {
    this.waiting--;
    if (error === null) {
      this.counters.txPackets++;
      this.counters.txBytes += copy.length;
    } else {
      this.refused(errnoOf(error));
    }
    this.pool.give(copy);
  }

  private refused(code: string): void {
    if (NO_ROOM.has(code)) this.counters.txFull++;
    else {
      this.counters.txRefused++;
      this.counters.lastError = code;
    }
  }
}
