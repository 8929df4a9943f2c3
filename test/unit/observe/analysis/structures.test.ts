/** What is remembered of sequence numbers, against a plain model of it; and that it stays small. */
import fc from 'fast-check';
import { Passed } from '../../../../src/observe/analysis/passed.js';
import { RoundTrip } from '../../../../src/observe/analysis/round-trip.js';
import { Allowance, Sendings } from '../../../../src/observe/analysis/sendings.js';
import { seq, seqAdd, seqDiff } from '../../../../src/util/seq.js';

/** Ranges of a small space that lies across the wrap. */
const ORIGIN = seq(0xffff_fff0);
const at = (n: number): ReturnType<typeof seq> => seqAdd(ORIGIN, n);
const SPACE = 60;
const range = fc.tuple(fc.nat(SPACE), fc.integer({ min: 1, max: 12 })).map(([from, length]) => [from, from + length] as const);

describe('which numbers have passed', () => {
  test('agrees with a set of numbers', () => {
    fc.assert(fc.property(fc.array(range, { maxLength: 20 }), range, fc.nat(SPACE), (added, [from, to], floor) => {
      const passed = new Passed();
      const set = new Set<number>();
      for (const [a, b] of added) {
        passed.add(at(a), at(b));
        for (let n = a; n < b; n++) set.add(n);
      }
      passed.forgetBefore(at(floor));
      for (let n = 0; n < floor; n++) set.delete(n);
      const numbers = Array.from({ length: to - from }, (_, i) => from + i);
      expect(passed.covers(at(from), at(to))).toBe(numbers.every((n) => set.has(n)));
      let end = from;
      while (set.has(end)) end++;
      expect(seqDiff(passed.endOfRun(at(from)), at(from))).toBe(end - from);
      if (!set.has(from)) expect(seqDiff(passed.endOfGap(at(from), at(to)), at(from))).toBe((numbers.find((n) => set.has(n)) ?? to) - from);
    }), { numRuns: 500 });
  });

  test('nothing is always covered', () => {
    expect(new Passed().covers(at(5), at(5))).toBe(true);
  });

  test('many gaps: the lowest are taken as filled, the newest are known', () => {
    const passed = new Passed();
    for (let n = 0; n < 10_000; n++) passed.add(seq(20 * n), seq(20 * n + 10));
    expect(passed.runs).toBe(256);
    expect(passed.covers(seq(0), seq(100))).toBe(true);
    expect(passed.covers(seq(199_980), seq(199_990))).toBe(true);
    expect(passed.covers(seq(199_960), seq(199_990))).toBe(false);
  });
});

describe('when it was sent', () => {
  const sent = (sendings: Sendings, n: number): void => sendings.add(seq(10 * n), seq(10 * n + 10), n, n);

  test('in any order, found by any number in it, forgotten when acknowledged', () => {
    const sendings = new Sendings(new Allowance());
    for (const n of [3, 1, 2, 7, 5, 0]) sent(sendings, n);
    expect([0, 9, 10, 25, 79].map((n) => sendings.find(seq(n))?.frame)).toEqual([0, 0, 1, 2, 7]);
    expect([40, 60, 80].map((n) => sendings.find(seq(n)))).toEqual([undefined, undefined, undefined]);
    sendings.mark(seq(15), seq(31), 100);
    expect([1, 2, 3, 5].map((n) => sendings.find(seq(10 * n))?.times)).toEqual([2, 2, 2, 1]);
    expect(sendings.find(seq(10))).toMatchObject({ at: 1, lastAt: 100 });
    expect(sendings.lastBefore(seq(35))?.frame).toBe(2);
    sendings.forgetBefore(seq(35));
    expect([sendings.find(seq(25)), sendings.find(seq(35))?.frame, sendings.size]).toEqual([undefined, 3, 3]);
  });

  test('a limited number: the oldest are forgotten', () => {
    const sendings = new Sendings(new Allowance());
    for (let n = 0; n < 20_000; n++) sent(sendings, n);
    expect(sendings.size).toBeLessThanOrEqual(4096);
    expect(sendings.size).toBeGreaterThan(3000);
    expect(sendings.find(seq(199_995))?.frame).toBe(19_999);
    expect(sendings.find(seq(5))).toBeUndefined();
  });

  test('one allowance for all: who finds it used up keeps a few; what is forgotten is given back', () => {
    const allowance = new Allowance(60);
    const [first, second] = [new Sendings(allowance), new Sendings(allowance)];
    for (let n = 0; n < 1_000; n++) sent(first, n);
    for (let n = 0; n < 1_000; n++) sent(second, n);
    expect(first.size).toBeGreaterThan(32);
    expect(second.size).toBeLessThanOrEqual(32);
    expect(second.find(seq(9_995))?.frame).toBe(999);
    first.forgetBefore(seq(20_000));
    second.forgetBefore(seq(20_000));
    expect(first.size + second.size).toBe(0);
    expect(allowance.take(60)).toBe(true);
  });

  test('comes and goes for long without growing', () => {
    const allowance = new Allowance(0);
    const sendings = new Sendings(allowance);
    for (let n = 0; n < 10_000; n++) {
      sent(sendings, n);
      if (n >= 8) sendings.forgetBefore(seq(10 * (n - 7)));
      expect(sendings.find(seq(10 * n))?.frame).toBe(n);
    }
    expect(sendings.size).toBe(8);
  });
});

test('round trips are smoothed, and the timeout is not below 200 ms more (RFC 6298 §2)', () => {
  const trip = new RoundTrip();
  trip.measure(100);
  expect([trip.smoothed, trip.timeout]).toEqual([100, 300]);
  trip.measure(200);
  expect(trip.smoothed).toBe(112.5);
  expect(trip.timeout).toBe(112.5 + 4 * 62.5);
});
