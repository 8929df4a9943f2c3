/** The demo's options: read from text, checked, with an error that says what would do. */
import { type Language, languageOf } from '../../trace/language.js';
import { usageError } from '../failure.js';
import { optionReader } from '../option-values.js';

/** TUN, raw sockets on the loopback interface, or a pipe to a second glasstcp. */
export type DemoDevice = 'tun' | 'raw' | 'pipe';

export interface DemoOptions {
  /** Path of the capture; null = none. */
  readonly capture: string | null;
  /** Path of the event file; null = none. */
  readonly json: string | null;
  /** Maximum segment lifetime, seconds. */
  readonly msl: number;
  /** Probability 0 … 0.5 that a packet is lost, each way. */
  readonly loss: number;
  readonly seed: number;
  readonly ipv6: boolean;
  /** undefined: a TUN if that is possible, else a pipe. */
  readonly device: DemoDevice | undefined;
  /** No private network namespace for the TUN. */
  readonly hostNetwork: boolean;
  /** A private network namespace for the raw sockets, too. */
  readonly isolated: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** Of all it prints, and of the capture's comments. */
  readonly language: Language;
}

/** As yargs leaves them: all text, so that what is wrong can be quoted. An option given twice is a list. */
export interface DemoArguments {
  readonly capture?: unknown;
  readonly json?: unknown;
  readonly msl?: unknown;
  readonly loss?: unknown;
  readonly seed?: unknown;
  readonly device?: unknown;
  readonly ipv6?: unknown;
  readonly hostNetwork?: unknown;
  readonly isolated?: unknown;
  readonly quiet?: unknown;
  readonly verbose?: unknown;
  readonly lang?: unknown;
}

const MSL_LEAST = 0.1;
const MSL_MOST = 120;
const LOSS_MOST = 30;
const { text: readText, number: readNumber, flag: readFlag, wrong } = optionReader('glasstcp demo --help');

/** @throws Failure that names the option, what it was given, and what it takes */
export function readOptions(given: DemoArguments): DemoOptions {
  const options: DemoOptions = {
    capture: given.capture === false ? null : readText('capture', given.capture, 'a file name, or --no-capture'),
    json: given.json === undefined ? null : readText('json', given.json, 'a file name'),
    msl: readNumber('msl', given.msl, MSL_LEAST, MSL_MOST, `seconds, ${MSL_LEAST} to ${MSL_MOST}; fractions are fine`),
    loss: readNumber('loss', given.loss, 0, LOSS_MOST, `percent, 0 to ${LOSS_MOST}`) / 100,
    seed: readNumber('seed', given.seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, 'a whole number', true),
    ipv6: readFlag('ipv6', given.ipv6),
    device: readDevice(given.device),
    hostNetwork: readFlag('host-network', given.hostNetwork),
    isolated: readFlag('isolated', given.isolated),
    quiet: readFlag('quiet', given.quiet),
    verbose: readFlag('verbose', given.verbose),
    language: readLanguage(given.lang),
  };
  refuseContradictions(options);
  return options;
}

/** Do packets pass where other programs of this host are? */
export const onHostNetwork = ({ device, hostNetwork, isolated }: DemoOptions): boolean => hostNetwork || (device === 'raw' && !isolated);

function refuseContradictions({ capture, json, device, hostNetwork, isolated, quiet, verbose }: DemoOptions): void {
  const one = 'leave one of them out';
  if (quiet && verbose) throw usageError('--quiet and --verbose contradict each other.', one);
  if (hostNetwork && isolated) throw usageError('--host-network and --isolated contradict each other.', one);
  if (hostNetwork && device === 'pipe') throw usageError('--host-network is about the TUN interface, and --device pipe has none.', one);
  if (hostNetwork && device === 'raw') throw usageError('--host-network is about the TUN interface; --device raw is on this host\'s network anyway.', 'leave out --host-network');
  if (isolated && device === 'pipe') throw usageError('--isolated is about the network, and --device pipe uses none.', one);
  if (capture !== null && capture === json) throw usageError(`--capture and --json both name ${capture}.`, 'give them two different files');
}

function readDevice(value: unknown): DemoDevice | undefined {
  if (value === undefined || value === 'tun' || value === 'raw' || value === 'pipe') return value;
  throw wrong('device', value, '"tun" (the kernel), "raw" (the kernel, on localhost) or "pipe" (a second glasstcp)');
}

function readLanguage(value: unknown): Language {
  if (value === undefined) return languageOf(process.env);
  if (value === 'en' || value === 'zh') return value;
  throw wrong('lang', value, '"en" (English) or "zh" (Chinese)');
}
