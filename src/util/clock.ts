/** Time for the layers above the engine: read it, and be woken once at a deadline. Real in stack/clock.ts, virtual in sim. */
import type { Micros } from './units.js';

/** One wake-up that can be moved: setting it again replaces the deadline. */
export interface Alarm {
  /** Wakes at (or as soon as possible after) the deadline; Infinity = not at all. */
  set(deadline: Micros): void;
}

export interface Clock {
  now(): Micros;
  /** Makes an alarm that calls `wake` when its deadline is reached. Each owner makes one and keeps it. */
  alarm(wake: () => void): Alarm;
}
