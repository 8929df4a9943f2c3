/** Set-up commands on glasstcp: settings reach it; what else prepares a kernel does nothing here, and is named. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SocketCalls } from '../bsd/socket-calls.js';
import { readSetUp } from './set-up-text.js';
import type { CommandResult } from './subject.js';

/** Files of commands within files of commands. */
const DEEPEST = 4;

export function setUp(calls: SocketCalls, text: string, folder: string): CommandResult {
  const ignored: string[] = [];
  const failed = run(calls, text, folder, ignored, 0);
  return { ok: failed === '', output: failed, ignored };
}

/** @returns why it failed, '' = it did not */
function run(calls: SocketCalls, text: string, folder: string, ignored: string[], depth: number): string {
  for (const step of readSetUp(text)) {
    if (step.kind === 'ignored') ignored.push(step.command);
    else if (step.kind === 'set') {
      if (calls.sysctl(step.name, step.value) !== 'set') ignored.push(`${step.name}=${step.value}`);
    } else {
      const failed = depth < DEEPEST ? runFile(calls, step.path, folder, ignored, depth) : `${step.path} is too deep`;
      if (failed !== '') return failed;
    }
  }
  return '';
}

function runFile(calls: SocketCalls, file: string, folder: string, ignored: string[], depth: number): string {
  if (file.endsWith('.py')) {
    ignored.push(file);
    return '';
  }
  try {
    return run(calls, readFileSync(resolve(folder, file), 'utf8'), folder, ignored, depth + 1);
  } catch (error) {
    return `${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}`;
  }
}
