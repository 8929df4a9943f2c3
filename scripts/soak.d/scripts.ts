/** Damaged scripts by the million against the parser: the storm of test/unit/script, for as long as you like. */
import { ScriptStorm } from '../../test/unit/script/script-storm.js';

/** Scripts to a storm of its own; then the next seed. */
const PER_STORM = 100_000;

export interface ScriptsOptions {
  readonly scripts: number;
  readonly seed: number;
}

/** @returns how many storms left a problem */
export function scripts({ scripts: total, seed }: ScriptsOptions): number {
  let failed = 0;
  for (let done = 0, i = 0; done < total; done += PER_STORM, i++) {
    const started = performance.now();
    const count = Math.min(PER_STORM, total - done);
    const storm = new ScriptStorm(seed + i);
    storm.blow(count);
    console.log(`seed ${seed + i}: ${storm.table()}, ${((performance.now() - started) / 1000).toFixed(1)} s`);
    if (storm.problems.length > 0) {
      failed++;
      console.log(`${storm.problems.join('\n  ')}\n  to play it again: npm run soak -- scripts --seed ${seed + i} --scripts ${count}`);
    }
  }
  console.log(`${total} scripts, ${failed} storms failed`);
  return failed;
}
