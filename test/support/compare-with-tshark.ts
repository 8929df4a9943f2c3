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
  /** A verdict, or a number. */
  readonly about: Flag | 'stream' | 'seq' | 'ack' | 'window' | 'length' | 'duplicate' | 'presence';
  /** Who has the verdict, or both with their numbers. */
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

export function compare(ours: readonly Sighting[], theirs: readonly TsharkSegment[], differences: readonly Difference[]): Comparison {
  const byNumber = new Map(theirs.map((segment) => [segment.number, segment]));
  const pairs: Pair[] = [];
  const agreed = new Map<Flag, number>();
  const disagreements: Disagreement[] = [];
  for (const sighting of ours) {
    const segment = byNumber.get(sighting.number);
    if (segment === undefined) throw new Error(`frame ${sighting.number} is a TCP segment for us and none for tshark`);
    byNumber.delete(sighting.number);
    const pair: Pair = { ours: sighting, theirs: segment, flags: new Set(tsharkFlagsOf(sighting.verdicts) as Flag[]) };
    const before = pairs.filter((p) => p.theirs.stream === segment.stream);
    const tell = (about: Disagreement['about'], who: string): void => {
      const known = differences.find((d) => d.about === about && d.who === who && d.when(pair, before));
      disagreements.push({ pair, about, who, known });
    };
    compareNumbers(pair, tell);
    for (const flag of FLAGS) {
      const [we, they] = [pair.flags.has(flag), segment.flags.has(flag)];
      if (we && they) agreed.set(flag, (agreed.get(flag) ?? 0) + 1);
      else if (we !== they) tell(flag, we ? 'glasstcp' : 'tshark');
    }
    pairs.push(pair);
  }
  if (byNumber.size > 0) throw new Error(`TCP segments for tshark and none for us: frames ${[...byNumber.keys()].join(', ')}`);
  return { pairs, agreed, disagreements };
}

function compareNumbers({ ours, theirs, flags }: Pair, tell: (about: Disagreement['about'], who: string) => void): void {
  const numbers = ourNumbers(ours);
  for (const about of NUMBERS) {
    if (about === 'ack' && ours.view.ack === undefined) continue; // tshark shows what stands in a field that does not count
    if (numbers[about] !== theirs[about]) tell(about, `ours ${numbers[about]}, theirs ${theirs[about]}`);
  }
  const ordinal = ourDuplicate(ours);
  if (flags.has('duplicate_ack') && theirs.flags.has('duplicate_ack') && ordinal !== theirs.duplicate) tell('duplicate', `ours ${ordinal}, theirs ${theirs.duplicate}`);
}
