/** `glasstcp compare`: the same peer played to glasstcp and to the kernel, and every difference judged. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { type Comparison, isFailure, type Verdict, VERDICTS } from '../../compare/compare.js';
import { htmlReport } from '../../compare/report-html.js';
import { jsonReport } from '../../compare/report-json.js';
import { compareFiles } from '../../compare/run.js';
import { lengthOf, loadByName, loadScenario, scenarioFolder, scenarioNames } from '../../compare/scenario.js';
import { ScriptError } from '../../script/errors.js';
import { oneLine, renderComparison, renderSummary } from '../compare/report-terminal.js';
import { Failure, usageError } from '../failure.js';
import { ensureIsolated } from '../isolate.js';
import { terminalOf } from '../terminal.js';

interface CompareArguments {
  readonly scenarios?: readonly string[];
  readonly all?: boolean;
  readonly list?: boolean;
  readonly html?: string;
  readonly json?: boolean;
  readonly only?: string;
}

function build(yargs: Argv): Argv<CompareArguments> {
  return yargs
    .usage('$0 compare [scenarios..] [options]\n\nPlays the same peer to glasstcp and to the kernel, and judges every difference.')
    .positional('scenarios', { type: 'string', array: true, describe: 'Names of scenarios (--list), or files in packetdrill\'s notation' })
    .options({
      all: { type: 'boolean', describe: 'All scenarios that come with glasstcp (less than 3 minutes)' },
      list: { type: 'boolean', describe: 'List the scenarios' },
      html: { type: 'string', requiresArg: true, describe: 'Write a report for the browser to this file' },
      json: { type: 'boolean', describe: 'Print everything as JSON' },
      only: { type: 'string', requiresArg: true, describe: `Show only one class: ${VERDICTS.join(', ')}` },
    })
    .example('$0 compare simultaneous-open', 'one scenario, both sides in full')
    .example('$0 compare --all --html compare.html', 'all of them, for the browser');
}

function list(): void {
  for (const name of scenarioNames()) process.stdout.write(`${name.padEnd(26)}${loadByName(name).title}\n`);
}

/** A file, or the name of one of ours. @throws Failure for neither */
function fileOf(name: string): string {
  if (existsSync(name) && (name.includes('/') || name.includes('.'))) return name;
  const file = join(scenarioFolder(), `${name}.pkt`);
  if (existsSync(file)) return file;
  throw usageError(`there is no scenario and no file "${name}".`, 'glasstcp compare --list');
}

function readable(file: string): string {
  try {
    loadScenario(file);
    return file;
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    throw usageError(error.toString(), '');
  }
}

function wanted({ all, scenarios = [] }: CompareArguments): string[] {
  if (all === true && scenarios.length > 0) throw usageError('--all and names of scenarios exclude each other.', 'glasstcp compare --all');
  const names = all === true ? scenarioNames() : scenarios;
  if (names.length === 0) throw usageError('a scenario is missing.', 'glasstcp compare --list, or glasstcp compare --all');
  return [...new Set(names)].map((name) => readable(fileOf(name)));
}

function classOf(only: string | undefined): Verdict | undefined {
  if (only === undefined) return undefined;
  const verdict = VERDICTS.find((v) => v === only);
  if (verdict === undefined) throw usageError(`--only knows no class "${only}".`, `--only with one of: ${VERDICTS.map((v) => `"${v}"`).join(', ')}`);
  return verdict;
}

async function run(args: CompareArguments): Promise<number> {
  const files = wanted(args);
  const only = classOf(args.only);
  const isolated = await ensureIsolated(process.argv);
  if (isolated !== 'isolated') {
    const [reason, mend = 'glasstcp doctor'] = isolated.unavailable.split('; to mend it: ');
    throw new Failure(`there is no kernel to compare with: ${reason}.`, mend, 2);
  }
  const terminal = terminalOf(process.stdout);
  const kernel = `Linux ${release()}`;
  const shown = ({ verdict }: Comparison): boolean => only === undefined || verdict === only;
  const quiet = args.json === true;
  if (!quiet) process.stderr.write(terminal.colors.dim(`${files.length} scenario${files.length === 1 ? '' : 's'} on ${kernel}, ${expected(files)} …\n`));
  const comparisons = await compareFiles(files, (comparison) => {
    if (!quiet && args.all === true && shown(comparison)) process.stdout.write(oneLine(comparison, terminal));
  });
  const chosen = comparisons.filter(shown);
  if (quiet) process.stdout.write(jsonReport(chosen, kernel, version()));
  else if (args.all === true) process.stdout.write(renderSummary(chosen, terminal));
  else for (const comparison of chosen) process.stdout.write(renderComparison(comparison, kernel, terminal));
  if (args.html !== undefined) save(args.html, htmlReport(chosen, kernel, version()));
  return comparisons.some(({ verdict }) => isFailure(verdict)) ? 1 : 0;
}

/** 'about 20 s': the longest decides, and eight run at once. */
function expected(files: readonly string[]): string {
  const lengths = files.map((file) => lengthOf(loadScenario(file)) / 1e6);
  return `about ${Math.ceil(Math.max(...lengths, lengths.reduce((a, b) => a + b, 0) / 8) + 2)} s`;
}

function save(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new Failure(`the report cannot be written: ${error instanceof Error ? error.message : String(error)}.`, 'give --html another file');
  }
  process.stderr.write(`report  ${file}\n`);
}

function version(): string {
  return (JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8')) as { version: string }).version;
}

export const compare: CommandModule<object, CompareArguments> = {
  command: 'compare [scenarios..]',
  describe: 'Play the same peer to glasstcp and to the kernel, and judge every difference',
  builder: build,
  handler: async (args) => {
    if (args.list === true) list();
    else process.exitCode = await run(args);
  },
};
