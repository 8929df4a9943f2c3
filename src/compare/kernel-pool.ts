/** Several scenarios played to the kernel at once: nearly all of a recording's time is waiting, and each has a namespace of its own. */
import { type ChildProcess, fork } from 'node:child_process';
import { extname, join } from 'node:path';
import type { Recording } from './recording.js';

/** So many at once keep two processors busy enough to stay in time. */
const WORKERS = 8;

/**
 * Plays every file to the kernel, in this order as far as workers are free.
 * @param done called with each recording as it comes
 */
export async function recordKernel(files: readonly string[], done: (file: string, recording: Recording) => void): Promise<void> {
  const waiting = [...files];
  const workers = Array.from({ length: Math.min(WORKERS, files.length) }, () => work(waiting, done));
  await Promise.all(workers);
}

async function work(waiting: string[], done: (file: string, recording: Recording) => void): Promise<void> {
  let worker: ChildProcess | undefined;
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    worker ??= start();
    const recording = await answer(worker, file);
    // A process that has died takes no more with it.
    if (worker.exitCode !== null || worker.signalCode !== null) worker = undefined;
    done(file, recording);
  }
  worker?.disconnect();
}

/** The same kind of file as this one: compiled, or read by ts-node. */
function start(): ChildProcess {
  const extension = extname(__filename);
  const execArgv = extension === '.ts' ? ['-r', 'ts-node/register/transpile-only'] : [];
  return fork(join(__dirname, `kernel-worker${extension}`), { execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}

function answer(worker: ChildProcess, file: string): Promise<Recording> {
  return new Promise((resolve) => {
    const finish = (recording: Recording): void => {
      worker.off('message', onMessage);
      worker.off('exit', onExit);
      worker.off('error', onError);
      resolve(recording);
    };
    const lost = (why: string): Recording => ({ subject: 'kernel', entries: [], ignored: [], failure: `the process that plays to the kernel has ended (${why})` });
    const onMessage = (message: unknown): void => finish(message as Recording);
    const onExit = (code: number | null, signal: string | null): void => finish(lost(signal ?? `status ${code}`));
    const onError = (error: Error): void => finish(lost(error.message));
    worker.on('message', onMessage);
    worker.on('exit', onExit);
    worker.on('error', onError);
    worker.send(file);
  });
}
