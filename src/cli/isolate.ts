/**
 * Keeps packets off the host's network: starts the command line again, itself, in a private network namespace, and passes
 * on its signals and its exit status. The namespace vanishes with its last process, so there is nothing to clean up.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { SYSTEM_PATH, ip } from '../device/ip-command.js';
import { findNamespace, run, type Run } from './isolation-probe.js';

/** Set to 1 in the process that runs in the private namespace. */
export const ISOLATED = 'GLASSTCP_ISOLATED';

/** How long a terminal's Ctrl-C, which reaches the child by itself, is given before it is passed on after all. */
const SECOND_CHANCE_MS = 1_000;

export interface IsolateOptions {
  readonly run?: Run;
  /** Must a TUN be to be had in there? Default true. */
  readonly withTun?: boolean;
  /** Ends this process with the child's status. Replaced in tests. */
  readonly exit?: (status: number) => void;
}

/**
 * In the private namespace: brings `lo` up and says so. Outside: if one can be had, runs `argv` again in there and ends
 * this process with that one's exit status (128 + n after signal n), never resolving; if not, says why.
 * @param argv as process.argv: [node, script, …]
 */
export async function ensureIsolated(argv: readonly string[], options: IsolateOptions = {}): Promise<'isolated' | { readonly unavailable: string }> {
  if (process.env[ISOLATED] === '1') {
    ip('link', 'set', 'lo', 'up');
    return 'isolated';
  }
  if (process.platform !== 'linux') return { unavailable: `network namespaces are a feature of Linux; this is ${process.platform}` };
  const found = findNamespace(process.getuid?.() ?? -1, options.run ?? run, options.withTun);
  if ('reason' in found) return { unavailable: `${found.reason}; to mend it: ${found.mend}` };
  const status = await runAgain(found.flags, argv);
  if (typeof status !== 'number') return status;
  (options.exit ?? ((code: number) => process.exit(code)))(status);
  return new Promise(() => undefined);
}

/** @returns the child's exit status */
function runAgain(flags: readonly string[], argv: readonly string[]): Promise<number | { readonly unavailable: string }> {
  const child = spawn('unshare', [...flags, process.execPath, ...process.execArgv, ...argv.slice(1)], {
    stdio: 'inherit',
    env: { ...process.env, PATH: SYSTEM_PATH, [ISOLATED]: '1' },
  });
  const stopForwarding = forwardSignals(child);
  return new Promise((resolve) => {
    child.once('error', (error) => {
      stopForwarding();
      resolve({ unavailable: `"unshare" could not be started: ${error.message}` });
    });
    child.once('exit', (code, signal) => {
      stopForwarding();
      resolve(code ?? 128 + constants.signals[signal ?? 'SIGTERM']);
    });
  });
}

function forwardSignals(child: ChildProcess): () => void {
  const pending: NodeJS.Timeout[] = [];
  const forward = (signal: NodeJS.Signals): void => {
    // The terminal has told the child too: twice might mean "at once" to it.
    if (signal !== 'SIGINT' || !inForeground()) child.kill(signal);
    else pending.push(setTimeout(() => child.kill(signal), SECOND_CHANCE_MS));
  };
  const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  return () => {
    for (const signal of signals) process.off(signal, forward);
    for (const timer of pending) clearTimeout(timer);
  };
}

/** Is our process group the one that the terminal sends Ctrl-C to? */
function inForeground(): boolean {
  try {
    // pid (name) state ppid pgrp session tty_nr tpgid …; the name may hold anything but ends at the last bracket.
    const stat = readFileSync('/proc/self/stat', 'utf8');
    const [, , group, , tty, foreground] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return tty !== '0' && group === foreground;
  } catch {
    return false;
  }
}
