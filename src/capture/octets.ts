/** The octets of a file, a pipe or a piece of memory, one after another, through a window: memory is bounded whatever the length. */

/** Octets asked of a file at a time. */
const WINDOW = 256 * 1024;

/** Fills bytes[from, to) as far as it can at once. @returns octets filled, 0 = the end. @throws what the file system throws */
export type Refill = (bytes: Uint8Array, from: number, to: number) => number;

export class Octets {
  private window: Uint8Array;
  private view_: DataView;
  private start = 0;
  private end: number;
  /** Octets of the stream that came before the window's first. */
  private before = 0;
  private stopped = '';

  private constructor(bytes: Uint8Array, filled: number, private refill: Refill | null) {
    this.window = bytes;
    this.view_ = viewOf(bytes);
    this.end = filled;
  }

  static of(bytes: Uint8Array): Octets {
    return new Octets(bytes, bytes.length, null);
  }

  static from(refill: Refill): Octets {
    return new Octets(new Uint8Array(WINDOW), 0, refill);
  }

  /** Of the next octet, from 0. */
  get position(): number {
    return this.before + this.start;
  }

  /** Why there are no more octets, other than that the file has ended: what the file system said; or ''. */
  get failure(): string {
    return this.stopped;
  }

  /** Where the next octet is in `bytes` and `view`. All three hold until the next `have` or `skip`. */
  get at(): number {
    return this.start;
  }

  get bytes(): Uint8Array {
    return this.window;
  }

  get view(): DataView {
    return this.view_;
  }

  /** Sees to it that the next octets lie side by side. @returns how many do: `wanted`, or fewer at the end */
  have(wanted: number): number {
    if (this.end - this.start < wanted && this.refill !== null) {
      this.makeRoom(wanted);
      while (this.end - this.start < wanted && this.more());
    }
    return Math.min(this.end - this.start, wanted);
  }

  /** Passes over octets. @returns how many there were: `count`, or fewer at the end */
  skip(count: number): number {
    let left = count;
    for (;;) {
      const step = Math.min(left, this.end - this.start);
      this.start += step;
      left -= step;
      if (left === 0 || this.have(1) === 0) return count - left;
    }
  }

  /** No more is read. */
  stop(): void {
    this.refill = null;
    this.end = this.start;
  }

  private more(): boolean {
    if (this.refill === null) return false;
    let count = 0;
    try {
      count = this.refill(this.window, this.end, this.window.length);
    } catch (error) {
      this.stopped = (error as NodeJS.ErrnoException).code ?? String(error);
    }
    if (count <= 0) this.refill = null;
    this.end += Math.max(count, 0);
    return count > 0;
  }

  /** Moves what is left to the window's beginning, in a larger window where it must be. */
  private makeRoom(wanted: number): void {
    const window = wanted > this.window.length ? new Uint8Array(wanted) : this.window;
    window.set(this.window.subarray(this.start, this.end));
    if (window !== this.window) this.view_ = viewOf(window);
    this.window = window;
    this.before += this.start;
    this.end -= this.start;
    this.start = 0;
  }
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
