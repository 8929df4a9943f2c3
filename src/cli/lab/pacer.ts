/** Who is asked before a segment enters the line, and what they are told of it: the packet, and what made its sender send it. */
import type { Role } from '../../labs/ends/end.js';
import type { Outgoing } from '../../labs/world.js';
import { SegmentReader, type SegmentView } from '../../observe/segment-view.js';
import type { Moment } from '../../trace/moment.js';
import { HeldMoments } from './held-moments.js';

export interface Announced {
  readonly packet: Outgoing;
  readonly view: SegmentView | undefined;
  /** Does the host on the left of the ladder send it? */
  readonly ours: boolean;
  /** What its sender has done since its last segment, as far as the ladder has not shown it; the moment of this segment comes last. */
  readonly moments: readonly Moment[];
}

export interface Pacer {
  /** Nothing may be folded away: somebody waits for each segment. */
  readonly everySegment: boolean;
  /** Returns when the segment may go. @throws Stopped when whoever watches leaves */
  about(announced: Announced): Promise<void>;
}

/** Of an endless diary, the latest is enough. */
const MOST_KEPT = 8;

export class Foreword {
  private readonly reader = new SegmentReader();
  /** Of the other host. */
  private past: Moment[] = [];
  private readonly waiting = new HeldMoments((moment) => this.past.push(moment));

  /** @param held moments of ours whose segments have not been sent yet */
  constructor(private readonly glass: Role, private readonly held: HeldMoments) {}

  /** Something that the other host has done. */
  opposite(moment: Moment): void {
    this.waiting.add(moment);
  }

  of(packet: Outgoing): Announced {
    const view = this.reader.read(packet.octets);
    const ours = packet.from === this.glass;
    return { packet, view, ours, moments: packet.injected ? [] : this.momentsOf(packet, ours) };
  }

  private momentsOf({ octets }: Outgoing, ours: boolean): Moment[] {
    const own = (ours ? this.held : this.waiting).find(octets);
    if (ours) return own === undefined ? [] : [own];
    this.waiting.release(octets);
    return this.past.splice(0).slice(-MOST_KEPT);
  }
}
