/** Any number of seeded conversations over bad networks: the properties of test/sim, for as long as you like. */
import { playSeed, Totals } from '../../test/sim/play.js';

export interface PropertiesOptions {
  readonly runs: number;
  readonly seed: number;
  /** Begin every connection just before the wrap of the sequence numbers. */
  readonly wrap: boolean;
}

/** @returns how many runs failed */
export function properties({ runs, seed, wrap }: PropertiesOptions): number {
  const totals = new Totals();
  const started = performance.now();
  let failed = 0;
  for (let i = 0; i < runs; i++) {
    const { outcome, report } = playSeed(seed + i, { wrap }, wrap ? 'wrap' : 'properties');
    totals.add(outcome);
    if (report !== null) {
      failed++;
      console.log(`${report}\n`);
    }
    if ((i + 1) % 1000 === 0) console.log(`${i + 1} of ${runs}, ${failed} failed, ${((performance.now() - started) / 1000).toFixed(0)} s`);
  }
  console.log(`${totals.toString()}\n${failed} failed`);
  return failed;
}
