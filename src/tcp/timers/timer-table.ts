/**
 * The connection's timers: independent deadlines in one table, so that no timer ever takes another's slot. A deadline
 * carries its reason by its kind; what it means when it is reached is in timeout.ts.
 */
import type { Micros } from '../../util/units.js';

export const Timer = {
  /** RFC 6298 */
  Retransmission: 0,
  /** Zero-window probes, RFC 9293 §3.8.6.1 */
  Persist: 1,
  /** RFC 9293 §3.8.6.2.1 (4) */
  SwsOverride: 2,
  /** RFC 9293 §3.8.6.3 */
  DelayedAck: 3,
  /** RFC 9293 §3.8.4 */
  KeepAlive: 4,
  /** RFC 9293 §3.10.8 */
  UserTimeout: 5,
  /** Orphans only */
  FinWait2: 6,
  /** 2MSL, RFC 9293 §3.10.8 */
  TimeWait: 7,
} as const;
export type Timer = (typeof Timer)[keyof typeof Timer];

export const timerNames = ['retransmission', 'persist', 'sws-override', 'delayed-ack', 'keep-alive', 'user-timeout', 'fin-wait-2', 'time-wait'] as const;
const KINDS = timerNames.length;

export class TimerTable {
  private readonly deadlines = new Float64Array(KINDS).fill(Infinity);

  set(timer: Timer, deadline: Micros): void {
    this.deadlines[timer] = deadline;
  }

  /** Sets a timer that is not running; a running one keeps its deadline. */
  setIfStopped(timer: Timer, deadline: Micros): void {
    if (this.deadlines[timer] === Infinity) this.deadlines[timer] = deadline;
  }

  stop(timer: Timer): void {
    this.deadlines[timer] = Infinity;
  }

  stopAll(): void {
    this.deadlines.fill(Infinity);
  }

  /** When the timer fires; Infinity = stopped. */
  deadline(timer: Timer): Micros {
    return this.deadlines[timer];
  }

  running(timer: Timer): boolean {
    return this.deadlines[timer] !== Infinity;
  }

  /** The next deadline of all; Infinity = none. */
  earliest(): Micros {
    let min = Infinity;
    for (let i = 0; i < KINDS; i++) {
      const deadline = this.deadlines[i];
      if (deadline < min) min = deadline;
    }
    return min;
  }
}
