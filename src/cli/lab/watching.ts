/** How a lab is to be watched: the options of `lab run` that make it stop, ask, narrate or write, checked. */
import { NARRATORS, narratorNamed } from '../../labs/narrators/catalog.js';
import type { Narrator } from '../../labs/narrators/narrator.js';
import type { Language } from '../../trace/language.js';
import { usageError } from '../failure.js';
import { optionReader } from '../option-values.js';

/** As yargs leaves them. */
export interface WatchingArguments {
  readonly step?: unknown;
  readonly slow?: unknown;
  readonly quiz?: unknown;
  readonly capture?: unknown;
  readonly narrator?: unknown;
  readonly json: boolean;
}

export interface Watching {
  readonly pace: 'at once' | 'step' | 'quiz' | { readonly seconds: number };
  /** Path of the capture; null = none. */
  readonly capture: string | null;
  readonly narrator: Narrator | undefined;
}

export const SLOW_LEAST = 0.1;
export const SLOW_MOST = 60;
const HELP = 'glasstcp lab run --help';
const ONE = 'leave one of them out';
const { text, number, flag, wrong } = optionReader(HELP);

/**
 * @param labs how many are to be played
 * @throws Failure for a value that is none, and for what does not go together
 */
export function readWatching(args: WatchingArguments, labs: number, language: Language): Watching {
  refuseContradictions(args, labs);
  return { pace: paceOf(args), capture: captureOf(args.capture), narrator: narratorOf(args.narrator, language) };
}

/** These need the whole screen, and time that stands still. */
export const needsVirtualTime = ({ pace }: Watching): boolean => pace !== 'at once';

function paceOf({ step, slow, quiz }: WatchingArguments): Watching['pace'] {
  if (slow !== undefined) return { seconds: number('slow', slow, SLOW_LEAST, SLOW_MOST, `seconds, ${SLOW_LEAST} to ${SLOW_MOST}; fractions are fine`) };
  if (flag('step', step)) return 'step';
  return flag('quiz', quiz) ? 'quiz' : 'at once';
}

function captureOf(value: unknown): string | null {
  if (value === undefined) return null;
  const path = text('capture', value, 'a file name');
  // Standard output has the ladder.
  if (path === '-') throw wrong('capture', value, 'a file name');
  return path;
}

function narratorOf(value: unknown, language: Language): Narrator | undefined {
  if (value === undefined) return undefined;
  const narrator = typeof value === 'string' ? narratorNamed(value, language) : undefined;
  if (narrator === undefined) throw wrong('narrator', value, NARRATORS.en.map(({ id }) => `"${id}"`).join(', '));
  return narrator;
}

function refuseContradictions(args: WatchingArguments, labs: number): void {
  const given = (['step', 'slow', 'quiz', 'narrator'] as const).filter((name) => args[name] !== undefined && args[name] !== false);
  const paces = given.filter((name) => name !== 'narrator');
  if (paces.length > 1) throw usageError(`--${paces[0]} and --${paces[1]} contradict each other.`, ONE);
  if (args.json && given.length > 0) throw usageError(`--${given[0]} and --json contradict each other.`, ONE);
  const alone = args.capture === undefined ? given[0] : 'capture';
  if (labs > 1 && alone !== undefined) throw usageError(`--${alone} is for one lab; ${labs} were chosen.`, 'name one of them: glasstcp lab list');
}
