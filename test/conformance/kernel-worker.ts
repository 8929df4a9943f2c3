/** A process that runs scripts on the kernel, one after the other: it is told a path and answers with the outcome. */
import { readScript } from './checks.js';
import type { WorkerAnswer } from './kernel-pool.js';
import { runInRealTime } from './run.js';

/** How often to run again what failed only by its timing. */
const RETRIES = 2;

process.on('message', (path: string) => {
  const check = readScript(path);
  const { outcomes, retries } = runInRealTime('kernel', [check], RETRIES);
  const answer: WorkerAnswer = { outcome: outcomes.get(check.name) ?? null, retries: retries.get(check.name) ?? 0 };
  process.send?.(answer);
});
process.on('disconnect', () => process.exit(0));
