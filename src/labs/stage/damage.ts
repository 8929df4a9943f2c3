/** What a line does to the octets of a segment: changes that a checksum sees, and one that it cannot see (RFC 9293 §3.1, RFC 1071). */
import { checksumAdd, checksumFold } from '../../wire/checksum.js';

/** The lowest bit of the last octet of text. */
export function flipLastBit(octets: Uint8Array): void {
  octets[octets.length - 1] ^= 1;
}

/** Exchanges two 16-bit words. @param at offsets from the first octet of text, even */
export const swapWords = (first: number, second: number) => (octets: Uint8Array, tcpStart: number): void => {
  const text = tcpStart + (octets[tcpStart + 12] >>> 4) * 4;
  for (const i of [0, 1]) [octets[text + first + i], octets[text + second + i]] = [octets[text + second + i], octets[text + first + i]];
};

/** The Internet checksum's sum over these octets, as hexadecimal digits. */
export const sumOf = (octets: Uint8Array): string => hex(checksumFold(checksumAdd(new DataView(octets.buffer, octets.byteOffset, octets.length), 0, octets.length, 0)));

/** Octets as 16-bit words: "7061 7920". */
export const wordsOf = (octets: Uint8Array): string => Array.from({ length: octets.length >>> 1 }, (_, i) => hex(octets[2 * i] * 256 + octets[2 * i + 1])).join(' ');

const hex = (word: number): string => word.toString(16).toUpperCase().padStart(4, '0');
