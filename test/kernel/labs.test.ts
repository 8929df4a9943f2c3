/** Every lab against this machine's kernel, several at a time, each in a namespace of its own. */
import { resolve } from 'node:path';
import { LABS } from '../../src/labs/all.js';
import type { LabReport } from '../../src/labs/report.js';
import { fill } from '../../src/labs/text/language.js';
import { TEXTS } from '../../src/labs/text/catalog.js';
import { compiled } from '../support/compiled.js';
import { describeKernel } from '../support/kernel.js';

/** Everything that the labs load: the processes that play them run plain JavaScript. */
const FOLDERS = ['util', 'wire', 'trace', 'tcp', 'stack', 'device', 'capture', 'net', 'sim', 'bsd', 'script', 'observe', 'labs'];

/** The sentence that was not true, and what was seen instead. */
function toldOf({ id, failure }: LabReport): string {
  if (failure === null) return '';
  return `${id}: ${fill(TEXTS.en[id].musts[failure.key] ?? failure.key, {})}: ${failure.instead}`;
}

describeKernel('labs against the kernel', () => {
  const reports = new Map<string, LabReport>();
  const program = compiled(FOLDERS);
  afterAll(() => program.remove());

  beforeAll(async () => {
    const { runOnKernel } = (await import(resolve(program.folder, 'labs/pool.js'))) as typeof import('../../src/labs/pool.js');
    await runOnKernel(LABS, 1, (report) => reports.set(report.id, report));
  }, 360_000);

  test.each(LABS.map(({ id }) => id))('%s', (id) => {
    const report = reports.get(id) as LabReport;
    expect(toldOf(report)).toBe('');
    expect(report).toMatchObject({ passed: true, setting: 'kernel' });
  });
});
