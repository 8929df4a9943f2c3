/**
 * When events are due, and whether they came in time. Script time begins with 0 at the first event; times here are µs of
 * script time unless called live. A relative time counts from when the event before was done with, except that an inbound
 * packet after an inbound packet counts from that one's scripted time, so that small delays do not add up.
 */
import type { Duration, Micros } from '../util/units.js';
import type { ScriptEvent } from './ast.js';
import type { Settings } from './settings.js';
import { Stop } from './stop.js';

/** An event's time once it is known. */
export interface Due {
  readonly from: Duration;
  /** The end of a range; the same as `from` without one. */
  readonly to: Duration;
  /** What the relative times count from; 0 for absolute ones. */
  readonly origin: Duration;
  /** `*`: any time will do. */
  readonly any: boolean;
}

const isInbound = (event: ScriptEvent): boolean => event.kind === 'packet' && event.direction === 'in';

export const seconds = (time: Duration): string => (time / 1e6).toFixed(6);

export class Timeline {
  private last: { readonly event: ScriptEvent; readonly due: Due } | undefined;
  private current: { readonly event: ScriptEvent; readonly due: Due } | undefined;

  /** @param start the live instant of script time 0 */
  constructor(private readonly settings: Settings, readonly start: Micros) {}

  live(time: Duration): Micros {
    return this.start + time;
  }

  scriptTime(live: Micros): Duration {
    return live - this.start;
  }

  /**
   * Goes on to the next event.
   * @param now script time
   * @throws Stop when time goes backward, or does not begin at 0
   */
  begin(event: ScriptEvent, now: Duration): Due {
    this.last = this.current;
    const due = this.dueOf(event, now);
    if (this.last === undefined && (event.time.kind === 'any' || event.time.from !== 0)) {
      throw new Stop('error', 'the first event must be at time 0', event.at);
    }
    if (this.last !== undefined && event.time.kind === 'absolute' && this.last.event.time.kind === 'absolute' && due.from < this.last.due.from) {
      throw new Stop('error', `time goes backward, from ${seconds(this.last.due.from)} to ${seconds(due.from)}`, event.at);
    }
    this.current = { event, due };
    return due;
  }

  /** How early or late an event may be that is due at `from`, counted from `since` (undefined: nothing came before). */
  tolerance(from: Duration, since: Duration | undefined): Duration {
    const { toleranceUsecs, tolerancePercent } = this.settings;
    return since === undefined ? toleranceUsecs : Math.max(toleranceUsecs, Math.floor((tolerancePercent / 100) * (from - since)));
  }

  /** The last instant (live) at which the current event may happen; Infinity when any time will do. */
  latest(): Micros {
    const due = this.current?.due;
    if (due === undefined || due.any) return Infinity;
    return this.live(due.to + this.tolerance(due.from, this.last?.due.from));
  }

  /** What is wrong with the current event's happening at this live instant; undefined when it is in time. */
  check(live: Micros, what: string): string | undefined {
    const due = this.current?.due;
    if (due === undefined || due.any) return undefined;
    return this.compare(due, live, this.last?.due.from, what);
  }

  /** The same for the end of a blocking call that began at `since`. */
  checkEnd(end: Duration, live: Micros, since: Duration): string | undefined {
    return this.compare({ from: end, to: end, origin: 0, any: false }, live, since, 'the call\'s return');
  }

  private compare(due: Due, live: Micros, since: Duration | undefined, what: string): string | undefined {
    const tolerance = this.tolerance(due.from, since);
    const at = this.scriptTime(live);
    if (at >= due.from - tolerance && at <= due.to + tolerance) return undefined;
    const expected = due.to === due.from ? `at ${seconds(due.from)}` : `between ${seconds(due.from)} and ${seconds(due.to)}`;
    return `timing: ${what} was expected ${expected} but came at ${seconds(at)} (tolerance ${seconds(tolerance)})`;
  }

  private dueOf(event: ScriptEvent, now: Duration): Due {
    const { time } = event;
    if (time.kind === 'absolute') return { from: time.from, to: time.to ?? time.from, origin: 0, any: false };
    const anchored = this.last !== undefined && isInbound(this.last.event) && isInbound(event);
    const origin = anchored && this.last !== undefined ? this.last.due.from : now;
    if (time.kind === 'any') return { from: origin, to: origin, origin, any: true };
    return { from: origin + time.from, to: origin + (time.to ?? time.from), origin, any: false };
  }
}
