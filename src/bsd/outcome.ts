/** What a call comes to: a result at once, or something to try again whenever the world has changed. */
import type { Duration, Micros } from '../util/units.js';
import type { CallResult, PendingCall, SocketCall } from './sockets.js';

/** A call that blocks. */
export interface Waiting {
  /** Tries again. @returns undefined while it must go on waiting */
  attempt(): CallResult | undefined;
  /** How long it waits, µs from now; Infinity = for ever. */
  readonly patience: Duration;
  /** What it returns when that is over. */
  expired(): CallResult;
}

export type Outcome = CallResult | Waiting;

export const done = (value = 0, more?: Partial<CallResult>): CallResult => ({ ...more, value, errno: 0 });
export const failed = (errno: number): CallResult => ({ value: -1, errno });

/** One call on its way. */
export class Operation implements PendingCall {
  result: CallResult | undefined;
  endedAt: Micros = NaN;
  /** When it gives up; Infinity = never. */
  deadline: Micros = Infinity;
  private waiting: Waiting | undefined;

  constructor(readonly call: SocketCall, readonly startedAt: Micros) {}

  begin(outcome: Outcome): void {
    if ('errno' in outcome) return this.end(outcome, this.startedAt);
    this.waiting = outcome;
    this.deadline = this.startedAt + outcome.patience;
  }

  /** @returns has it ended now? */
  retry(now: Micros): boolean {
    const { waiting } = this;
    if (waiting === undefined) return false;
    const result = waiting.attempt() ?? (now >= this.deadline ? waiting.expired() : undefined);
    if (result === undefined) return false;
    this.end(result, now);
    return true;
  }

  /** It ends without having been served. */
  cancel(result: CallResult, now: Micros): void {
    if (this.result === undefined) this.end(result, now);
  }

  private end(result: CallResult, now: Micros): void {
    this.result = result;
    this.endedAt = now;
    this.waiting = undefined;
  }
}
