/** The time a lab is played in: virtual, where waiting takes none, or the wall clock's, where the kernel lives. */
import type { Micros } from '../util/units.js';

export interface Time {
  now(): Micros;
  /** Returns at that instant, or earlier when a packet may have come. */
  waitUntil(at: Micros): Promise<void>;
}

/** Where every run begins; 0 would read as "never". */
export const BEGINNING: Micros = 1_000_000;

export class VirtualTime implements Time {
  private time = BEGINNING;

  now(): Micros {
    return this.time;
  }

  waitUntil(at: Micros): Promise<void> {
    this.time = Math.max(this.time, at);
    return Promise.resolve();
  }
}
