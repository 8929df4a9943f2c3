#!/usr/bin/env node
/** The glasstcp command: finds the command that was asked for, and says in plain words what is wrong when it cannot be run. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import yargs from 'yargs';
import { calls } from './commands/calls.js';
import { capture } from './commands/capture.js';
import { compare } from './commands/compare.js';
import { demo } from './commands/demo.js';
import { doctor } from './commands/doctor.js';
import { read } from './commands/read.js';
import { script } from './commands/script.js';
import { explainFailure, statusOf, usageError } from './failure.js';
import { terminalOf } from './terminal.js';

const WIDEST_HELP = 110;

function version(): string {
  const { version: text } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string };
  return text;
}

const COMMANDS: ReadonlySet<string> = new Set(['calls', 'capture', 'compare', 'demo', 'doctor', 'read', 'script']);

/** "demo ", or nothing when no command is known. */
const commandOf = ([first = '']: readonly string[]): string => (COMMANDS.has(first) ? `${first} ` : '');

/** What yargs says of options, with their dashes. */
function inOurWords(sentence: string): string {
  return sentence
    .replace(/^Unknown arguments?: (.*)$/, (_, names: string) => `Unknown: ${names.replace(/[^, ]+/g, '--$&')}.`)
    .replace(/^Not enough arguments following: (.*)$/, '--$1 needs a value after it.')
    .replace(/^Unknown (?:command|commands): (.*)$/, 'Unknown command: $1.');
}

async function main(args: readonly string[]): Promise<void> {
  await yargs([...args])
    .scriptName('glasstcp')
    .usage('$0 <command> [options]\n\nA real TCP stack that you can see through: every packet says why.')
    .command(capture)
    .command(compare)
    .command(demo)
    .command(doctor)
    .command(read)
    .command(calls)
    .command(script)
    .demandCommand(1, 1, 'A command is missing: capture, compare, demo, doctor, read, calls, or script.', 'One command at a time.')
    .strict()
    .strictCommands()
    .locale('en')
    .version(version())
    .alias({ help: 'h', version: 'V' })
    .parserConfiguration({ 'duplicate-arguments-array': true, 'strip-dashed': true })
    .wrap(Math.min(terminalOf(process.stdout).width, WIDEST_HELP))
    .epilogue('glasstcp <command> --help says more about one command.')
    .fail((message: string | null, error: Error | undefined) => {
      if (error instanceof Error && error.name !== 'YError') throw error;
      throw usageError(inOurWords(message ?? error?.message ?? 'The command line makes no sense.'), `glasstcp ${commandOf(args)}--help`);
    })
    .parseAsync();
}

function giveUp(error: unknown): void {
  process.stderr.write(explainFailure(error));
  process.exitCode = statusOf(error);
}

process.on('uncaughtException', (error) => {
  giveUp(error);
  process.exit();
});
main(process.argv.slice(2)).catch(giveUp);
