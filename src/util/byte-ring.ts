/**
 * A ring of bytes with a limit that is a promise and storage that grows only as it is used: a connection that never
 * carries much never takes much. Bytes can also be placed ahead of the end (out-of-order text) and joined later.
 */
const FIRST_CAPACITY = 4096;

export class ByteRing {
  private bytes = new Uint8Array(0);
  private head = 0;
  /** Octets readable from the front. */
  length = 0;

  /** @param limit octets it may hold, placed-ahead ones included. */
  constructor(public limit: number) {}

  get free(): number {
    return this.limit - this.length;
  }

  /** Appends what fits of from[start, end). @returns octets taken */
  write(from: Uint8Array, start: number, end: number): number {
    const n = Math.min(end - start, this.limit - this.length);
    if (n <= 0) return 0;
    this.place(0, from, start, start + n);
    this.length += n;
    return n;
  }

  /** Puts bytes `ahead` octets beyond the end, without making them readable. The caller keeps them within the limit. */
  place(ahead: number, from: Uint8Array, start: number, end: number): void {
    const at = this.length + ahead;
    this.reserve(at + end - start);
    const capacity = this.bytes.length;
    const offset = (this.head + at) & (capacity - 1);
    const first = Math.min(end - start, capacity - offset);
    this.bytes.set(from.subarray(start, start + first), offset);
    if (first < end - start) this.bytes.set(from.subarray(start + first, end), 0);
  }

  /** Makes n octets readable that were placed ahead. */
  join(n: number): void {
    this.length += n;
  }

  /** Copies `n` octets that start `offset` from the front, without taking them. They must be there. */
  peek(offset: number, into: Uint8Array, at: number, n: number): void {
    if (n <= 0) return;
    const capacity = this.bytes.length;
    const from = (this.head + offset) & (capacity - 1);
    const first = Math.min(n, capacity - from);
    into.set(this.bytes.subarray(from, from + first), at);
    if (first < n) into.set(this.bytes.subarray(0, n - first), at + first);
  }

  /** Moves up to end - start octets into the range. @returns octets given */
  read(into: Uint8Array, start: number, end: number): number {
    const n = Math.min(end - start, this.length);
    this.peek(0, into, start, n);
    this.drop(n);
    return n;
  }

  /** Forgets n octets at the front. */
  drop(n: number): void {
    this.length -= n;
    this.head = (this.head + n) & (this.bytes.length - 1);
  }

  /** Forgets n octets at the end; nothing may have been placed ahead. */
  cut(n: number): void {
    this.length -= n;
  }

  /** Gives the storage back. */
  release(): void {
    this.bytes = new Uint8Array(0);
    this.head = 0;
    this.length = 0;
  }

  private reserve(needed: number): void {
    const old = this.bytes;
    if (needed <= old.length) return;
    let capacity = Math.max(FIRST_CAPACITY, old.length);
    while (capacity < needed) capacity *= 2;
    const bytes = new Uint8Array(capacity);
    // The whole old ring moves, text placed ahead of the end included.
    bytes.set(old.subarray(this.head), 0);
    bytes.set(old.subarray(0, this.head), old.length - this.head);
    this.bytes = bytes;
    this.head = 0;
  }
}
