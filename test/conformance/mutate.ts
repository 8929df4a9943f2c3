/**
 * Builds mutants and runs the conformance checks on them: the sources compiled once (types are not looked at), one file of the
 * copy changed for each, and a process of its own for the run, so that a mutant may loop or eat memory as it likes.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import type { Mutant } from './mutants.js';

const ROOT = join(__dirname, '..', '..');
const FOLDERS = ['src', join('test', 'conformance'), join('test', 'support')];
/** A mutant that takes longer has been noticed as well: it does not end. */
const LONGEST_RUN_MS = 120_000;

export interface Caught {
  readonly mutant: Mutant;
  /** Checks that failed; empty = it got away. */
  readonly by: readonly string[];
}

/** Compiles everything into a folder of the repository (so that packages are found). @returns a run for each mutant, undefined = the sound engine */
export function prepareMutants(name: string): (mutant: Mutant | undefined) => Promise<string[]> {
  const folder = join(ROOT, name);
  rmSync(folder, { recursive: true, force: true });
  const base = join(folder, 'base');
  for (const part of FOLDERS) compileBelow(join(ROOT, part), join(base, part));
  return async (mutant) => {
    if (mutant === undefined) return failuresOf(base);
    const copy = join(folder, mutant.name);
    cpSync(base, copy, { recursive: true });
    writeFileSync(join(copy, mutant.file.replace(/\.ts$/, '.js')), compile(mutated(mutant)));
    try {
      return await failuresOf(copy);
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  };
}

/** @throws Error when the place to change is not there exactly once */
export function mutated({ name, file, find, replace }: Mutant): string {
  const text = readFileSync(join(ROOT, file), 'utf8');
  if (text.split(find).length !== 2) throw new Error(`the mutant ${name} finds its place ${text.split(find).length - 1} times in ${file}: "${find}"`);
  return text.replace(find, () => replace);
}

function compileBelow(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory()) compileBelow(source, target);
    else if (entry.name.endsWith('.ts')) writeFileSync(target.replace(/\.ts$/, '.js'), compile(readFileSync(source, 'utf8')));
    else cpSync(source, target);
  }
}

const compile = (text: string): string => transpileModule(text, { compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true } }).outputText;

/** Runs checks on the engine of that folder until one fails. @returns its name @throws Error when the run broke down */
function failuresOf(folder: string): Promise<string[]> {
  const program = join(folder, 'test', 'conformance', 'run-engine.js');
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'], cwd: dirname(program), timeout: LONGEST_RUN_MS });
  let text = '';
  child.stdout.on('data', (part: Buffer) => (text += part.toString()));
  return new Promise((resolve, reject) => {
    child.on('close', (status, signal) => {
      if (status === 0) resolve(JSON.parse(text) as string[]);
      else if (signal !== null) resolve(['(the run did not end)']);
      else reject(new Error(`the run in ${folder} ended with status ${status}`));
    });
  });
}
