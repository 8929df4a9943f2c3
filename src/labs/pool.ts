/** Several labs against the kernel at once: nearly all of their time is waiting, and each has a namespace of its own. */
import { type ChildProcess, fork } from 'node:child_process';
import { extname, join } from 'node:path';
import type { Lab } from './lab.js';
import { type LabReport, unplayed } from './report.js';

/** So many at once keep two processors busy enough to stay in time. */
const WORKERS = 6;

/** @param done called with each report as it comes, in whatever order */
export async function runOnKernel(labs: readonly Lab[], seed: number, done: (report: LabReport) => void): Promise<void> {
  // The longest first: the whole then takes little longer than its longest part.
  const waiting = [...labs].sort((a, b) => (b.lasts ?? 1) - (a.lasts ?? 1));
  await Promise.all(Array.from({ length: Math.min(WORKERS, labs.length) }, () => work(waiting, seed, done)));
}

async function work(waiting: Lab[], seed: number, done: (report: LabReport) => void): Promise<void> {
  let worker: ChildProcess | undefined;
  for (let lab = waiting.shift(); lab !== undefined; lab = waiting.shift()) {
    worker ??= start();
    const report = await answer(worker, lab.id, seed);
    // A process that has died takes no more with it.
    if (worker.exitCode !== null || worker.signalCode !== null) worker = undefined;
    done(report);
  }
  worker?.disconnect();
}

/** The same kind of file as this one: compiled, or read by ts-node. */
function start(): ChildProcess {
  const extension = extname(__filename);
  const execArgv = extension === '.ts' ? ['-r', 'ts-node/register/transpile-only'] : [];
  return fork(join(__dirname, `worker${extension}`), { execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}

function answer(worker: ChildProcess, id: string, seed: number): Promise<LabReport> {
  return new Promise((resolve) => {
    const finish = (report: LabReport): void => {
      worker.off('message', onMessage);
      worker.off('exit', onExit);
      worker.off('error', onError);
      resolve(report);
    };
    const lost = (why: string): void => finish(unplayed(id, 'kernel', `the process that plays it has ended (${why})`));
    const onMessage = (message: unknown): void => finish(message as LabReport);
    const onExit = (code: number | null, signal: string | null): void => lost(signal ?? `status ${code}`);
    const onError = (error: Error): void => lost(error.message);
    worker.on('message', onMessage);
    worker.on('exit', onExit);
    worker.on('error', onError);
    worker.send({ id, seed });
  });
}
