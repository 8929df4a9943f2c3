/** What a figure is worth without: the machine it was measured on, and what else it was doing. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { SYSTEM_PATH } from '../../src/device/ip-command.js';

export interface Surroundings {
  readonly kernel: string;
  readonly node: string;
  readonly processors: number;
  readonly processor: string;
  readonly memoryGiB: number;
  /** Of the kernel, in every namespace used. */
  readonly congestionControl: string;
  /** Runnable tasks before we began, averaged over a minute. */
  readonly loadBefore: number;
}

export function surroundings(congestion: string): Surroundings {
  const processors = cpus();
  return {
    kernel: release(), node: process.version, processors: processors.length, processor: processors[0]?.model ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30), congestionControl: congestion || readFileSync(CONGESTION, 'utf8').trim(),
    loadBefore: loadavg()[0],
  };
}

const CONGESTION = '/proc/sys/net/ipv4/tcp_congestion_control';

/** What a private namespace may be set to, best known first; '' = nothing, it stays as it comes. */
export function congestionControl(): string {
  const allowed = readFileSync('/proc/sys/net/ipv4/tcp_allowed_congestion_control', 'utf8').trim().split(' ');
  return ['cubic', 'reno'].find((name) => allowed.includes(name)) ?? '';
}

export function have(command: string): boolean {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore', env: { ...process.env, PATH: SYSTEM_PATH } });
    return true;
  } catch {
    return false;
  }
}
