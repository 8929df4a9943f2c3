/**
 * Time that passes only when nothing else can happen: the clock jumps from one deadline to the next, so hours of TCP take
 * milliseconds and every run is the same: which of two alarms at one instant fires first depends on nothing but the calls made before.
 */
import type { Alarm, Clock } from '../util/clock.js';
import { DeadlineHeap, type Timed } from '../util/deadline-heap.js';
import type { Duration, Micros } from '../util/units.js';

class VirtualAlarm implements Alarm, Timed {
  deadline: Micros = Infinity;
  heapIndex = -1;

  constructor(private readonly clock: VirtualClock, readonly wake: () => void) {}

  set(deadline: Micros): void {
    this.clock.schedule(this, deadline);
  }
}

export class VirtualClock implements Clock {
  private time: Micros;
  private readonly heap = new DeadlineHeap<VirtualAlarm>();

  /** @param start µs; not 0, which reads as "never" in logs. */
  constructor(start: Micros = 1_000_000) {
    this.time = start;
  }

  now(): Micros {
    return this.time;
  }

  alarm(wake: () => void): Alarm {
    return new VirtualAlarm(this, wake);
  }

  schedule(alarm: VirtualAlarm, deadline: Micros): void {
    this.heap.set(alarm, deadline === Infinity ? Infinity : Math.max(deadline, this.time));
  }

  /** When the next thing happens; Infinity = nothing ever. */
  get next(): Micros {
    return this.heap.earliest;
  }

  /** Jumps to the next deadline and fires it. @returns false when there is none, or it lies beyond `until` */
  step(until: Micros = Infinity): boolean {
    const alarm = this.heap.peek();
    if (alarm === undefined || alarm.deadline > until) return false;
    this.time = Math.max(this.time, alarm.deadline);
    this.heap.remove(alarm);
    alarm.deadline = Infinity;
    alarm.wake();
    return true;
  }

  /**
   * Steps until the condition holds, nothing is left to happen, or the time is up (then the clock stands there).
   * @returns did the condition hold
   */
  run(condition: () => boolean, limit: Duration = Infinity): boolean {
    const until = this.time + limit;
    while (!condition()) {
      if (!this.step(until)) {
        if (until !== Infinity) this.time = Math.max(this.time, until);
        return condition();
      }
    }
    return true;
  }

  /** Lets so much time pass. */
  advance(duration: Duration): void {
    this.run(() => false, duration);
  }
}
