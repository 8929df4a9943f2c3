/** Octets that say where they are in their stream, so that one lost, doubled or misplaced octet shows; no copy is kept. */
import { Random } from '../../src/util/random.js';

/** A prime: no power of two divides it, so rings and segments never hide a shift. */
const PERIOD = 65_521;

export class Pattern {
  private readonly table: Uint8Array;

  /** @param salt tells streams apart */
  constructor(salt: number) {
    const once = new Uint8Array(PERIOD);
    new Random(salt).fill(once);
    this.table = new Uint8Array(3 * PERIOD);
    for (let i = 0; i < 3; i++) this.table.set(once, i * PERIOD);
  }

  /** The octets from a position on, lent; at most 131,042. */
  at(position: number, length: number): Uint8Array {
    const start = position % PERIOD;
    return this.table.subarray(start, start + length);
  }

  /** @returns the first position at which bytes[0, length) differ from the stream, -1 = none */
  mismatch(position: number, bytes: Uint8Array, length: number): number {
    for (let done = 0; done < length; done += 2 * PERIOD) {
      const n = Math.min(2 * PERIOD, length - done);
      const want = this.at(position + done, n);
      if (Buffer.compare(bytes.subarray(done, done + n), want) === 0) continue;
      for (let i = 0; i < n; i++) if (bytes[done + i] !== want[i]) return position + done + i;
    }
    return -1;
  }
}
