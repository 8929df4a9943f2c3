/** Open descriptors, and the sockets whose connections outlive them. */
import type { BsdSocket } from './bsd-socket.js';

/** 0, 1 and 2 are taken by the standard streams. */
const FIRST = 3;

export class FdTable {
  private readonly open = new Map<number, BsdSocket>();
  /** Closed by their users; their connections still end. They keep their ports. */
  private readonly orphans = new Set<BsdSocket>();
  /** Descriptors are less than this number, as with RLIMIT_NOFILE. */
  limit = Infinity;

  /** No more can be opened: EMFILE. */
  get isFull(): boolean {
    return this.lowestFree() >= this.limit;
  }

  /** @returns the lowest free descriptor */
  add(socket: BsdSocket): number {
    const fd = this.lowestFree();
    this.open.set(fd, socket);
    return fd;
  }

  private lowestFree(): number {
    let fd = FIRST;
    while (this.open.has(fd)) fd++;
    return fd;
  }

  get(fd: number): BsdSocket | undefined {
    return this.open.get(fd);
  }

  /** The descriptor is free again; what becomes of the socket is the caller's business. */
  remove(fd: number): void {
    this.open.delete(fd);
  }

  /** The socket is nobody's, but its connection lives on. */
  orphan(socket: BsdSocket): void {
    this.orphans.add(socket);
  }

  /** Every socket that may hold a port. */
  *[Symbol.iterator](): IterableIterator<BsdSocket> {
    yield* this.open.values();
    for (const socket of this.orphans) {
      if (socket.endpoint === undefined || socket.endpoint.state === 'CLOSED') this.orphans.delete(socket);
      else yield socket;
    }
  }

  get descriptors(): readonly number[] {
    return [...this.open.keys()];
  }
}
