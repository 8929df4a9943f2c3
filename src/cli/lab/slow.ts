/** `lab run --slow N`: so many seconds pass before each segment. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Pacer } from './pacer.js';

export class Slow implements Pacer {
  readonly everySegment = true;

  /** @param seconds before each segment */
  constructor(private readonly seconds: number) {}

  async about(): Promise<void> {
    await wait(this.seconds * 1_000);
  }
}
