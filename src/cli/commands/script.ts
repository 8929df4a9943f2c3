/** `glasstcp script`: runs scripts in packetdrill's notation on glasstcp, on this machine's kernel, or both. */
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import type { Profile } from '../../bsd/profile.js';
import { PcapngWriter } from '../../capture/pcapng-write.js';
import { PLAIN, reportText, type ReportStyle } from '../../script/report.js';
import type { ScriptResult } from '../../script/result.js';
import type { Override } from '../../script/settings.js';
import type { SubjectName } from '../../script/subject.js';
import { Failure, usageError } from '../failure.js';
import { ensureIsolated } from '../isolate.js';
import { junit, type Unread } from '../script/junit.js';
import { isScriptError, load, type Loaded, runOn, type RunOptions } from '../script/run-file.js';
import { terminalOf } from '../terminal.js';

const SUBJECTS: Readonly<Record<string, readonly SubjectName[]>> = { engine: ['engine'], kernel: ['kernel'], tun: ['tun'], both: ['engine', 'kernel'] };
const PROFILES: readonly Profile[] = ['linux', 'own', 'rfc'];
const HELP = 'glasstcp script --help';

interface ScriptArguments {
  readonly files: readonly string[];
  readonly on: string;
  readonly ipv6?: boolean;
  readonly ipVersion?: string;
  readonly capture?: string;
  readonly junit?: string;
  readonly json: boolean;
  readonly toleranceUsecs?: string;
  readonly profile: Profile;
  readonly define: readonly string[];
  readonly initScript: readonly string[];
  readonly retries: number;
}

function build(yargs: Argv): Argv<ScriptArguments> {
  const text = { type: 'string', requiresArg: true } as const;
  return yargs
    .usage('$0 script <files..> [options]\n\nRuns scripts in packetdrill\'s notation: what is sent to a TCP, and what it must answer. A folder stands for its .pkt files.')
    .positional('files', { type: 'string', array: true, demandOption: true, describe: 'Scripts, or folders of them' })
    .options({
      on: { ...text, default: 'engine', describe: 'engine (glasstcp in virtual time), kernel (Linux behind a TUN), tun (glasstcp behind a TUN), both (engine and kernel)' },
      ipv6: { type: 'boolean', describe: 'The same as --ip-version ipv6' },
      'ip-version': { ...text, describe: 'ipv4, ipv6, or ipv4-mapped-ipv6' },
      capture: { ...text, describe: 'Write all packets to this file (pcapng)' },
      junit: { ...text, describe: 'Write the results to this file, as JUnit does' },
      json: { type: 'boolean', default: false, describe: 'Print the results as JSON, one object per line' },
      'tolerance-usecs': { ...text, describe: 'How far from its time an event may happen, µs' },
      profile: { ...text, choices: PROFILES, default: 'linux', describe: 'Where they differ glasstcp follows: linux, its own defaults, or the RFCs\' values' },
      define: { ...text, alias: 'D', array: true, default: [], describe: 'name=value, for names in the scripts' },
      'init-script': { ...text, array: true, default: [], describe: 'A file of set-up commands to run before each script\'s own' },
      retries: { type: 'number', default: 2, describe: 'How often to run a script again when only its timing was wrong, on a real clock' },
    })
    .example('$0 script tests/', 'all scripts of a folder, on glasstcp')
    .example('$0 script open.pkt --on both', 'does the kernel do the same?') as unknown as Argv<ScriptArguments>;
}

/** Option lines that win over the scripts' own. */
function overridesOf(args: ScriptArguments): Override[] {
  const overrides: Override[] = args.define.map((value) => ({ name: 'define', value }));
  const version = args.ipVersion ?? (args.ipv6 === true ? 'ipv6' : undefined);
  if (version !== undefined) overrides.push({ name: 'ip_version', value: version });
  if (args.toleranceUsecs !== undefined) overrides.push({ name: 'tolerance_usecs', value: args.toleranceUsecs });
  if (args.initScript.length > 0) overrides.push({ name: 'init_scripts', value: args.initScript.join(',') });
  return overrides;
}

/** Files as named, folders as their scripts in the order of their names. */
function scriptsIn(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
    if (!isFolder) return [path];
    const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.pkt')).sort();
    if (names.length === 0) throw usageError(`${path} has no .pkt files.`, HELP);
    return names.map((name) => join(path, name));
  });
}

async function subjectsOf(on: string): Promise<readonly SubjectName[]> {
  const names = Object.hasOwn(SUBJECTS, on) ? SUBJECTS[on] : undefined;
  if (names === undefined) throw usageError(`--on takes ${Object.keys(SUBJECTS).join(', ')}, not "${on}".`, HELP);
  if (names.every((name) => name === 'engine')) return names;
  const isolated = await ensureIsolated(process.argv);
  if (isolated === 'isolated') return names;
  const [reason, mend] = isolated.unavailable.split('; to mend it: ');
  throw new Failure(`there is no private network for the kernel here: ${reason}.`, mend ?? 'glasstcp script … --on engine');
}

/** All of it: what passed is said in a line, what did not in full. @returns the exit status */
function runAll(files: readonly string[], subjects: readonly SubjectName[], args: ScriptArguments, options: RunOptions): number {
  const { width, colors } = terminalOf(process.stdout);
  const style: ReportStyle = { ...PLAIN, width, good: colors.green, bad: colors.red, dim: colors.dim };
  const results: ScriptResult[] = [];
  const unread: Unread[] = [];
  for (const file of files) {
    const loaded = tryLoad(file, options, unread);
    if (loaded === undefined) continue;
    for (const name of subjects) {
      const result = runOn(name, loaded, options);
      results.push(result);
      process.stdout.write(args.json ? `${JSON.stringify(result)}\n` : reportText(result, style));
    }
  }
  const passed = results.filter(({ verdict }) => verdict === 'pass').length;
  if (!args.json && results.length > 1) process.stdout.write(`${passed} of ${results.length} passed\n`);
  if (args.junit !== undefined) writeFileSync(args.junit, junit(results, unread));
  if (unread.length > 0) return 2;
  return passed === results.length ? 0 : 1;
}

/** A script that is none is told at once; the others run all the same. */
function tryLoad(file: string, { overrides }: RunOptions, unread: Unread[]): Loaded | undefined {
  try {
    return load(file, overrides);
  } catch (error) {
    if (!isScriptError(error)) throw error;
    process.stderr.write(`${error.toString()}\n`);
    unread.push({ file, message: error.toString() });
    return undefined;
  }
}

export const script: CommandModule<object, ScriptArguments> = {
  command: 'script <files..>',
  describe: 'Run scripts in packetdrill\'s notation on glasstcp, or on the kernel',
  builder: build,
  handler: async (args) => {
    const files = scriptsIn(args.files);
    const subjects = await subjectsOf(args.on);
    const capture = args.capture === undefined ? undefined : new PcapngWriter(args.capture, { application: 'glasstcp script' });
    const overrides = overridesOf(args);
    process.exitCode = runAll(files, subjects, args, { overrides, retries: args.retries, profile: args.profile, ...(capture === undefined ? {} : { capture }) });
    capture?.close();
  },
};
