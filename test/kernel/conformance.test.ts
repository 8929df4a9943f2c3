/** The conformance scripts on the kernel: each does what its head says of it. Heads speak of one kernel; what another does is told, not judged. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { describeKernel } from '../support/kernel.js';

const ROOT = join(__dirname, '..', '..');

/** Version and patch level of the kernel that docs/rfc-map.md speaks of. */
const measuredOn = (): string => /The kernel is Linux (\d+\.\d+)/.exec(readFileSync(join(ROOT, 'docs', 'rfc-map.md'), 'utf8'))?.[1] ?? '';

describeKernel('npm run conformance', () => {
  test('glasstcp holds, and nothing about the kernel is unexpected', () => {
    const run = spawnSync(join(ROOT, 'scripts', 'conformance'), ['--no-write'], { encoding: 'utf8', timeout: 280_000 });
    const lines = run.stdout.split('\n');
    process.stderr.write(lines.filter((line) => /^kernel: (?!unexpected)/.test(line)).map((line) => `${line}\n`).join(''));
    expect(lines.filter((line) => line.startsWith('glasstcp: '))).toEqual([]);
    expect(run.status).toBe(0);
    const unexpected = lines.filter((line) => line.startsWith('kernel: unexpected'));
    if (release().startsWith(`${measuredOn()}.`)) expect(unexpected).toEqual([]);
    else process.stderr.write(`${unexpected.join('\n')}\nnot judged: the verdicts are Linux ${measuredOn()}'s, this is ${release()}\n`);
  }, 300_000);
});
