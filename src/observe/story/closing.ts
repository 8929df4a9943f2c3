/** How a conversation ended (RFC 9293 §3.5.2, §3.6): by FINs, by a RST, or not before the capture did. */
import type { Explanation } from '../../trace/moment.js';
import { resetCauses } from '../reset-verdicts.js';
import { otherSide, type InferredState, type Side, type Sighting } from '../sighting.js';
import type { Direction } from './direction.js';
import type { OpeningKind } from './opening.js';

/** `open`: not before the capture did. `closing`: with one FIN only, or a FIN that nobody acknowledged. `none`: it never was open. */
export type EndingKind = 'closed' | 'reset' | 'closing' | 'open' | 'none';

const GONE: ReadonlySet<InferredState> = new Set<InferredState>(['CLOSED', 'LISTEN']);
const OVER: ReadonlySet<InferredState> = new Set<InferredState>(['CLOSED', 'LISTEN', 'TIME-WAIT', 'unknown']);
const CAUSES = new Set(Object.values(resetCauses));

export class Closing {
  /** Who sent a FIN first. */
  private first: Side | undefined;
  private atOnce = false;
  private reset: { readonly by: Side; readonly why: Explanation | undefined } | undefined;

  see({ view, from, states, verdicts }: Sighting): void {
    if (view.flags.includes('RST')) {
      // Its sender has gone in any case; the conversation ends when its receiver heeds it, as far as that is known.
      const { before, after } = states[otherSide(from)];
      const own = states[from];
      const ends = before === 'unknown' ? !OVER.has(own.before) && GONE.has(own.after) : !OVER.has(before) && GONE.has(after);
      if (ends) this.reset ??= { by: from, why: verdicts.find(({ rule }) => CAUSES.has(rule)) };
      return;
    }
    // It did not end the connection: both go on.
    if (!GONE.has(states.left.after) && !GONE.has(states.right.after)) this.reset = undefined;
    if (view.flags.includes('FIN')) this.first ??= from;
    if (states.left.after === 'CLOSING' || states.right.after === 'CLOSING') this.atOnce = true;
  }

  kind(opening: OpeningKind, left: Direction, right: Direction): EndingKind {
    if (opening === 'refused' || opening === 'no-answer') return 'none';
    if (this.reset !== undefined) return 'reset';
    if (this.first === undefined) return opening === 'incomplete' ? 'none' : 'open';
    return left.sentFin && right.sentFin && OVER.has(left.state) && OVER.has(right.state) ? 'closed' : 'closing';
  }

  /** Who ended it; null = both at once, or nobody. */
  by(kind: EndingKind): Side | null {
    if (kind === 'reset') return this.reset?.by ?? null;
    return kind === 'open' || kind === 'none' || this.atOnce ? null : (this.first ?? null);
  }

  why(): Explanation | undefined {
    return this.reset?.why;
  }

  text(kind: EndingKind, names: Readonly<Record<Side, string>>): string {
    const by = this.by(kind);
    switch (kind) {
      case 'reset': return `reset by ${names[by ?? 'left']}: ${this.reset?.why?.text ?? 'why is not known'}`;
      case 'closed': return by === null ? 'closed by both at once' : `closed, ${names[by]} first`;
      case 'closing': return by === null ? 'being closed by both' : `being closed by ${names[by]}; ${names[otherSide(by)]} has not finished`;
      case 'open': return 'open when the capture ends';
      case 'none': return 'never open';
    }
  }
}
