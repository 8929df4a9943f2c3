/** The real clock: µs since the process began, monotonic; alarms are Node timers, at most one at a time each. */
import type { Alarm, Clock } from '../util/clock.js';
import { MILLISECOND, type Micros } from '../util/units.js';

/** setTimeout takes a 32-bit number of milliseconds; a later deadline is reached by several. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

export class RealClock implements Clock {
  now(): Micros {
    return performance.now() * MILLISECOND;
  }

  /** µs to add to now() for the wall-clock time since 1970. */
  get epochOffset(): Micros {
    return performance.timeOrigin * MILLISECOND;
  }

  alarm(wake: () => void): Alarm {
    return new TimerAlarm(this, wake);
  }
}

class TimerAlarm implements Alarm {
  private deadline: Micros = Infinity;
  private timer: NodeJS.Timeout | undefined;
  private immediate: NodeJS.Immediate | undefined;
  /** When the Node timer in force fires; a later deadline keeps it, and it then arms itself again: cheaper than moving it. */
  private armedFor: Micros = Infinity;

  constructor(private readonly clock: Clock, private readonly wake: () => void) {}

  set(deadline: Micros): void {
    this.deadline = deadline;
    if (deadline === Infinity) this.disarm();
    else if (deadline < this.armedFor) this.arm();
  }

  private arm(): void {
    this.disarm();
    this.armedFor = this.deadline;
    const wait = this.deadline - this.clock.now();
    if (wait <= 0) this.immediate = setImmediate(this.fire);
    else this.timer = setTimeout(this.fire, Math.min(Math.ceil(wait / MILLISECOND), LONGEST_TIMEOUT));
  }

  private disarm(): void {
    if (this.timer !== undefined) clearTimeout(this.timer);
    if (this.immediate !== undefined) clearImmediate(this.immediate);
    this.timer = undefined;
    this.immediate = undefined;
    this.armedFor = Infinity;
  }

  private readonly fire = (): void => {
    this.disarm();
    if (this.deadline === Infinity) return;
    if (this.clock.now() < this.deadline) return this.arm();
    this.deadline = Infinity;
    this.wake();
  };
}
