/** How a conversation opened (RFC 9293 §3.5; RFC 7413), and how long its handshake took. */
import type { Micros, Duration } from '../../util/units.js';
import type { Sighting } from '../sighting.js';
import { resetCauses } from '../reset-verdicts.js';
import type { Direction } from './direction.js';

export type OpeningKind = 'handshake' | 'fast-open' | 'simultaneous' | 'incomplete' | 'refused' | 'no-answer' | 'mid-stream';

export class Opening {
  /** It began with a SYN or SYN,ACK. */
  private fromBeginning: boolean | undefined;
  private synAt: Micros | undefined;
  private refused = false;
  private fastOpen = 0;
  private done = false;
  /** µs from the SYN to the ACK that ends the handshake; null where something was sent again, or not seen. */
  handshakeTime: Duration | null = null;

  /** After the directions have counted the segment. */
  see({ view, at, from, states, verdicts }: Sighting, left: Direction, right: Direction): void {
    const syn = view.flags.includes('SYN');
    this.fromBeginning ??= syn;
    if (syn && from === 'left' && !view.flags.includes('ACK')) this.synAt ??= at;
    // The SYN,ACK acknowledges more than the SYN: text came with it and was taken.
    if (syn && from === 'right' && (view.ack ?? 0) > 1) this.fastOpen = (view.ack ?? 1) - 1;
    if (verdicts.some(({ rule }) => rule === resetCauses.Refused)) this.refused = true;
    if (!this.done && this.fromBeginning && isOpen(states.left.after) && isOpen(states.right.after)) this.completes(at, left, right);
  }

  private completes(at: Micros, left: Direction, right: Direction): void {
    this.done = true;
    if (this.synAt !== undefined && left.syns === 1 && right.syns + right.synAcks === 1 && left.synAcks === 0) this.handshakeTime = at - this.synAt;
  }

  kind(left: Direction, right: Direction): OpeningKind {
    if (this.fromBeginning !== true) return 'mid-stream';
    if (left.syns > 0 && right.syns > 0) return 'simultaneous';
    if (this.done) return this.fastOpen > 0 ? 'fast-open' : 'handshake';
    if (this.refused) return 'refused';
    return right.synAcks > 0 || left.synAcks > 0 ? 'incomplete' : 'no-answer';
  }

  text(left: Direction, right: Direction): string {
    switch (this.kind(left, right)) {
      case 'handshake': return 'handshake of three segments';
      case 'fast-open': return `Fast Open, ${this.fastOpen} octets in the SYN`;
      case 'simultaneous': return 'both opened at once';
      case 'incomplete': return 'a SYN,ACK, but the handshake was never done';
      case 'refused': return 'refused';
      case 'no-answer': return left.syns === 1 ? 'no answer to the SYN' : `no answer to ${left.syns} SYNs`;
      case 'mid-stream': return 'begun before the capture';
    }
  }
}

const isOpen = (state: string): boolean => !['unknown', 'CLOSED', 'LISTEN', 'SYN-SENT', 'SYN-RECEIVED'].includes(state);
