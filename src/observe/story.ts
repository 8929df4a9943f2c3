/**
 * A conversation in one line of a table or one object of JSON: how it opened and ended, how much went each way, what went
 * wrong, and through which states its ends came. Fed with its sightings; holds sums only, so it stays small.
 */
import { formatCitation } from '../trace/explain.js';
import type { Duration, Micros } from '../util/units.js';
import type { Side, Sighting } from './sighting.js';
import { Closing, type EndingKind } from './story/closing.js';
import { Direction, type DirectionSummary } from './story/direction.js';
import { Opening, type OpeningKind } from './story/opening.js';

export interface ConversationSummary {
  /** Counts conversations from 0, as Wireshark's tcp.stream. */
  readonly stream: number;
  /** µs since 1970: its first segment. */
  readonly start: Micros;
  /** µs from the first to the last segment. */
  readonly duration: Duration;
  readonly opening: { readonly kind: OpeningKind; readonly text: string; readonly handshakeTime: Duration | null };
  readonly ending: {
    readonly kind: EndingKind;
    /** Who closed or reset it; null = both at once, or nobody. */
    readonly by: Side | null;
    readonly text: string;
    /** Name and citation of the reason of a reset. */
    readonly because: { readonly name: string; readonly cite: string } | null;
  };
  /** Of both ends, as their SYNs say; null where a SYN was not seen. */
  readonly agreed: { readonly windowScaling: boolean; readonly sack: boolean; readonly timestamps: boolean } | null;
  readonly left: DirectionSummary;
  readonly right: DirectionSummary;
}

export class ConversationStory {
  private readonly left = new Direction();
  private readonly right = new Direction();
  private readonly opening = new Opening();
  private readonly closing = new Closing();
  private first: Sighting | undefined;
  private lastAt: Micros = 0;

  see(sighting: Sighting): void {
    const { left, right } = this;
    this.first ??= sighting;
    this.lastAt = sighting.at;
    (sighting.from === 'left' ? left : right).sends(sighting);
    left.moves(sighting.states.left);
    right.moves(sighting.states.right);
    this.opening.see(sighting, left, right);
    this.closing.see(sighting);
  }

  /** Of what was seen so far. @throws Error when nothing was */
  summary(): ConversationSummary {
    const { first, left, right, opening, closing } = this;
    if (first === undefined) throw new Error('a conversation without a segment has no summary');
    const names = { left: first.left, right: first.right };
    const opened = opening.kind(left, right);
    const ended = closing.kind(opened, left, right);
    const why = ended === 'reset' ? closing.why() : undefined;
    return {
      stream: first.stream,
      start: first.at,
      duration: this.lastAt - first.at,
      opening: { kind: opened, text: opening.text(left, right), handshakeTime: opening.handshakeTime },
      ending: {
        kind: ended, by: closing.by(ended), text: closing.text(ended, names),
        because: why === undefined ? null : { name: why.rule.name, cite: formatCitation(why.rule) },
      },
      agreed: this.agreed(),
      left: left.summary(names.left),
      right: right.summary(names.right),
    };
  }

  private agreed(): ConversationSummary['agreed'] {
    const { left, right } = this;
    if (left.syns + left.synAcks === 0 || right.syns + right.synAcks === 0) return null;
    return {
      windowScaling: left.windowScale !== null && right.windowScale !== null,
      sack: left.sackPermitted && right.sackPermitted,
      timestamps: left.timestamps && right.timestamps,
    };
  }
}
