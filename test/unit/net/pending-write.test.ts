import { joinSmall } from '../../../src/net/pending-write.js';

const sizes = (...lengths: number[]): number[] => joinSmall(lengths.map((n) => new Uint8Array(n))).map(({ length }) => length);

describe('joinSmall', () => {
  it('joins what fits into 64 KiB', () => {
    expect(sizes(1, 2, 3)).toEqual([6]);
    expect(sizes(60_000, 5_536, 1)).toEqual([65_536, 1]);
    expect(sizes(10, 100_000, 10)).toEqual([10, 100_000, 10]);
    expect(sizes()).toEqual([]);
  });

  it('keeps the octets in order', () => {
    const chunks = Array.from({ length: 300 }, (_, i) => new Uint8Array(i).fill(i));
    expect(Buffer.concat(joinSmall(chunks)).equals(Buffer.concat(chunks))).toBe(true);
  });

  it('does not copy a chunk that stays alone', () => {
    const large = new Uint8Array(70_000);
    expect(joinSmall([new Uint8Array(1), large])[1]).toBe(large);
  });
});
