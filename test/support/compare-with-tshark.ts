/** A capture read by glasstcp and by tshark, compared segment by segment: numbers, and verdict by verdict. */
import { Writable } from 'node:stream';
import { readOptions } from '../../src/cli/observed/read-options.js';
import { readAndShow } from '../../src/cli/observed/reading.js';
import { Output } from '../../src/cli/output.js';
import { terminalOf } from '../../src/cli/terminal.js';
import type { TcpView } from '../../src/observe/segment-view.js';
import type { ChecksumVerdict, Side, StateStep } from '../../src/observe/sighting.js';
import { TSHARK_FLAGS } from '../../src/observe/verdicts.js';
import type { Difference } from './real-captures/differences.js';
import { FLAGS, type Flag } from './real-captures/scene.js';
import type { TsharkSegment } from './tshark.js';

/** A segment as `glasstcp read --format json` has it (docs/captures.md). */
export interface OurSegment {
  readonly type: 'segment';
  readonly number: number;
  readonly stream: number;
  readonly from: Side;
  readonly left: string;
  readonly right: string;
  readonly segment: TcpView;
  readonly checksum: ChecksumVerdict;
  readonly verdicts: readonly { readonly rule: string; readonly numbers: readonly number[] }[];
  readonly states: { readonly left: StateStep; readonly right: StateStep };
}

interface OtherLine {
  readonly type: string;
}

const isSegment = (line: OurSegment | OtherLine): line is OurSegment => line.type === 'segment';

/** What `glasstcp read --format json` says of each segment. @throws Error when it complains of the file */
export async function glasstcpSegments(file: string): Promise<OurSegment[]> {
  let [printed, complaints] = ['', ''];
  const stream = new Writable({ write: (chunk, _encoding, done) => { printed += String(chunk); done(); } });
  const status = await readAndShow(readOptions({ file, format: 'json' }),
    { terminal: terminalOf(process.stdout), out: new Output(stream), complain: (text) => { complaints += text; }, program: 'test' });
  if (status !== 0 || complaints !== '') throw new Error(`glasstcp read ended with ${status}: ${complaints}`);
  const lines = printed.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as OurSegment | OtherLine);
  return lines.filter(isSegment);
}

/** One segment as both see it. */
export interface Pair {
  readonly ours: OurSegment;
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

const ourNumbers = ({ stream, segment }: OurSegment): Readonly<Record<(typeof NUMBERS)[number], number>> =>
  ({ stream, seq: segment.seq, ack: segment.ack ?? 0, window: segment.window, length: segment.length });

const ourDuplicate = ({ verdicts }: OurSegment): number => verdicts.find(({ rule }) => rule === 'duplicate-ack')?.numbers[0] ?? 0;

/** @throws Error when a frame is a TCP segment for one of the two only */
export function compare(ours: readonly OurSegment[], theirs: readonly TsharkSegment[], differences: readonly Difference[]): Comparison {
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

function pair(ours: readonly OurSegment[], theirs: readonly TsharkSegment[]): Pair[] {
  const numbers = (list: readonly { readonly number: number }[]): string => list.map(({ number }) => number).join(' ');
  if (numbers(ours) !== numbers(theirs)) throw new Error(`other frames are TCP segments for us (${numbers(ours)}) than for tshark (${numbers(theirs)})`);
  return ours.map((segment, i) => ({ ours: segment, theirs: theirs[i], flags: new Set(segment.verdicts.flatMap(({ rule }) => (TSHARK_FLAGS.get(rule) ?? []) as Flag[])) }));
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
  const disagreements: Disagreement[] = NUMBERS.filter((about) => numbers[about] !== theirs[about] && (about !== 'ack' || ours.segment.ack !== undefined))
    .map((about) => differ(about, numbers[about], theirs[about]));
  if (!flags.has('duplicate_ack') || !theirs.flags.has('duplicate_ack')) return disagreements;
  const ordinal = ourDuplicate(ours);
  if (ordinal !== theirs.duplicate + countedByUsOnly(pair, before)) disagreements.push(differ('duplicate', ordinal, theirs.duplicate));
  return disagreements;
}

/** A disagreement on one line, for people. */
export function describeDisagreement({ about, who, pair: { ours, theirs, flags } }: Disagreement): string {
  const { segment: view, from } = ours;
  const names = (set: ReadonlySet<string>): string => [...set].join(' ') || 'nothing';
  return `frame ${theirs.number}, ${about}: ${who} (${from}'s ${view.flags.join(',')} seq ${view.seq} ack ${view.ack ?? '-'} len ${view.length} win ${view.window}; `
    + `glasstcp: ${names(flags)}; tshark: ${names(theirs.flags)})`;
}
