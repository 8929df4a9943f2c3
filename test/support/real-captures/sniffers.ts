/** tcpdump, or dumpcap where tcpdump does not run: as "root" of a user namespace it cannot change to the user that it wants to be. */
import { closeSync, openSync, readFileSync } from 'node:fs';
import type { PrivateNetwork, Program } from './network.js';

export interface Sniffing {
  /** An interface, or 'any'. */
  readonly on: string;
  /** Octets of each packet that are captured. */
  readonly snap: number;
  /** In pcap's language. */
  readonly filter?: string;
  /** As tcpdump names it: 'LINUX_SLL'. */
  readonly linkType?: string;
  /** Times in nanoseconds: only tcpdump can. */
  readonly nanoseconds?: boolean;
}

/** Resolves once it listens. */
export type Sniffer = (network: PrivateNetwork, file: string, what: Sniffing) => Promise<Program>;

const BUFFER_MIB = 32;

const tcpdump: Sniffer = async (network, file, { on, snap, filter, linkType, nanoseconds = false }) => {
  const fd = openSync(file, 'w');
  // Each packet is read and written at once.
  const program = network.start('tcpdump', ['-i', on, '-U', '--immediate-mode', '-n', '-Z', 'root', '-B', String(BUFFER_MIB * 1024), '-s', String(snap), '-w', '-',
    ...(linkType === undefined ? [] : ['-y', linkType]), ...(nanoseconds ? ['--time-stamp-precision=nano'] : []), ...(filter === undefined ? [] : [filter])],
  { stdio: ['ignore', fd, 'pipe'] });
  closeSync(fd);
  await program.printed('listening on');
  return program;
};

/** @param format '-P' = pcap, '-n' = pcapng */
const dumpcapAs = (format: '-P' | '-n'): Sniffer => async (network, file, { on, snap, filter, linkType }) => {
  const program = network.start('dumpcap', [format, '-i', on, '-s', String(snap), '-B', String(BUFFER_MIB), '-w', file,
    ...(linkType === undefined ? [] : ['-y', linkType]), ...(filter === undefined ? [] : ['-f', filter])]);
  await program.printed('File: ');
  return program;
};

/** Writes pcapng. */
export const dumpcap = dumpcapAs('-n');

/** tcpdump as root gives up its groups, which a user namespace may deny. */
const tcpdumpRuns = readFileSync('/proc/self/setgroups', 'utf8').trim() === 'allow';

/** Writes pcap. */
export const sniffer = tcpdumpRuns ? tcpdump : dumpcapAs('-P');
export const SNIFFER = tcpdumpRuns ? 'tcpdump' : 'dumpcap';

/** Packets that it had no room for, from what it says at its end. */
export function droppedBy(said: string): number {
  const counts = /(\d+) packets? dropped by kernel/.exec(said) ?? /dropped on interface .*?: \d+\/(\d+)/.exec(said);
  return Number(counts?.[1] ?? 0);
}
