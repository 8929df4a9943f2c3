/** Bad packets by the million over connections in every state: the storm of test/sim, for as long as you like. */
import { Storm } from '../../test/sim/fuzz/storm.js';

/** Packets to a stack of its own; then the next seed. */
const PER_STORM = 1_000_000;

export interface FuzzOptions {
  readonly packets: number;
  readonly seed: number;
}

/** @returns how many storms left damage */
export function fuzz({ packets, seed }: FuzzOptions): number {
  let failed = 0;
  for (let done = 0, i = 0; done < packets; done += PER_STORM, i++) {
    const started = performance.now();
    const storm = new Storm(seed + i);
    try {
      storm.blow(Math.min(PER_STORM, packets - done));
      storm.calm();
    } catch (error) {
      storm.problems.push(`threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
    console.log(`${storm.table()}\n${((performance.now() - started) / 1000).toFixed(1)} s`);
    if (storm.problems.length > 0) {
      failed++;
      console.log(`seed ${seed + i}: ${storm.problems.join('\n  ')}\n  to play it again: npm run soak -- fuzz --seed ${seed + i} --packets ${Math.min(PER_STORM, packets - done)}`);
    }
  }
  return failed;
}
