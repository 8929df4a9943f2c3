#!/usr/bin/env node
/** The glasstcp command: finds the command that was asked for, and says in plain words what is wrong when it cannot be run. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine } from './command-line.js';
import { explainFailure, statusOf } from './failure.js';
import { languageAsked } from './language-asked.js';
import { leaveByHangUp } from './leave.js';
import { terminalOf } from './terminal.js';

const WIDEST_HELP = 110;

function version(): string {
  const { version: text } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string };
  return text;
}

const args = process.argv.slice(2);
const language = languageAsked(args, process.env);

async function main(): Promise<void> {
  const width = Math.min(terminalOf(process.stdout).width, WIDEST_HELP);
  await commandLine(args, { language, version: version(), width }).parseAsync();
}

function giveUp(error: unknown): void {
  process.stderr.write(explainFailure(error, language));
  process.exitCode = statusOf(error);
}

process.on('uncaughtException', (error) => {
  giveUp(error);
  process.exit();
});
process.on('exit', leaveByHangUp());
main().catch(giveUp);
