/** Whether a capture has in it what its scene was played for, by tshark's account. */
import type { Pair } from '../compare-with-tshark.js';
import { type Contents, FLAGS, type Flag, type Other } from './scene.js';

const [FIN, SYN, RST] = [1, 2, 4];

/** SYNs or FINs of both ends, the first of each, sent before either had heard of the other's: neither acknowledges it. */
function crossings(pairs: readonly Pair[], bit: number): number {
  const first = (side: string): Pair | undefined => pairs.find(({ ours, theirs }) => ours.from === side && (theirs.bits & bit) !== 0);
  const [left, right] = [first('left'), first('right')];
  if (left === undefined || right === undefined) return 0;
  const answers = (a: Pair, b: Pair): boolean => a.ours.segment.ack !== undefined && a.theirs.ack > b.theirs.seq + b.theirs.length;
  return answers(left, right) || answers(right, left) ? 0 : 1;
}

export function countContents(pairs: readonly Pair[]): Record<Flag | Other, number> {
  const flags = Object.fromEntries(FLAGS.map((flag) => [flag, pairs.filter(({ theirs }) => theirs.flags.has(flag)).length])) as Record<Flag, number>;
  return {
    ...flags,
    frames: pairs.length,
    streams: new Set(pairs.map(({ theirs }) => theirs.stream)).size,
    resets: pairs.filter(({ theirs }) => (theirs.bits & RST) !== 0).length,
    crossing_syns: crossings(pairs, SYN),
    crossing_fins: crossings(pairs, FIN),
  };
}

/** What is not there as often as it should be, in words. */
export function lacking(wanted: Contents, found: Readonly<Record<Flag | Other, number>>): string[] {
  return (Object.entries(wanted) as [Flag | Other, number][]).filter(([what, least]) => found[what] < least).map(([what, least]) => `${what} ${found[what]} times, not ${least}`);
}
