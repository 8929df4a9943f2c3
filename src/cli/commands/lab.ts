/** `glasstcp lab`: the claims of textbooks and study notes, each as an experiment on live packets. */
import type { Argv, CommandModule } from 'yargs';
import { LABS } from '../../labs/all.js';
import type { Lab } from '../../labs/lab.js';
import { runOnKernel } from '../../labs/pool.js';
import { type LabReport, reportOf } from '../../labs/report.js';
import { runLab, type Setting } from '../../labs/run.js';
import { TEXTS } from '../../labs/text/catalog.js';
import type { Language } from '../../labs/text/language.js';
import { Failure, usageError } from '../failure.js';
import { ensureIsolated } from '../isolate.js';
import { languageAsked } from '../language-asked.js';
import { endOnSignal } from '../lab/end-on-signal.js';
import { hearSignals } from '../lab/on-screen.js';
import { checklist, explanation, type Telling, wordsOf } from '../lab/report-lines.js';
import { captureLab, watchLab } from '../lab/watch-lab.js';
import { needsVirtualTime, readWatching, SLOW_LEAST, SLOW_MOST, type Watching, type WatchingArguments } from '../lab/watching.js';
import { optionReader } from '../option-values.js';
import { Output } from '../output.js';
import { terminalOf } from '../terminal.js';

const HELP = 'glasstcp lab --help';
const { text, number } = optionReader(HELP);

const seedOf = ({ seed }: RunArguments): number => number('seed', seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, 'a whole number', true);

interface LabArguments {
  readonly ids?: readonly string[];
  readonly section?: string;
}

interface RunArguments extends LabArguments, WatchingArguments {
  readonly sim: boolean;
  readonly seed: unknown;
  readonly verbose: boolean;
}

const common = (yargs: Argv): Argv<LabArguments> => yargs
  .positional('ids', { type: 'string', array: true, describe: 'Labs by their ids, or all' })
  .options({
    section: { type: 'string', requiresArg: true, describe: 'Only labs of this section of the notes (A to H)' },
  });

const runOptions = (yargs: Argv): Argv<LabArguments> => common(yargs)
  .options({
    sim: { type: 'boolean', default: false, describe: 'Both hosts are glasstcp, in virtual time: instant, and the same each time' },
    seed: { type: 'string', requiresArg: true, default: '1', describe: 'Another seed, other sequence numbers and ports' },
    step: { type: 'boolean', describe: 'Wait for a key before each segment, and say who is about to send it and why; with --sim' },
    slow: { type: 'string', requiresArg: true, describe: `Let so many seconds pass before each segment (${SLOW_LEAST} to ${SLOW_MOST}); with --sim` },
    quiz: { type: 'boolean', describe: 'Predict what glasstcp sends next: flags, seq, ack; with --sim' },
    narrator: { type: 'string', requiresArg: true, describe: 'Tell handshake and close as people remember them: walkie-talkie, fog or break-up' },
    xray: { type: 'boolean', describe: 'Both ends on one timeline: calls, states, tcp_info and timers at every packet' },
    capture: { type: 'string', requiresArg: true, describe: 'Write the packets of one lab to this file (pcapng), each with its explanation' },
    json: { type: 'boolean', default: false, describe: 'Print the results as JSON, one object per line' },
    verbose: { type: 'boolean', default: false, describe: 'Every sentence and every variable' },
  })
  .example('$0 lab run close-four --step', 'the close, a segment at a time')
  .example('$0 lab run close-four --sim --narrator fog', 'the close, as two people wave in the fog')
  .example('$0 lab run lost-syn --capture lost.pcapng', 'then: wireshark lost.pcapng');

let printed: Output | undefined;
/** Standard output, whose reader may stop reading. */
const out = (): Output => (printed ??= new Output(process.stdout));

const askedOf = (): Language => languageAsked(process.argv.slice(2), process.env);

/** @throws Failure for an id that no lab has */
function chosen({ ids = [], section: asked }: LabArguments): Lab[] {
  const section = asked === undefined ? undefined : text('section', asked, 'a letter, A to H');
  const labs = LABS.filter((lab) => section === undefined || lab.section === section.toUpperCase());
  if (labs.length === 0) throw usageError(`No lab is in section ${section ?? ''}.`, 'glasstcp lab list');
  const named = ids.filter((id) => id !== 'all').map((id) => {
    const lab = labs.find((candidate) => candidate.id === id);
    if (lab === undefined) throw usageError(`There is no lab "${id}"${section === undefined ? '' : ` in section ${section.toUpperCase()}`}.`, 'glasstcp lab list');
    return lab;
  });
  return ids.length === 0 || ids.includes('all') ? labs : [...new Set(named)];
}

function telling(lab: Lab, language: Language): Telling {
  return { lab, text: TEXTS[language][lab.id], language, terminal: terminalOf(process.stdout) };
}

/** One lab, told in full or with its capture. @returns null when whoever watched has left before the end */
async function runOne(lab: Lab, setting: Setting, language: Language, args: RunArguments, watching: Watching): Promise<LabReport | null> {
  const write = (text: string): void => out().write(text);
  const watched = { ...telling(lab, language), terminal: terminalOf(process.stdout), setting, seed: seedOf(args), write, verbose: args.verbose, watching };
  return args.json ? captureLab(watched) : watchLab(watched);
}

/** Many labs, a line for each. */
async function runMany(labs: readonly Lab[], setting: Setting, seed: number, done: (report: LabReport) => void): Promise<void> {
  if (setting === 'kernel') return runOnKernel(labs, seed, done);
  for (const lab of labs) {
    done(reportOf(await runLab(lab, { setting, seed })));
    await hearSignals();
  }
}

async function settingOf(args: RunArguments, watching: Watching): Promise<Setting> {
  if (args.sim || needsVirtualTime(watching)) return 'sim';
  const isolated = await ensureIsolated(process.argv);
  if (isolated === 'isolated') return 'kernel';
  const [reason, mend] = isolated.unavailable.split('; to mend it: ');
  throw new Failure(`there is no private network for the kernel here: ${reason}.`, `glasstcp lab run … --sim${mend === undefined ? '' : `, or ${mend}`}`);
}

async function run(args: RunArguments): Promise<number> {
  if ((args.ids ?? []).length === 0 && args.section === undefined) throw usageError('Which lab? Name one, or "all".', 'glasstcp lab list');
  const labs = chosen(args);
  const language = askedOf();
  const watching = readWatching(args, labs.length, language);
  seedOf(args);
  const setting = await settingOf(args, watching);
  if (labs.length > 1 || (args.json && watching.capture === null)) return runAll(labs, setting, language, args);
  const report = await runOne(labs[0], setting, language, args, watching);
  if (args.json) out().write(`${JSON.stringify(report)}\n`);
  return report?.passed === false ? 1 : 0;
}

async function runAll(labs: readonly Lab[], setting: Setting, language: Language, args: RunArguments): Promise<number> {
  const stopListening = endOnSignal(() => undefined);
  const reports: LabReport[] = [];
  await runMany(labs, setting, seedOf(args), (report) => {
    reports.push(report);
    out().write(args.json ? `${JSON.stringify(report)}\n` : line(report, language));
  });
  stopListening();
  const failed = reports.filter((report) => !report.passed).length;
  if (reports.length > 1 && !args.json) out().write(`${reports.length - failed} ${wordsOf(language).passed}, ${failed} ${wordsOf(language).failed}\n`);
  return failed === 0 ? 0 : 1;
}

function line(report: LabReport, language: Language): string {
  const { colors: c } = terminalOf(process.stdout);
  const lab = LABS.find((candidate) => candidate.id === report.id) as Lab;
  const told = telling(lab, language);
  const mark = report.passed ? c.green('✓') : c.bold(c.red('✗'));
  return `${mark} ${report.id.padEnd(28)} ${told.text.title}\n${report.passed ? '' : checklist(told, report)}`;
}

function list(args: LabArguments): void {
  const language = askedOf();
  const { colors: c } = terminalOf(process.stdout);
  for (const lab of chosen(args)) out().write(`${c.bold(lab.section)}  ${lab.id.padEnd(28)} ${TEXTS[language][lab.id].title}\n`);
}

function show(args: LabArguments): void {
  const language = askedOf();
  out().write(chosen(args).map((lab) => explanation(telling(lab, language))).join('\n'));
}

export const lab: CommandModule<object, LabArguments> = {
  command: 'lab',
  describe: 'Textbook claims as experiments on live packets: list, run, show',
  builder: (yargs) => yargs
    .usage('$0 lab <list | run | show> [ids..] [options]\n\nEach lab plays one claim about TCP on live packets, with the kernel or in virtual time, and fails if it does not happen.')
    .command('list', 'All labs', common as never, (args) => list(args as unknown as LabArguments))
    .command('run [ids..]', 'Play labs: one in full, several a line each', runOptions as never, async (args) => {
      process.exitCode = await run(args as unknown as RunArguments);
    })
    .command('show <ids..>', 'The explanation alone', common as never, (args) => show(args as unknown as LabArguments))
    .demandCommand(1, 1, `What about labs: list, run or show?  ${HELP}`),
  handler: () => undefined,
};
