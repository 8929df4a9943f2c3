/** Scripts on the kernel, several at once: nearly all of a script's time is waiting, and each has a namespace of its own. */
import { type ChildProcess, fork } from 'node:child_process';
import { extname, join } from 'node:path';
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

/** All scripts that are to run on the kernel. */
export async function runOnKernel(checks: readonly Check[], told: () => void = () => undefined): Promise<Run> {
  const waiting = checks.filter((check): check is ScriptCheck => 'text' in check && runsOnKernel(check)).sort((a, b) => lengthOf(b) - lengthOf(a));
  const outcomes = new Map<string, Outcome>();
  const retries = new Map<string, number>();
  const work = async (): Promise<void> => {
    const worker = start();
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const answer = await ask(worker, check.path);
      outcomes.set(check.name, answer.outcome);
      if (answer.retries > 0) retries.set(check.name, answer.retries);
      told();
    }
    worker.disconnect();
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
  return { outcomes, retries };
}

/** Seconds that the script takes at least: the longest begin first. */
function lengthOf({ text, path }: ScriptCheck): number {
  return parseScript(text, path).events.reduce((sum, { time }) => sum + (time.kind === 'relative' ? time.from : 0), 0);
}

/** The same kind of file as this one: compiled, or read by ts-node. */
function start(): ChildProcess {
  const extension = extname(__filename);
  const execArgv = extension === '.ts' ? ['-r', 'ts-node/register/transpile-only'] : [];
  return fork(join(__dirname, `kernel-worker${extension}`), { execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}

/** @throws Error when the worker ends instead of answering */
function ask(worker: ChildProcess, path: string): Promise<WorkerAnswer> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void => reject(new Error(`the process that ran ${path} on the kernel ended with status ${code}`));
    worker.once('exit', onExit);
    worker.once('message', (answer) => {
      worker.off('exit', onExit);
      resolve(answer as WorkerAnswer);
    });
    worker.send(path);
  });
}
