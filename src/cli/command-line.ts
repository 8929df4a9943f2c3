/** The command line as yargs is told of it: all commands, what holds for each of them, and in which language it is explained. */
import yargs, { type Argv, type CommandModule } from 'yargs';
import { type Language, LANGUAGES } from '../trace/language.js';
import { calls } from './commands/calls.js';
import { capture } from './commands/capture.js';
import { compare } from './commands/compare.js';
import { demo } from './commands/demo.js';
import { doctor } from './commands/doctor.js';
import { lab } from './commands/lab.js';
import { prove } from './commands/prove.js';
import { read } from './commands/read.js';
import { script } from './commands/script.js';
import { usageError } from './failure.js';
import { translating } from './translating.js';
import { inChinese } from './zh/phrases.js';
import { parserWords } from './zh/parser.js';

/** In the order in which the help lists them. */
const MODULES: readonly CommandModule[] = [capture, compare, demo, doctor, read, calls, lab, prove, script] as readonly unknown[] as readonly CommandModule[];
const NAMES: readonly string[] = MODULES.map(({ command }) => String(command).split(' ', 1)[0]);

/** The words of all commands. Says nothing yet of who asks, and how wide their terminal is. */
export function describeCommands(line: Argv): Argv {
  let described = line.usage('$0 <command> [options]\n\nA real TCP stack that you can see through: every packet says why.');
  for (const module of MODULES) described = described.command(module);
  return described
    .option('lang', { choices: LANGUAGES, requiresArg: true, describe: 'The language: en or zh [default: as LANG says]' })
    .demandCommand(1, 1, `A command is missing: ${NAMES.slice(0, -1).join(', ')}, or ${NAMES.at(-1)}.`, 'One command at a time.')
    .epilogue('glasstcp <command> --help says more about one command.');
}

export interface CommandLine {
  readonly language: Language;
  readonly version: string;
  /** Columns. */
  readonly width: number;
}

/** Everything but the parsing. @throws Failure from the parsing, for a command line that makes no sense */
export function commandLine(args: readonly string[], { language, version, width }: CommandLine): Argv {
  const line = yargs([...args]).scriptName('glasstcp');
  return describeCommands(language === 'zh' ? translating(line, inChinese) : line)
    .strict()
    .strictCommands()
    .locale(language === 'zh' ? 'zh_CN' : 'en')
    .updateStrings(language === 'zh' ? { ...parserWords } : {})
    .version(version)
    .alias({ help: 'h', version: 'V' })
    .parserConfiguration({ 'duplicate-arguments-array': true, 'strip-dashed': true })
    .wrap(width)
    .fail((message: string | null, error: Error | undefined) => {
      if (error instanceof Error && error.name !== 'YError') throw error;
      throw usageError(inOurWords(message ?? error?.message ?? 'The command line makes no sense.'), `glasstcp ${commandOf(args)}--help`);
    });
}

/** "demo ", or nothing when no command is known. */
const commandOf = ([first = '']: readonly string[]): string => (NAMES.includes(first) ? `${first} ` : '');

/** What yargs says of options, with their dashes. */
function inOurWords(sentence: string): string {
  return sentence
    .replace(/^Unknown arguments?: (.*)$/, (_, names: string) => `Unknown: ${withDashes(names)}.`)
    .replace(/^未知选项：(.*)$/, (_, names: string) => `未知选项：${withDashes(names)}。`)
    .replace(/^Invalid values:\s+Argument: ([\w-]+), Given: ([^]*), Choices: ([^]*)$/, '--$1 takes one of $3; it was given $2.')
    .replace(/^无效的选项值：\s+/, '')
    .replace(/^Not enough arguments following: (.*)$/, '--$1 needs a value after it.')
    .replace(/^Unknown (?:command|commands): (.*)$/, 'Unknown command: $1.');
}

const withDashes = (names: string): string => names.replace(/[^, ]+/g, '--$&');
