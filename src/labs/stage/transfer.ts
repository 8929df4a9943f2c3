/** A transfer that has one mishap after the other: pieces of text, what happens to the first of them, and how it is mended. */
import { MILLISECOND } from '../../util/units.js';
import type { Action } from '../line.js';
import type { Pair } from './pair.js';
import type { Seen } from './seen.js';
import { hasText } from './shape.js';
import type { Stage } from './stage.js';

/** So that the ladder tells the pieces apart. */
const BETWEEN = 2 * MILLISECOND;
/** So that the last ACK arrives before the next act begins. */
const CROSSING = 15 * MILLISECOND;

/** What passed while some pieces were sent and until they were all acknowledged and read. */
export interface Act {
  /** Numbers before and after its text. */
  readonly first: number;
  readonly end: number;
  readonly seen: readonly Seen[];
  /** From its first segment to the ACK of all of it, ms. */
  readonly took: number;
}

export class Transfer {
  sent = '';
  read = '';

  constructor(private readonly stage: Stage, private readonly pair: Pair, private readonly size: number) {}

  /** The next piece, a letter again and again. */
  private piece(): string {
    return String.fromCharCode('a'.charCodeAt(0) + Math.floor(this.sent.length / this.size)).repeat(this.size);
  }

  /** Sends so many pieces, the first of which has the mishap (`hold`: until the server has another one). Says the key, and shows its label, `${key}-label`. */
  async act(key: string, pieces: number, action?: Action): Promise<Act> {
    const { stage, pair } = this;
    stage.say(key);
    if (action !== undefined) stage.accident({ from: 'client', match: hasText, action, label: `${key}-label` });
    const [from, first, start] = [stage.seen.length, 1 + this.sent.length, stage.now()];
    for (let n = 0; n < pieces; n++) {
      const piece = this.piece();
      this.sent += piece;
      pair.client.send(piece);
      await stage.pause(BETWEEN);
    }
    const end = 1 + this.sent.length;
    const seen = (): readonly Seen[] => stage.seen.slice(from);
    if (action === 'hold') {
      await stage.until(() => seen().some((s) => s.from === 'server' && s.view.sack.length > 0));
      stage.release();
    }
    const last = (): Seen | undefined => seen().find((s) => s.from === 'server' && s.view.ack === end);
    await stage.until(() => {
      this.listen();
      return last() !== undefined && this.read === this.sent;
    });
    await stage.pause(CROSSING);
    return { first, end, seen: seen(), took: Math.round(((last()?.at ?? NaN) - start) / MILLISECOND) };
  }

  /** The server's program reads what has come. */
  listen(): void {
    this.read += this.pair.server.receive();
  }
}
