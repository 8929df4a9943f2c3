/** The wall clock as the time of a lab: where the kernel plays, nobody can hurry it. */
import { awaitReadable } from '../script/kernel/kernel-time.js';
import type { Duration, Micros } from '../util/units.js';
import { BEGINNING, type Time } from './time.js';

/** The event loop (signals, keys) is not kept waiting longer than this. */
const SLICE: Duration = 10_000;

export class WallTime implements Time {
  private readonly start = performance.now() * 1_000 - BEGINNING;
  private fds: readonly number[] = [];

  /** Wakes up when one of these can be read. */
  watch(fds: readonly number[]): void {
    this.fds = fds;
  }

  now(): Micros {
    return performance.now() * 1_000 - this.start;
  }

  async waitUntil(at: Micros): Promise<void> {
    await new Promise((turn) => setImmediate(turn));
    awaitReadable(this.fds, Math.min(SLICE, Math.max(0, at - this.now())));
  }
}
