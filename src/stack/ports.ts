/** Ephemeral ports (RFC 6056 §3.3.4, algorithm 4): hard to guess, and the same port comes back as late as possible. */
import type { Address } from '../util/address.js';
import type { TupleHash } from './isn.js';

/** RFC 6335 §6: the dynamic ports; Linux's default range is 32768 … 60999. */
export const FIRST_PORT = 32_768;
export const LAST_PORT = 60_999;

const PURPOSE_OFFSET = 2;
const PURPOSE_COUNTER = 3;
const COUNTERS = 1024;

export class PortChooser {
  private readonly counters = new Uint16Array(COUNTERS);

  /** The range may change; ports in use stay so. */
  constructor(private readonly hash: TupleHash, public first = FIRST_PORT, public last = LAST_PORT) {}

  /** @param taken is this port in use towards this peer? @returns a port, or undefined when all are taken */
  choose(local: Address, remote: Address, remotePort: number, taken: (port: number) => boolean): number | undefined {
    const range = this.last - this.first + 1;
    const offset = this.hash.hash(PURPOSE_OFFSET, local, 0, remote, remotePort).getUint32(0);
    const counter = this.hash.hash(PURPOSE_COUNTER, local, 0, remote, remotePort).getUint32(0) % COUNTERS;
    for (let tries = 0; tries < range; tries++) {
      const port = this.first + ((offset + (this.counters[counter])) % range);
      this.counters[counter] = (this.counters[counter]) + 1;
      if (!taken(port)) return port;
    }
    return undefined;
  }
}
