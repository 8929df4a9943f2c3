/**
 * Work given to several processes at once. What is done with the kernel is nearly all waiting, and a process of its own can enter a
 * network namespace of its own. A process that dies takes only the task with it that it was at.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { extname, join } from 'node:path';

export interface ProcessPool<Task, Answer> {
  /** Folder and name, without extension, of the program that is sent each task and answers with one message. */
  readonly program: readonly [folder: string, name: string];
  /** At once. */
  readonly processes: number;
  /** What a task is sent as. */
  readonly ask: (task: Task) => string | object;
  /** In place of an answer, when the process has ended: why. */
  readonly lost: (task: Task, why: string) => Answer;
}

/** A terminal's Ctrl-C ends the workers and us: we are not to report them as lost while ours is on its way. */
const SIGNAL_FOR_ALL_MS = 200;

/**
 * Begins the tasks in this order.
 * @param done called with each answer as it comes, in whatever order
 */
export async function runInProcesses<Task, Answer>(tasks: readonly Task[], pool: ProcessPool<Task, Answer>, done: (task: Task, answer: Answer) => void): Promise<void> {
  const waiting = [...tasks];
  await Promise.all(Array.from({ length: Math.min(pool.processes, tasks.length) }, () => work(waiting, pool, done)));
}

async function work<Task, Answer>(waiting: Task[], pool: ProcessPool<Task, Answer>, done: (task: Task, answer: Answer) => void): Promise<void> {
  let worker: ChildProcess | undefined;
  for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
    worker ??= start(pool.program);
    const answer = await answerOf(worker, task, pool);
    if (worker.exitCode !== null || worker.signalCode !== null) worker = undefined;
    done(task, answer);
  }
  worker?.disconnect();
}

/** The same kind of file as this one: compiled, or read by ts-node. */
function start([folder, name]: readonly [string, string]): ChildProcess {
  const extension = extname(__filename);
  const execArgv = extension === '.ts' ? ['-r', 'ts-node/register/transpile-only'] : [];
  return fork(join(folder, `${name}${extension}`), { execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}

function answerOf<Task, Answer>(worker: ChildProcess, task: Task, { ask, lost }: ProcessPool<Task, Answer>): Promise<Answer> {
  return new Promise((resolve) => {
    const finish = (answer: Answer): void => {
      worker.off('message', onMessage);
      worker.off('exit', onExit);
      worker.off('error', onError);
      resolve(answer);
    };
    const onMessage = (message: unknown): void => finish(message as Answer);
    const onExit = (code: number | null, signal: string | null): void => {
      const tell = (): void => finish(lost(task, signal ?? `status ${code}`));
      if (signal === null) tell();
      else setTimeout(tell, SIGNAL_FOR_ALL_MS);
    };
    const onError = (error: Error): void => finish(lost(task, error.message));
    worker.on('message', onMessage);
    worker.on('exit', onExit);
    worker.on('error', onError);
    worker.send(ask(task));
  });
}
