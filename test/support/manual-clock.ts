/** A clock that stands still until it is told to go: alarms ring in the order of their deadlines, first set first. */
import type { Alarm, Clock } from '../../src/util/clock.js';
import type { Duration, Micros } from '../../src/util/units.js';

class ManualAlarm implements Alarm {
  deadline: Micros = Infinity;
  order = 0;

  constructor(private readonly clock: ManualClock, readonly wake: () => void) {}

  set(deadline: Micros): void {
    this.deadline = deadline;
    this.order = this.clock.nextOrder();
  }
}

export class ManualClock implements Clock {
  private readonly alarms: ManualAlarm[] = [];
  private orders = 0;

  constructor(private time: Micros = 0) {}

  now(): Micros {
    return this.time;
  }

  alarm(wake: () => void): Alarm {
    const alarm = new ManualAlarm(this, wake);
    this.alarms.push(alarm);
    return alarm;
  }

  nextOrder(): number {
    return this.orders++;
  }

  /** The earliest deadline; Infinity when nothing waits. */
  get nextDeadline(): Micros {
    return this.alarms.reduce((earliest, { deadline }) => Math.min(earliest, deadline), Infinity);
  }

  /** Rings everything due up to `at` and leaves the time there. */
  runUntil(at: Micros): void {
    for (let next = this.earliest(at); next !== undefined; next = this.earliest(at)) {
      this.time = Math.max(this.time, next.deadline);
      next.deadline = Infinity;
      next.wake();
    }
    this.time = Math.max(this.time, at);
  }

  advance(by: Duration): void {
    this.runUntil(this.time + by);
  }

  /** Runs until no alarm is set. @throws Error if that takes more than `limit` µs. */
  runOut(limit: Duration = 3_600_000_000): void {
    const end = this.time + limit;
    while (this.nextDeadline !== Infinity) {
      if (this.nextDeadline > end) throw new Error(`an alarm is set beyond ${limit} µs`);
      this.runUntil(Math.max(this.nextDeadline, this.time));
    }
  }

  private earliest(until: Micros): ManualAlarm | undefined {
    let best: ManualAlarm | undefined;
    for (const alarm of this.alarms) {
      if (alarm.deadline > until || alarm.deadline === Infinity) continue;
      if (best === undefined || alarm.deadline < best.deadline || (alarm.deadline === best.deadline && alarm.order < best.order)) best = alarm;
    }
    return best;
  }
}
