/** npm run conformance: every requirement, on glasstcp and on this machine's kernel, into docs/rfc-map.md. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { ensureIsolated } from '../../src/cli/isolate.js';
import { allChecks } from '../../test/conformance/all-checks.js';
import { mapPage } from '../../test/conformance/map.js';
import { allExemptions, allRequirements } from '../../test/conformance/requirements.js';
import { runOnKernel } from '../../test/conformance/kernel-pool.js';
import { runOnEngine, type Run } from '../../test/conformance/run.js';
import { judge, surprises, type Verdict } from '../../test/conformance/verdicts.js';

const ROOT = join(__dirname, '..', '..');
const MAP = join(ROOT, 'docs', 'rfc-map.md');
const NO_RUN: Run = { outcomes: new Map(), retries: new Map() };

interface Options {
  readonly kernel: boolean;
  readonly write: boolean;
  readonly only?: string;
}

async function main(options: Options): Promise<number> {
  const checks = allChecks().filter(({ name }) => options.only === undefined || name.includes(options.only));
  const reason = options.kernel ? await isolated() : 'not asked for (--no-kernel)';
  const started = Date.now();
  const engine = runOnEngine(checks);
  console.log(`engine: ${checks.length} checks in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  if (reason !== null) console.log(`kernel: not run: ${reason}`);
  const kernel = reason === null ? await onKernel(checks) : NO_RUN;
  const verdicts = judge(allRequirements(), checks, engine.outcomes, kernel.outcomes, allExemptions());
  for (const [name, count] of kernel.retries) console.log(`kernel: ${name} was run ${count + 1} times: only its timing was wrong`);
  for (const line of surprises(checks, kernel.outcomes)) console.log(`kernel: unexpected: ${line}`);
  const broken = report(verdicts);
  if (options.write && options.only === undefined) {
    writeFileSync(MAP, mapPage(verdicts, { kernel: reason === null ? kernelName() : undefined }));
    console.log(`written: ${MAP}`);
  }
  return broken;
}

/** @returns null = this process is in a namespace of its own; else why not */
async function isolated(): Promise<string | null> {
  const answer = await ensureIsolated(process.argv);
  return answer === 'isolated' ? null : answer.unavailable;
}

async function onKernel(checks: ReturnType<typeof allChecks>): Promise<Run> {
  const started = Date.now();
  let count = 0;
  const run = await runOnKernel(checks, () => count++);
  console.log(`kernel: ${count} scripts in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return run;
}

const kernelName = (): string => execFileSync('uname', ['-sr'], { encoding: 'utf8' }).trim();

/** Prints what does not hold, and the sums. @returns rows of ours that do not hold, or that nothing shows */
function report(verdicts: readonly Verdict[]): number {
  const wrong = verdicts.filter(({ glasstcp }) => glasstcp.kind === 'violates' || glasstcp.kind === 'missing');
  for (const { requirement, glasstcp } of wrong) console.log(`glasstcp: ${requirement.id} ${requirement.level} (${requirement.feature}): ${glasstcp.kind}: ${glasstcp.note}`);
  const rows = verdicts.filter(({ requirement }) => requirement.rfc === 9293);
  const judged = rows.filter(({ glasstcp }) => glasstcp.kind !== 'missing');
  console.log(`RFC 9293 Appendix B: ${judged.length} of ${rows.length} rows with a verdict; ${verdicts.length - rows.length} rows of other RFCs; ${wrong.length} rows do not hold or have nothing to show them`);
  return wrong.length === 0 ? 0 : 1;
}

const options = yargs(hideBin(process.argv))
  .scriptName('npm run conformance --')
  .option('kernel', { type: 'boolean', default: true, describe: 'ask the kernel as well (--no-kernel: glasstcp alone)' })
  .option('write', { type: 'boolean', default: true, describe: 'write docs/rfc-map.md (--no-write: only look)' })
  .option('only', { type: 'string', describe: 'only checks whose name contains this; writes nothing' })
  .strict()
  .parseSync();
void main(options).then((status) => process.exit(status));
