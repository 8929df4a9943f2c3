/** Damaged captures by the hundred thousand through everything that reads them: the storm of test/sim, for as long as you like. */
import { CaptureStorm } from '../../test/sim/captures/storm.js';

/** Files to a storm of its own, whose account is printed. */
const PER_STORM = 10_000;

export interface CapturesOptions {
  readonly files: number;
  readonly seed: number;
}

/** @returns how many storms left a problem */
export function captures({ files, seed }: CapturesOptions): number {
  let failed = 0;
  for (let done = 0; done < files; done += PER_STORM) {
    const started = performance.now();
    const storm = new CaptureStorm(seed + done);
    storm.blow(Math.min(PER_STORM, files - done));
    console.log(`seed ${seed + done}: ${storm.table()}, ${((performance.now() - started) / 1000).toFixed(1)} s`);
    if (storm.problems.length > 0) {
      failed++;
      console.log(storm.problems.join('\n'));
    }
  }
  console.log(`${files} files, ${failed} storms failed`);
  return failed;
}
