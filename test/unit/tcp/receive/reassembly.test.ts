/** Reassembly: against a set of single octets. */
import fc from 'fast-check';
import { Reassembly } from '../../../../src/tcp/receive/reassembly.js';
import { seq, seqAdd, seqDiff } from '../../../../src/util/seq.js';

/** Runs of a set of offsets, sorted. */
function runsOf(octets: ReadonlySet<number>): [number, number][] {
  const runs: [number, number][] = [];
  for (const o of [...octets].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.[1] === o) last[1] = o + 1;
    else runs.push([o, o + 1]);
  }
  return runs;
}

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('add' as const), from: fc.nat(200), n: fc.integer({ min: 1, max: 30 }) }) },
  fc.record({ do: fc.constant('advance' as const), from: fc.nat(60), n: fc.constant(0) }),
  fc.record({ do: fc.constant('cut' as const), from: fc.nat(230), n: fc.constant(0) }),
);

describe('Reassembly', () => {
  test.each([0, 0xffff_ff80, 0x7fff_ff80])('keeps what a set of octets keeps, from %p', (base) => {
    const at = (o: number) => seqAdd(seq(base), o);
    fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const kept = new Reassembly(1000);
      const octets = new Set<number>();
      let next = 0;
      for (const { do: what, from, n } of steps) {
        if (what === 'add') {
          const start = Math.max(from, next);
          if (start >= from + n) continue;
          expect(kept.add(at(start), at(from + n))).toBe(true);
          for (let o = start; o < from + n; o++) octets.add(o);
          const run = runsOf(octets).find(([a, b]) => start >= a && start < b);
          expect(seqDiff(kept.start(kept.recentRun(0)), seq(base))).toBe(run?.[0]);
        } else if (what === 'cut') {
          kept.cut(at(from));
          for (const o of octets) if (o >= from) octets.delete(o);
        } else {
          let to = Math.max(next, from);
          for (const o of octets) if (o < to) octets.delete(o);
          while (octets.delete(to)) to++;
          expect(seqDiff(kept.advance(at(Math.max(next, from))), seq(base))).toBe(to);
          next = to;
        }
        expect(Array.from({ length: kept.count }, (_, i) => [seqDiff(kept.start(i), seq(base)), seqDiff(kept.end(i), seq(base))])).toEqual(runsOf(octets));
      }
    }), { numRuns: 200 });
  });

  test('refuses one run more than the limit, but still joins and extends', () => {
    const kept = new Reassembly(2);
    expect(kept.add(seq(10), seq(20))).toBe(true);
    expect(kept.add(seq(30), seq(40))).toBe(true);
    expect(kept.add(seq(50), seq(60))).toBe(false);
    expect(kept.add(seq(40), seq(45))).toBe(true);
    expect(kept.add(seq(15), seq(35))).toBe(true);
    expect(kept.count).toBe(1);
    expect(kept.add(seq(50), seq(60))).toBe(true);
  });

  test('thousands of runs cost no quadratic time to speak of', () => {
    const kept = new Reassembly(65_536);
    for (let i = 0; i < 20_000; i++) kept.add(seq(10 + 4 * i), seq(12 + 4 * i));
    expect(kept.count).toBe(20_000);
    expect(kept.advance(seq(11))).toBe(12);
    kept.clear();
    expect(kept.count).toBe(0);
  });
});
