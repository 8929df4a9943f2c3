/** A binary heap of things with deadlines that know their place in it, so that moving one costs no search. */
import type { Micros } from './units.js';

export interface Timed {
  /** Set by the heap. */
  deadline: Micros;
  /** Place in the heap, -1 = not in it. Set by the heap. */
  heapIndex: number;
}

export class DeadlineHeap<T extends Timed> {
  private readonly items: T[] = [];

  get size(): number {
    return this.items.length;
  }

  /** The earliest deadline; Infinity = none. */
  get earliest(): Micros {
    const first = this.items[0];
    return first === undefined ? Infinity : first.deadline;
  }

  /** The item with the earliest deadline. */
  peek(): T | undefined {
    return this.items[0];
  }

  /** Adds the item or moves it; Infinity takes it out. */
  set(item: T, deadline: Micros): void {
    if (deadline === Infinity) return this.remove(item);
    if (item.heapIndex >= 0) {
      if (item.deadline === deadline) return;
      const earlier = deadline < item.deadline;
      item.deadline = deadline;
      if (earlier) this.up(item.heapIndex);
      else this.down(item.heapIndex);
      return;
    }
    item.deadline = deadline;
    item.heapIndex = this.items.length;
    this.items.push(item);
    this.up(item.heapIndex);
  }

  remove(item: T): void {
    const i = item.heapIndex;
    if (i < 0) return;
    item.heapIndex = -1;
    const last = this.items.pop() as T;
    if (last === item) return;
    this.put(i, last);
    this.up(i);
    this.down(last.heapIndex);
  }

  private put(i: number, item: T): void {
    this.items[i] = item;
    item.heapIndex = i;
  }

  private up(from: number): void {
    let i = from;
    const item = this.items[i];
    while (i > 0) {
      const parent = (i - 1) >> 1;
      const above = this.items[parent];
      if (above.deadline <= item.deadline) break;
      this.put(i, above);
      i = parent;
    }
    this.put(i, item);
  }

  private down(from: number): void {
    let i = from;
    const item = this.items[i];
    const n = this.items.length;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= n) break;
      if (child + 1 < n && (this.items[child + 1]).deadline < (this.items[child]).deadline) child++;
      const below = this.items[child];
      if (below.deadline >= item.deadline) break;
      this.put(i, below);
      i = child;
    }
    this.put(i, item);
  }
}
