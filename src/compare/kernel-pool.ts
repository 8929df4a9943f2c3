/** Several scenarios played to the kernel at once, each in a namespace of its own. */
import { runInProcesses } from '../script/kernel/process-pool.js';
import type { Recording } from './recording.js';

/** So many at once keep two processors busy enough to stay in time. */
const WORKERS = 8;

/**
 * Plays every file to the kernel, in this order as far as workers are free.
 * @param done called with each recording as it comes
 */
export const recordKernel = (files: readonly string[], done: (file: string, recording: Recording) => void): Promise<void> =>
  runInProcesses<string, Recording>(files, {
    program: [__dirname, 'kernel-worker'],
    processes: WORKERS,
    ask: (file) => file,
    lost: (_, why) => ({ subject: 'kernel', entries: [], ignored: [], failure: `the process that plays to the kernel has ended (${why})` }),
  }, done);
