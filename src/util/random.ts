/**
 * A seeded generator of pseudo-random numbers (sfc32), so that a simulation is the same run after run.
 * Not for secrets: the stack takes those from its host (see StackOptions.secret).
 */
export class Random {
  private a = 0;
  private b = 0;
  private c = 0;
  private counter = 1;

  /** @param seed any integer; the same seed gives the same numbers. */
  constructor(seed: number) {
    this.a = seed | 0;
    this.b = (seed / 0x1_0000_0000) | 0;
    this.c = 0x9e3779b9 | 0;
    for (let i = 0; i < 12; i++) this.uint32();
  }

  /** 0 … 2^32-1 */
  uint32(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** [0, 1) */
  float(): number {
    return this.uint32() / 0x1_0000_0000;
  }

  /** An integer in [from, to). */
  int(from: number, to: number): number {
    return from + Math.floor(this.float() * (to - from));
  }

  /** True with probability p (0 … 1). */
  chance(p: number): boolean {
    return p > 0 && this.float() < p;
  }

  /** One of the items; the list must not be empty. */
  pick<T>(items: readonly T[]): T {
    return items[this.int(0, items.length)];
  }

  /** Fills a range of bytes. */
  fill(into: Uint8Array, start = 0, end = into.length): void {
    for (let i = start; i < end; i++) into[i] = this.uint32() >>> 24;
  }
}
