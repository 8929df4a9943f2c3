/**
 * What there is to say of a conversation when its segments have passed: how it opened and ended, what it carried, how much was sent
 * again, how long a handshake took from end to end.
 */
import type { Micros } from '../util/units.js';
import type { InferredState, Side, Sighting } from './sighting.js';

export interface ConversationSummary {
  readonly stream: number;
  readonly left: string;
  readonly right: string;
  /** "handshake", "handshake, not finished", "before the capture". */
  readonly opened: string;
  /** "left closed first", "reset by the right (refused)", "still open". */
  readonly ended: string;
  readonly from: Micros;
  readonly to: Micros;
  readonly segments: Readonly<Record<Side, number>>;
  /** Of text, without what was sent again. */
  readonly octets: Readonly<Record<Side, number>>;
  /** Segments sent again. */
  readonly again: Readonly<Record<Side, number>>;
  /** From the SYN to the handshake's last segment, wherever it was captured; undefined where not all three were. */
  readonly rtt: Micros | undefined;
  readonly states: Readonly<Record<Side, InferredState>>;
}

export class ConversationStory {
  private first: Sighting | undefined;
  private last: Sighting | undefined;
  private reset: Sighting | undefined;
  private closedFirst: Side | undefined;
  private readonly segments = { left: 0, right: 0 };
  private readonly octets = { left: 0, right: 0 };
  private readonly again = { left: 0, right: 0 };
  private synAt: Micros | undefined;
  private synAcked = false;
  private rtt: Micros | undefined;
  private open = false;

  see(sighting: Sighting): void {
    const { from, view, states } = sighting;
    this.first ??= sighting;
    this.last = sighting;
    this.segments[from]++;
    if (view.again) this.again[from]++;
    else this.octets[from] += view.length;
    if (view.flags.includes('FIN')) this.closedFirst ??= from;
    if (view.flags.includes('RST')) this.reset = sighting;
    this.open ||= states.left.after === 'ESTABLISHED' && states.right.after === 'ESTABLISHED';
    this.handshake(sighting);
  }

  /** @throws when nothing has been seen */
  summary(): ConversationSummary {
    const { first, last, segments, octets, again, rtt } = this;
    if (first === undefined || last === undefined) throw new Error('a story without a segment');
    const { stream, left, right } = first;
    const states = { left: last.states.left.after, right: last.states.right.after };
    return { stream, left, right, opened: this.opened(first), ended: this.ended(states), from: first.at, to: last.at, segments, octets, again, rtt, states };
  }

  private handshake({ from, view, at }: Sighting): void {
    const syn = view.flags.includes('SYN');
    if (syn && from === 'left') this.synAt = at;
    else if (syn) this.synAcked = view.ack === 1;
    else if (this.synAcked && from === 'left' && view.ack !== undefined && this.synAt !== undefined) this.rtt ??= at - this.synAt;
  }

  private opened({ view }: Sighting): string {
    if (!view.flags.includes('SYN')) return 'before the capture';
    return this.open ? 'handshake' : 'handshake, not finished';
  }

  private ended({ left, right }: ConversationSummary['states']): string {
    if (this.reset !== undefined && (left === 'CLOSED' || right === 'CLOSED')) {
      const cause = this.reset.verdicts[0]?.rule.name.replaceAll('-', ' ');
      return `reset by the ${this.reset.from}${cause === undefined ? '' : ` (${cause})`}`;
    }
    const over = (state: InferredState): boolean => state === 'CLOSED' || state === 'TIME-WAIT';
    if (this.closedFirst === undefined) return this.open ? 'still open' : 'no answer';
    return over(left) && over(right) ? `${this.closedFirst} closed first` : `only half: ${this.closedFirst} closed first`;
  }
}
