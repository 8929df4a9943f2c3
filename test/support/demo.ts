/** Runs the glasstcp command, compiled from source for the test file at hand, in a process and a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readlinkSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { compiled } from './compiled.js';

const FOLDERS = ['util', 'wire', 'trace', 'tcp', 'stack', 'device', 'capture', 'observe', 'net', 'sim', 'bsd', 'script', 'compare', 'cli'];

let program: ReturnType<typeof compiled> | undefined;
afterAll(() => program?.remove());

/** The file to run. The package's version is read from beside its folder. */
export function mainFile(): string {
  if (program === undefined) {
    program = compiled(FOLDERS);
    copyFileSync(resolve(__dirname, '../../package.json'), join(program.folder, '../package.json'));
  }
  return join(program.folder, 'cli/main.js');
}

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves once the text has been printed. */
  readonly printed: (text: string) => Promise<void>;
  /** The same for standard error. */
  readonly told: (text: string) => Promise<void>;
}

/** A new empty folder. */
export const makeFolder = (): string => mkdtempSync(join(tmpdir(), 'glasstcp-demo-'));

export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** Starts it as a user does, not yet in a private network, whatever this process is in. */
export function startGlasstcp(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Running {
  const clean = { ...process.env, ...env };
  delete clean['GLASSTCP_ISOLATED'];
  delete clean['FORCE_COLOR'];
  const child = spawn(process.execPath, [mainFile(), ...args], { cwd, env: clean });
  let stdout = '';
  let stderr = '';
  const watchers = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    for (const watch of watchers) watch();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    for (const watch of watchers) watch();
  });
  const ended = new Promise<Ended>((done) => child.once('close', (status) => done({ status, stdout, stderr })));
  const awaited = (text: string, where: () => string): Promise<void> => new Promise((done, failed) => {
    const watch = (): void => { if (where().includes(text)) done(); };
    watchers.add(watch);
    watch();
    void ended.then(() => failed(new Error(`ended without having printed "${text}":\n${stdout}\n${stderr}`)));
  });
  return { child, ended, printed: (text) => awaited(text, () => stdout), told: (text) => awaited(text, () => stderr) };
}

export const glasstcp = (args: readonly string[], cwd: string, env?: NodeJS.ProcessEnv): Promise<Ended> => startGlasstcp(args, cwd, env).ended;

/** The text between the lifelines and beside them on one line, for searches that line breaks would spoil. */
export const flat = (ladder: string): string => ladder.replace(/[│┆\s]+/g, ' ');

/** Processes whose current folder this is: what a run has left behind. */
export function processesIn(folder: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readlinkSync(`/proc/${pid}/cwd`) === folder;
    } catch {
      return false;
    }
  });
}
