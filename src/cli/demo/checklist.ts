/** What the RFC says must be seen, and whether it was. */
import { type Say, sayIn } from './text/say.js';

export interface Expectation {
  /** A sentence about what must be so. */
  readonly what: string;
  readonly met: boolean;
  /** What was seen, when it is not so; may be empty. */
  readonly instead: string;
}

export class Checklist {
  readonly expectations: Expectation[] = [];

  constructor(private readonly say: Say = sayIn('en')) {}

  /** @param instead what was seen; kept only when `met` is false. */
  expect(what: string, met: boolean, instead = ''): void {
    this.expectations.push({ what, met, instead: met ? '' : instead });
  }

  /** Both must be the same text. */
  same(what: string, expected: string, seen: string): void {
    this.expect(what, expected === seen, this.say('expected', { expected, seen: seen === '' ? this.say('nothing') : seen }));
  }

  get failed(): Expectation[] {
    return this.expectations.filter((e) => !e.met);
  }
}
