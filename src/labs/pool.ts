/** Several labs against the kernel at once, each in a namespace of its own. */
import { runInProcesses } from '../script/kernel/process-pool.js';
import type { Lab } from './lab.js';
import { type LabReport, unplayed } from './report.js';

/** So many at once keep two processors busy enough to stay in time. */
const WORKERS = 6;

/** @param done called with each report as it comes, in whatever order */
export async function runOnKernel(labs: readonly Lab[], seed: number, done: (report: LabReport) => void): Promise<void> {
  // The longest first: the whole then takes little longer than its longest part.
  const order = [...labs].sort((a, b) => (b.lasts ?? 1) - (a.lasts ?? 1));
  await runInProcesses<Lab, LabReport>(order, {
    program: [__dirname, 'worker'],
    processes: WORKERS,
    ask: ({ id }) => ({ id, seed }),
    lost: ({ id }, why) => unplayed(id, 'kernel', `the process that plays it has ended (${why})`),
  }, (_, report) => done(report));
}
