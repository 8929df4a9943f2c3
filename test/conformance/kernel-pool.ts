/** Scripts on the kernel, several at once: nearly all of a script's time is waiting, and each has a namespace of its own. */
import { runInProcesses } from '../../src/script/kernel/process-pool.js';
import { parseScript } from '../../src/script/parse.js';
import type { Check, ScriptCheck } from './checks.js';
import { runsOnKernel } from './checks.js';
import type { Run } from './run.js';
import type { Outcome } from './verdicts.js';

/** So many at once keep two processors busy enough to stay in time. */
const WORKERS = 6;

/** What a worker answers. */
export interface WorkerAnswer {
  readonly outcome: Outcome;
  readonly retries: number;
}

/** All scripts that are to run on the kernel. @throws Error when a worker ends instead of answering */
export async function runOnKernel(checks: readonly Check[], told: () => void = () => undefined): Promise<Run> {
  const waiting = checks.filter((check): check is ScriptCheck => 'text' in check && runsOnKernel(check)).sort((a, b) => lengthOf(b) - lengthOf(a));
  const outcomes = new Map<string, Outcome>();
  const retries = new Map<string, number>();
  await runInProcesses<ScriptCheck, WorkerAnswer | string>(waiting, {
    program: [__dirname, 'kernel-worker'],
    processes: WORKERS,
    ask: ({ path }) => path,
    lost: ({ path }, why) => `the process that ran ${path} on the kernel has ended (${why})`,
  }, ({ name }, answer) => {
    if (typeof answer === 'string') throw new Error(answer);
    outcomes.set(name, answer.outcome);
    if (answer.retries > 0) retries.set(name, answer.retries);
    told();
  });
  return { outcomes, retries };
}

/** Seconds that the script takes at least: the longest begin first. */
function lengthOf({ text, path }: ScriptCheck): number {
  return parseScript(text, path).events.reduce((sum, { time }) => sum + (time.kind === 'relative' ? time.from : 0), 0);
}
