import * as fc from 'fast-check';
import { Address } from '../../../src/util/address.js';
import { checksum, checksumAdd, checksumFold, checksumUpdate16, pseudoHeaderSum } from '../../../src/wire/checksum.js';

/** RFC 1071 as it is told: pairs of octets, end-around carry after each addition. */
function naiveSum(bytes: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < bytes.length; i += 2) {
    sum += bytes[i] * 256 + (i + 1 < bytes.length ? bytes[i + 1] : 0);
    if (sum > 0xffff) sum -= 0xffff;
  }
  return sum;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
const folded = (bytes: Uint8Array, from = 0, to = bytes.length): number => checksumFold(checksumAdd(viewOf(bytes), from, to, 0));

describe('checksumAdd', () => {
  it('gives the sum of the example in RFC 1071 §3', () => {
    expect(folded(Uint8Array.of(0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7))).toBe(0xddf2);
  });

  it('agrees with a naive sum for every length and alignment, and reads no octet outside its range', () => {
    const bytes = Uint8Array.from({ length: 90 }, (_, i) => (i * 167 + 91) & 0xff);
    for (let from = 0; from < 5; from++) {
      for (let to = from; to <= bytes.length; to++) {
        expect([from, to, folded(bytes, from, to)]).toEqual([from, to, naiveSum(bytes.subarray(from, to))]);
      }
    }
  });

  it('agrees with a naive sum on arbitrary octets', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
      expect(folded(bytes)).toBe(naiveSum(bytes));
    }));
  });

  it.each([65_535, 131_072, 1_048_576])('does not lose a carry in %d octets of 0xff', (length) => {
    const bytes = new Uint8Array(length).fill(0xff);
    expect(folded(bytes)).toBe(naiveSum(bytes));
  });

  it('continues a sum across ranges of even length', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(100), (bytes, half) => {
      const cut = Math.min(2 * half, bytes.length & ~1);
      const view = viewOf(bytes);
      const parts = checksumAdd(view, cut, bytes.length, checksumAdd(view, 0, cut, 0));
      expect(checksumFold(parts)).toBe(naiveSum(bytes));
    }));
  });
});

describe('checksum', () => {
  it('is the field that makes the whole sum to 0xffff', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 2, maxLength: 100 }), fc.nat(0xffff), (bytes, initial) => {
      bytes[0] = bytes[1] = 0;
      const view = viewOf(bytes);
      view.setUint16(0, checksum(view, 0, bytes.length, initial));
      expect(checksumFold(checksumAdd(view, 0, bytes.length, initial))).toBe(0xffff);
    }));
  });
});

describe('checksumFold', () => {
  it.each([[0, 0], [0xffff, 0xffff], [0x10000, 1], [0x1ffff, 1], [0xffff_ffff, 0xffff], [0xfffe_0001, 0xffff]])('%i folds to %i', (sum, expected) => {
    expect(checksumFold(sum)).toBe(expected);
  });
});

describe('checksumUpdate16', () => {
  it('gives the result of the example in RFC 1624 §4, where the older equation went wrong', () => {
    expect(checksumUpdate16(0xdd2f, 0x5555, 0x3285)).toBe(0x0000);
  });

  it('agrees with computing the checksum anew', () => {
    const word = fc.nat(0xffff);
    fc.assert(fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), fc.nat(19), word, (words, index, to) => {
      const bytes = new Uint8Array(2 * words.length + 2);
      const view = viewOf(bytes);
      view.setUint16(0, 0x4500); // as in any header, one word that is not zero
      words.forEach((w, i) => view.setUint16(2 * i + 2, w));
      const at = 2 + 2 * (index % words.length);
      const old = checksum(view, 0, bytes.length);
      const from = view.getUint16(at);
      view.setUint16(at, to);
      expect(checksumUpdate16(old, from, to)).toBe(checksum(view, 0, bytes.length));
    }), { numRuns: 2000 });
  });
});

describe('pseudoHeaderSum', () => {
  const words = (address: Address): number[] => [address.w0, address.w1, address.w2, address.w3];

  it('sums the IPv4 pseudo-header: addresses, zero and protocol, length', () => {
    const bytes = Uint8Array.of(192, 0, 2, 1, 192, 0, 2, 255, 0, 6, 0x05, 0xdc);
    const sum = pseudoHeaderSum(Address.from('192.0.2.1'), Address.from('192.0.2.255'), 6, 0x5dc);
    expect(checksumFold(sum)).toBe(naiveSum(bytes));
  });

  it('sums the IPv6 pseudo-header, a length above 65,535 included', () => {
    const src = Address.from('2001:db8::1');
    const dst = Address.from('fe80::ffff:1:2:3');
    const bytes = new Uint8Array(40);
    const view = viewOf(bytes);
    [...words(src), ...words(dst), 70_000, 58].forEach((w, i) => view.setInt32(4 * i, w));
    expect(checksumFold(pseudoHeaderSum(src, dst, 58, 70_000))).toBe(naiveSum(bytes));
  });
});
