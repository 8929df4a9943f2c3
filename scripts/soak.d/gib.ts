/** So many GiB through one simulated connection, every octet checked by its position: the sequence space goes round and round. */
import { stream } from '../../test/sim/stream.js';

export interface GibOptions {
  readonly gib: number;
  readonly mtu: number;
  readonly seed: number;
  /** Probability of loss, both ways. */
  readonly loss: number;
}

/** @returns 0, or 1 if anything was wrong */
export function gib({ gib: amount, mtu, seed, loss }: GibOptions): number {
  const octets = Math.round(amount * 1024 ** 3);
  const started = performance.now();
  const out = loss > 0 ? { loss, delay: 1000, reorder: loss, duplicate: loss } : {};
  const result = stream(octets, { seed, mtu, a: { out, config: { sendBuffer: 2 ** 22 } }, b: { out, config: { receiveBuffer: 2 ** 22 } } }, Infinity);
  const seconds = (performance.now() - started) / 1000;
  console.log(`${amount} GiB at MTU ${mtu} in ${seconds.toFixed(1)} s, ${((8 * octets) / seconds / 1e9).toFixed(2)} Gbit/s through both stacks; ${JSON.stringify(result)}`);
  return result.received === octets && result.wrong === -1 && result.orderly ? 0 : 1;
}
