/**
 * Tells an audience a little later: to draw a packet takes far longer than the packet took, and must not slow down the
 * conversation that it draws.
 */
import type { Audience, LinkFate, Moment } from '../../trace/moment.js';

/** Nobody sees so short a delay, and in that time a burst is over. */
const LATER_MS = 40;

export class Afterwards implements Audience {
  private queue: (() => void)[] = [];
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(private readonly audiences: readonly Audience[]) {}

  moment(moment: Moment): void {
    this.put(() => this.audiences.forEach((a) => a.moment(moment)));
  }

  fate(fate: LinkFate): void {
    this.put(() => this.audiences.forEach((a) => a.fate(fate)));
  }

  /** Tells everything now. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { queue } = this;
    this.queue = [];
    for (const tell of queue) tell();
    if (queue.length > 0) this.audiences.forEach((a) => a.flush());
  }

  /** Tells everything now, and nothing from now on. */
  close(): void {
    this.flush();
    this.closed = true;
  }

  private put(tell: () => void): void {
    if (this.closed) return;
    this.queue.push(tell);
    this.timer ??= setTimeout(() => this.flush(), LATER_MS);
  }
}
