/** The command line of `glasstcp capture`, checked: what is wrong is said with the command that is right. */
import { ANY_INTERFACE, interfaceNames } from '../../capture/interfaces.js';
import { usageError } from '../failure.js';

/** As yargs gives them. */
export interface LiveArguments {
  readonly interface?: string;
  readonly filter: string;
  readonly write?: string;
  readonly count?: string;
  readonly duration?: string;
  readonly buffer: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

export interface LiveOptions {
  readonly interfaceName: string;
  readonly filter: string;
  /** Where to write the frames with comments; '-' = standard output. */
  readonly write: string | undefined;
  /** Frames after which it ends; Infinity = never. */
  readonly count: number;
  /** Seconds after which it ends; Infinity = never. */
  readonly duration: number;
  /** Octets the kernel keeps for us. */
  readonly kernelBuffer: number;
  readonly show: 'lines' | 'json' | 'nothing';
  /** The summary is JSON, too. */
  readonly json: boolean;
  readonly verbose: boolean;
}

const HELP = 'glasstcp capture --help';
/** IFNAMSIZ without the zero at its end. */
const LONGEST_NAME = 15;
/** KiB: at least one frame on any interface, at most what cap can be told. */
const LEAST_BUFFER = 128;
const LARGEST_BUFFER = 2 * 1024 * 1024 - 1;
/** About 24 days, what a timer takes. */
const LONGEST = 2_147_483;

/** @throws Failure (status 2) that says which option is wrong */
export function readLiveOptions(args: LiveArguments, names: () => string[] = interfaceNames): LiveOptions {
  const { filter, json = false, quiet = false, verbose = false } = args;
  if (quiet && verbose) throw usageError('--quiet and --verbose exclude each other.', HELP);
  if (json && args.write === '-') throw usageError('--json and -w - both want standard output.', 'glasstcp capture -i IFACE --json -w FILE.pcapng');
  if (args.write === '') throw usageError('-w needs the name of a file after it.', 'glasstcp capture -i IFACE -w FILE.pcapng');
  return {
    interfaceName: interfaceOf(args.interface, names), filter, write: args.write, count: countOf(args.count), duration: durationOf(args.duration),
    kernelBuffer: bufferOf(args.buffer), show: quiet || args.write === '-' ? 'nothing' : json ? 'json' : 'lines', json, verbose,
  };
}

function interfaceOf(given: string | undefined, names: () => string[]): string {
  if (given === undefined) throw usageError('which interface? -i is missing.', `glasstcp capture -i with one of: ${[...names(), ANY_INTERFACE].join(', ')}`);
  if (given !== '' && Buffer.byteLength(given) <= LONGEST_NAME) return given;
  throw usageError(`"${given}" cannot be the name of a network interface.`, `one of: ${[...names(), ANY_INTERFACE].join(', ')}`);
}

function countOf(given: string | undefined): number {
  if (given === undefined) return Infinity;
  if (!/^[1-9]\d{0,14}$/.test(given)) throw usageError(`-c takes a number of frames, from 1 on, and not "${given}".`, 'glasstcp capture -i IFACE -c 100');
  return Number(given);
}

function durationOf(given: string | undefined): number {
  if (given === undefined) return Infinity;
  const seconds = /^(?:\d+\.?\d*|\.\d+)$/.test(given) ? Number(given) : 0;
  if (seconds <= 0 || seconds > LONGEST) {
    throw usageError(`--duration takes seconds, more than 0 and at most ${LONGEST}, and not "${given}".`, 'glasstcp capture -i IFACE --duration 60');
  }
  return seconds;
}

function bufferOf(given: string): number {
  const kibibytes = /^\d{1,9}$/.test(given) ? Number(given) : 0;
  if (kibibytes < LEAST_BUFFER || kibibytes > LARGEST_BUFFER) {
    throw usageError(`--buffer takes KiB, ${LEAST_BUFFER} to ${LARGEST_BUFFER}, and not "${given}".`, 'glasstcp capture -i IFACE --buffer 65536');
  }
  return kibibytes * 1024;
}
