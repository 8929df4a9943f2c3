/** A capture read by glasstcp and by tshark, compared segment by segment: numbers, and verdict by verdict. */
import { LONGEST_IP_PACKET, ipPacketOf } from '../../src/capture/link-layer.js';
import { openCapture } from '../../src/capture/read.js';
import { Observer } from '../../src/observe/observer.js';
import type { Sighting } from '../../src/observe/sighting.js';
import { tsharkFlagsOf } from '../../src/observe/verdicts.js';
import { Packet } from '../../src/wire/packet.js';
import { FLAGS, type Flag } from './real-captures/scene.js';
import type { Difference } from './real-captures/differences.js';
import type { TsharkSegment } from './tshark.js';

export interface OurCapture {
  readonly sightings: readonly Sighting[];
  /** Frames that are no TCP segments, and why. */
  readonly overlooked: readonly string[];
  readonly trouble: readonly string[];
}

export function observe(file: string): OurCapture {
  const reader = openCapture(file);
  const observer = new Observer();
  const packet = new Packet(LONGEST_IP_PACKET);
  const sightings: Sighting[] = [];
  const overlooked: string[] = [];
  for (const frame of reader.frames()) {
    const captured = ipPacketOf(frame, packet);
    const seen = typeof captured === 'string' ? { number: frame.number, why: captured }
      : observer.see({ number: frame.number, at: Number(frame.nanos / 1000n), packet, captured });
    if ('why' in seen) overlooked.push(`${seen.number}: ${seen.why}`);
    else sightings.push(seen);
  }
  return { sightings, overlooked, trouble: reader.trouble };
}

/** One segment as both see it. */
export interface Pair {
  readonly ours: Sighting;
  readonly theirs: TsharkSegment;
  readonly flags: ReadonlySet<Flag>;
}

/** Something on which the two do not agree. */
export interface Disagreement {
  readonly pair: Pair;
  /** A verdict, or a number; 'duplicate': which one in a row a duplicate ACK is. */
  readonly about: Flag | (typeof NUMBERS)[number] | 'duplicate';
  /** Who has the verdict, or the number of each. */
  readonly who: string;
  /** The entry in the table of differences that covers it. */
  readonly known: Difference | undefined;
}

export interface Comparison {
  readonly pairs: readonly Pair[];
  /** How often both set a flag. */
  readonly agreed: ReadonlyMap<Flag, number>;
  readonly disagreements: readonly Disagreement[];
}

const NUMBERS = ['stream', 'seq', 'ack', 'window', 'length'] as const;

const ourNumbers = ({ stream, view }: Sighting): Readonly<Record<(typeof NUMBERS)[number], number>> =>
  ({ stream, seq: view.seq, ack: view.ack ?? 0, window: view.window, length: view.length });

const ourDuplicate = ({ verdicts }: Sighting): number => verdicts.find(({ rule }) => rule.name === 'duplicate-ack')?.numbers[0] ?? 0;

/** @throws Error when a frame is a TCP segment for one of the two only */
export function compare(ours: readonly Sighting[], theirs: readonly TsharkSegment[], differences: readonly Difference[]): Comparison {
  const pairs = pair(ours, theirs);
  const agreed = new Map<Flag, number>();
  const disagreements: Disagreement[] = [];
  const streams = new Map<number, Pair[]>();
  for (const next of pairs) {
    const before = streams.get(next.theirs.stream) ?? [];
    streams.set(next.theirs.stream, before);
    for (const flag of FLAGS) if (next.flags.has(flag) && next.theirs.flags.has(flag)) agreed.set(flag, (agreed.get(flag) ?? 0) + 1);
    disagreements.push(...numbersThatDiffer(next, before), ...flagsThatDiffer(next, before, differences));
    before.push(next);
  }
  return { pairs, agreed, disagreements };
}

function pair(ours: readonly Sighting[], theirs: readonly TsharkSegment[]): Pair[] {
  const numbers = (list: readonly { readonly number: number }[]): string => list.map(({ number }) => number).join(' ');
  if (numbers(ours) !== numbers(theirs)) throw new Error(`other frames are TCP segments for us (${numbers(ours)}) than for tshark (${numbers(theirs)})`);
  return ours.map((sighting, i) => ({ ours: sighting, theirs: theirs[i], flags: new Set(tsharkFlagsOf(sighting.verdicts) as Flag[]) }));
}

function flagsThatDiffer(pair: Pair, before: readonly Pair[], differences: readonly Difference[]): Disagreement[] {
  const onlyOurs = FLAGS.filter((flag) => pair.flags.has(flag) && !pair.theirs.flags.has(flag));
  const onlyTheirs = FLAGS.filter((flag) => !pair.flags.has(flag) && pair.theirs.flags.has(flag));
  if (onlyOurs.length + onlyTheirs.length === 0) return [];
  const fitting = differences.filter((d) => d.ours.every((f) => onlyOurs.includes(f)) && d.theirs.every((f) => onlyTheirs.includes(f)) && d.when(pair, before));
  const judge = (about: Flag, who: 'ours' | 'theirs'): Disagreement =>
    ({ pair, about, who: who === 'ours' ? 'only glasstcp' : 'only tshark', known: fitting.find((d) => d[who].includes(about)) });
  return [...onlyOurs.map((flag) => judge(flag, 'ours')), ...onlyTheirs.map((flag) => judge(flag, 'theirs'))];
}

/** Duplicates of the same ACK that only we have counted so far: an explained difference, of which the next numbers are a consequence. */
function countedByUsOnly(pair: Pair, before: readonly Pair[]): number {
  const own = before.filter(({ ours, theirs }) => ours.from === pair.ours.from && theirs.ack === pair.theirs.ack);
  const count = (has: (p: Pair) => boolean): number => own.filter(has).length;
  return count(({ flags }) => flags.has('duplicate_ack')) - count(({ theirs }) => theirs.flags.has('duplicate_ack'));
}

function numbersThatDiffer(pair: Pair, before: readonly Pair[]): Disagreement[] {
  const { ours, theirs, flags } = pair;
  const numbers = ourNumbers(ours);
  const differ = (about: Disagreement['about'], we: number, they: number): Disagreement => ({ pair, about, who: `glasstcp ${we}, tshark ${they}`, known: undefined });
  // Without the ACK bit tshark shows what stands in a field that does not count.
  const disagreements: Disagreement[] = NUMBERS.filter((about) => numbers[about] !== theirs[about] && (about !== 'ack' || ours.view.ack !== undefined))
    .map((about) => differ(about, numbers[about], theirs[about]));
  if (!flags.has('duplicate_ack') || !theirs.flags.has('duplicate_ack')) return disagreements;
  const ordinal = ourDuplicate(ours);
  if (ordinal !== theirs.duplicate + countedByUsOnly(pair, before)) disagreements.push(differ('duplicate', ordinal, theirs.duplicate));
  return disagreements;
}

/** A disagreement on one line, for people. */
export function describeDisagreement({ about, who, pair: { ours, theirs, flags } }: Disagreement): string {
  const { view, from } = ours;
  const names = (set: ReadonlySet<string>): string => [...set].join(' ') || 'nothing';
  return `frame ${theirs.number}, ${about}: ${who} (${from}'s ${view.flags.join(',')} seq ${view.seq} ack ${view.ack ?? '-'} len ${view.length} win ${view.window}; `
    + `glasstcp: ${names(flags)}; tshark: ${names(theirs.flags)})`;
}
