/** Sequence arithmetic modulo 2^32, RFC 9293 §3.4, against BigInt. */
import fc from 'fast-check';
import { seq, seqAdd, seqDiff, seqGeq, seqGt, seqIn, seqLeq, seqLt, seqMax, seqMin } from '../../../src/util/seq.js';

const M = 1n << 32n;
const mod = (x: bigint): bigint => ((x % M) + M) % M;
const word = fc.oneof(fc.integer({ min: 0, max: 0xffff_ffff }), fc.constantFrom(0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_fff0, 0xffff_ffff));
const near = fc.integer({ min: -0x7fff_ffff, max: 0x7fff_ffff });

describe('seq', () => {
  test('a sequence number is an int32 and prints as uint32', () => {
    expect(seq(0xffff_ffff)).toBe(-1);
    expect(seq(0xffff_ffff) >>> 0).toBe(0xffff_ffff);
    expect(seq(2 ** 32 + 5)).toBe(5);
  });

  test('order and difference do what BigInt does modulo 2^32', () => {
    fc.assert(fc.property(word, near, (a, d) => {
      const b = Number(mod(BigInt(a) + BigInt(d)));
      const [x, y] = [seq(a), seq(b)];
      expect(seqDiff(y, x)).toBe(d === 0 ? 0 : d); // not -0
      expect(seqAdd(x, d) >>> 0).toBe(b);
      expect([seqLt(x, y), seqLeq(x, y), seqGt(x, y), seqGeq(x, y)]).toEqual([d > 0, d >= 0, d < 0, d <= 0]);
      expect([seqMax(x, y), seqMin(x, y)]).toEqual(d >= 0 ? [y, x] : [x, y]);
    }));
  });

  test('seqIn: [from, to) around the wrap; empty when from = to', () => {
    fc.assert(fc.property(word, word, fc.nat(0x7fff_ffff), (x, from, n) => {
      const to = Number(mod(BigInt(from) + BigInt(n)));
      expect(seqIn(seq(x), seq(from), seq(to))).toBe(mod(BigInt(x) - BigInt(from)) < BigInt(n));
    }));
    expect(seqIn(seq(7), seq(7), seq(7))).toBe(false);
    expect(seqIn(seq(3), seq(0xffff_fffe), seq(4))).toBe(true);
  });
});
