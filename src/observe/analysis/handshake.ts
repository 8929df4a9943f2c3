/** The round trip that a handshake shows, wherever it was captured: from the SYN to the first ACK after the SYN,ACK. */
import type { Micros } from '../../util/units.js';
import { SYN } from '../../wire/segment.js';
import { msBetween, type Occasion } from './occasion.js';

export class Handshake {
  /** Milliseconds; 0 = not known. */
  rtt = 0;
  private openedAt: Micros | undefined;
  private over = false;

  note({ seg, acks, at }: Occasion): void {
    if (this.over) return;
    if (seg.has(SYN)) {
      if (!acks) this.openedAt = at;
    } else if (acks) {
      this.over = true;
      if (this.openedAt !== undefined) this.rtt = msBetween(this.openedAt, at);
    }
  }
}
