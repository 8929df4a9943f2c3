/** ByteRing: against a plain array of what is readable and a map of what is placed ahead. */
import fc from 'fast-check';
import { ByteRing } from '../../../src/util/byte-ring.js';

const step = fc.oneof(
  fc.record({ do: fc.constant('write' as const), n: fc.nat(6000), ahead: fc.constant(0) }),
  fc.record({ do: fc.constant('read' as const), n: fc.nat(6000), ahead: fc.constant(0) }),
  fc.record({ do: fc.constant('drop' as const), n: fc.nat(3000), ahead: fc.constant(0) }),
  fc.record({ do: fc.constant('peek' as const), n: fc.nat(3000), ahead: fc.nat(3000) }),
  fc.record({ do: fc.constant('fill' as const), n: fc.integer({ min: 1, max: 3000 }), ahead: fc.integer({ min: 1, max: 3000 }) }),
);

describe('ByteRing', () => {
  test('does what an array does, text placed ahead included', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 60 }), fc.constantFrom(1, 5000, 20_000), (steps, limit) => {
      const ring = new ByteRing(limit);
      let model: number[] = [];
      let octet = 0;
      const next = (n: number): Uint8Array => Uint8Array.from({ length: n }, () => (octet = (octet * 5 + 17) & 255));
      for (const { do: what, n, ahead } of steps) {
        if (what === 'write') {
          const bytes = next(n + 4);
          expect(ring.write(bytes, 2, 2 + n)).toBe(Math.min(n, limit - model.length));
          model.push(...bytes.subarray(2, 2 + Math.min(n, limit - model.length)));
        } else if (what === 'read') {
          const into = new Uint8Array(n + 3);
          const given = ring.read(into, 3, 3 + n);
          expect([...into.subarray(3, 3 + given)]).toEqual(model.slice(0, n));
          expect([...into.subarray(3 + given)].every((b) => b === 0)).toBe(true);
          model = model.slice(given);
        } else if (what === 'drop') {
          const gone = Math.min(n, model.length);
          ring.drop(gone);
          model = model.slice(gone);
        } else if (what === 'peek') {
          const from = Math.min(ahead, model.length);
          const seen = Math.min(n, model.length - from);
          const into = new Uint8Array(seen);
          ring.peek(from, into, 0, seen);
          expect([...into]).toEqual(model.slice(from, from + seen));
        } else if (model.length + ahead + n <= limit) {
          // Out of order: the later piece first, then the gap, then both are readable.
          const late = next(n);
          const gap = next(ahead);
          ring.place(ahead, late, 0, n);
          expect(ring.length).toBe(model.length);
          ring.place(0, gap, 0, ahead);
          ring.join(ahead + n);
          model.push(...gap, ...late);
        }
        expect(ring.length).toBe(model.length);
        expect(ring.free).toBe(limit - model.length);
      }
    }), { numRuns: 150 });
  });

  test('release gives everything back, and the ring can be used again', () => {
    const ring = new ByteRing(10_000);
    ring.write(new Uint8Array(9000).fill(1), 0, 9000);
    ring.release();
    expect([ring.length, ring.free]).toEqual([0, 10_000]);
    ring.write(Uint8Array.of(7), 0, 1);
    const into = new Uint8Array(1);
    expect(ring.read(into, 0, 1)).toBe(1);
    expect(into[0]).toBe(7);
  });

  test('an empty range takes and gives nothing', () => {
    const ring = new ByteRing(10);
    expect(ring.write(new Uint8Array(5), 3, 3)).toBe(0);
    expect(ring.read(new Uint8Array(5), 2, 2)).toBe(0);
  });
});
