/** DeadlineHeap: against a sorted list. */
import fc from 'fast-check';
import { DeadlineHeap, type Timed } from '../../../src/util/deadline-heap.js';

class Item implements Timed {
  deadline = Infinity;
  heapIndex = -1;
}

const deadline = fc.oneof({ weight: 5, arbitrary: fc.nat(50) }, fc.constant(Infinity));

describe('DeadlineHeap', () => {
  test('the earliest is always at the top, whatever is set, moved and removed', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(15), deadline, fc.boolean()), { maxLength: 100 }), (steps) => {
      const heap = new DeadlineHeap<Item>();
      const items = Array.from({ length: 16 }, () => new Item());
      const model = new Map<Item, number>();
      for (const [i, at, remove] of steps) {
        const item = items[i];
        if (remove) {
          heap.remove(item);
          model.delete(item);
        } else {
          heap.set(item, at);
          if (at === Infinity) model.delete(item);
          else model.set(item, at);
        }
        const earliest = Math.min(Infinity, ...model.values());
        expect(heap.size).toBe(model.size);
        expect(heap.earliest).toBe(earliest);
        const top = heap.peek();
        expect(top === undefined ? Infinity : model.get(top)).toBe(earliest);
        for (const other of items) expect(other.heapIndex >= 0).toBe(model.has(other));
      }
      const order: number[] = [];
      for (let top = heap.peek(); top !== undefined; top = heap.peek()) {
        order.push(top.deadline);
        heap.remove(top);
      }
      expect(order).toEqual([...model.values()].sort((a, b) => a - b));
    }));
  });

  test('what is not in it can be removed, and is not put in by Infinity', () => {
    const heap = new DeadlineHeap<Item>();
    const item = new Item();
    heap.remove(item);
    heap.set(item, Infinity);
    expect([heap.size, heap.earliest, heap.peek()]).toEqual([0, Infinity, undefined]);
  });
});
