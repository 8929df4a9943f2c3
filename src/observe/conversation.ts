/** What is remembered of one conversation: its number, its two ends, and what each part of the observer makes of it. */
import type { Micros } from '../util/units.js';
import { SegmentReader } from './segment-view.js';
import type { Side } from './sighting.js';

export class Conversation {
  /** Its own reader: relative numbers are forgotten with the conversation. */
  readonly reader = new SegmentReader();
  lastAt: Micros = 0;

  /** @param left "192.0.2.1:80", whoever opened it; @param right the other end */
  constructor(readonly stream: number, readonly left: string, readonly right: string) {}

  sideOf(from: string): Side {
    return from === this.left ? 'left' : 'right';
  }
}
