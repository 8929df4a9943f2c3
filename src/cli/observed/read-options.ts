/** The command line of `glasstcp read`, checked: what is wrong is said with the command that is right. */
import { usageError } from '../failure.js';

export const FORMATS = ['ladder', 'table', 'json'] as const;
export type Format = (typeof FORMATS)[number];

/** As yargs gives them; each may have been given more than once. */
export interface ReadArguments {
  readonly file?: string;
  readonly format: string;
  readonly stream?: string | readonly string[];
  readonly problems?: boolean;
  readonly write?: string;
  readonly count?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

export interface ReadOptions {
  /** '-' = standard input. */
  readonly file: string;
  readonly format: Format;
  /** The conversations asked for, in the order of their numbers; undefined = all. */
  readonly streams: ReadonlySet<number> | undefined;
  readonly problems: boolean;
  /** Where to write the frames with comments. */
  readonly write: string | undefined;
  /** Frames to read; Infinity = all. */
  readonly count: number;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

const HELP = 'glasstcp read --help';

/** @throws Failure (status 2) that says which option is wrong */
export function readOptions(args: ReadArguments): ReadOptions {
  const { file = '', problems = false, quiet = false, verbose = false } = args;
  if (file === '') throw usageError('a capture file is missing.', 'glasstcp read FILE');
  if (quiet && verbose) throw usageError('--quiet and --verbose exclude each other.', HELP);
  const format = FORMATS.find((name) => name === args.format);
  if (format === undefined) throw usageError(`--format knows no "${args.format}".`, `--format with one of: ${FORMATS.join(', ')}`);
  return { file, format, streams: streamsOf(args.stream), problems, write: pathOf(args.write), count: countOf(args.count), quiet, verbose };
}

function streamsOf(given: ReadArguments['stream']): ReadonlySet<number> | undefined {
  if (given === undefined) return undefined;
  const words = (typeof given === 'string' ? [given] : given).flatMap((word) => word.split(','));
  return new Set(words.map((word) => {
    if (!/^\d{1,9}$/.test(word.trim())) throw usageError(`--stream takes the number of a conversation, from 0 on, and not "${word}".`, 'glasstcp read FILE --stream 0 --stream 3');
    return Number(word);
  }));
}

function countOf(given: string | undefined): number {
  if (given === undefined) return Infinity;
  if (!/^[1-9]\d{0,14}$/.test(given)) throw usageError(`-c takes a number of frames, from 1 on, and not "${given}".`, 'glasstcp read FILE -c 100');
  return Number(given);
}

function pathOf(given: string | undefined): string | undefined {
  if (given === '') throw usageError('-w needs the name of a file after it.', 'glasstcp read FILE -w explained.pcapng');
  return given;
}
