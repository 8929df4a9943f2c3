/** A process that plays labs against the kernel, one after the other: it is told an id and answers with a report. */
import { LABS } from './all.js';
import { type LabReport, reportOf, unplayed } from './report.js';
import { runLab } from './run.js';

async function play(id: string, seed: number): Promise<LabReport> {
  const lab = LABS.find((candidate) => candidate.id === id);
  if (lab === undefined) return unplayed(id, 'kernel', 'there is no such lab');
  try {
    return reportOf(await runLab(lab, { setting: 'kernel', seed }));
  } catch (error) {
    return unplayed(id, 'kernel', error instanceof Error ? error.message.split('\n', 1)[0] : String(error));
  }
}

process.on('message', ({ id, seed }: { readonly id: string; readonly seed: number }) => {
  void play(id, seed).then((report) => process.send?.(report));
});
// SIGHUP ends it anyway, and Node's own end would fail without the terminal.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(128));
process.on('disconnect', () => process.exit(0));
