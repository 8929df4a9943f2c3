/** Text to send, the same for the same seed: printable, so that it can be read in a capture. */
import { createHash } from 'node:crypto';
import { Random } from '../../util/random.js';

const LINE = 64;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz      ';

export function seededText(octets: number, seed: number): Uint8Array {
  const random = new Random(seed);
  const text = new Uint8Array(octets);
  for (let i = 0; i < octets; i++) text[i] = i % LINE === LINE - 1 ? 0x0a : LETTERS.charCodeAt(random.int(0, LETTERS.length));
  return text;
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
