/** The round trip that a handshake shows, wherever it was captured: from the SYN to the ACK of the SYN,ACK. */
import type { Micros } from '../../util/units.js';
import { SYN } from '../../wire/segment.js';
import type { Flow } from './flow.js';
import { msBetween, type Occasion } from './occasion.js';

export class Handshake {
  /** Milliseconds; 0 = not known. */
  rtt = 0;
  private opener: Flow | undefined;
  private openedAt: Micros = 0;
  private answered = false;
  private over = false;

  note({ seg, acks, fwd, at }: Occasion): void {
    if (this.over) return;
    if (seg.has(SYN)) {
      if (!acks) this.open(fwd, at);
      else if (this.opener !== undefined && this.opener !== fwd) this.answered = true;
      return;
    }
    if (this.opener !== fwd || !acks || !this.answered) return;
    this.rtt = msBetween(this.openedAt, at);
    this.over = true;
  }

  private open(flow: Flow, at: Micros): void {
    this.opener = flow;
    this.openedAt = at;
  }
}
