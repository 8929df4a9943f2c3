/** What befalls a capture file: bits, lengths, cuts, blocks that change places, and halves of two files grown together. */
import type { Random } from '../../../src/util/random.js';
import { join } from '../../support/capture-file.js';
import type { DrawnFile } from './files.js';

type Damage = (parts: Uint8Array[], random: Random, file: DrawnFile, other: DrawnFile) => void;

const EXTREMES = [0, 1, 3, 4, 8, 11, 12, 13, 16, 20, 28, 32, 36, 96, 255, 256, 65_535, 65_536, 262_144, 262_145, 0x7fff_ffff, 0x8000_0000, 0xffff_fff0, 0xffff_fffc, 0xffff_ffff];
/** Where headers of records and blocks are. */
const HEADER = 36;

/** A part's octets anew, so that what was drawn stays what it was. */
function change(parts: Uint8Array[], random: Random, how: (part: Uint8Array) => Uint8Array | void): void {
  if (parts.length === 0) return;
  const at = random.int(0, parts.length);
  const copy = parts[at].slice();
  parts[at] = how(copy) ?? copy;
}

const place = (part: Uint8Array, random: Random): number => random.int(0, random.chance(0.5) ? Math.min(part.length, HEADER) : part.length);

const DAMAGES: readonly Damage[] = [
  // bits
  (parts, random) => change(parts, random, (part) => {
    for (let times = random.pick([1, 1, 2, 8, 64]); times > 0 && part.length > 0; times--) part[place(part, random)] ^= 1 << random.int(0, 8);
  }),
  // octets
  (parts, random) => change(parts, random, (part) => {
    if (part.length > 0) part[place(part, random)] = random.pick([0, 1, 0x45, 0x60, 0x7f, 0x80, 0xff, random.int(0, 256)]);
  }),
  // numbers set to extremes, or off by a little
  (parts, random, { littleEndian }) => change(parts, random, (part) => {
    if (part.length < 4) return;
    const view = new DataView(part.buffer);
    const at = random.chance(0.2) ? part.length - 4 : random.int(0, Math.min(part.length, HEADER) >> 2) * 4;
    if (random.chance(0.2)) view.setUint16(at + random.pick([0, 2]), random.pick(EXTREMES) & 0xffff, littleEndian);
    else view.setUint32(at, random.chance(0.7) ? random.pick(EXTREMES) : view.getUint32(at, littleEndian) + random.pick([-4, -1, 1, 4, 1000]), littleEndian !== random.chance(0.1));
  }),
  // a block of another length, right at both ends
  (parts, random, { littleEndian }) => change(parts, random, (part) => {
    const length = Math.max(12, (random.chance(0.5) ? random.int(12, 64) : part.length + random.int(-64, 64)) & ~3);
    const block = new Uint8Array(length);
    block.set(part.subarray(0, length));
    for (const at of [4, length - 4]) new DataView(block.buffer).setUint32(at, length, littleEndian);
    return block;
  }),
  // insertions, deletions
  (parts, random) => change(parts, random, (part) => {
    const [at, more] = [random.int(0, part.length + 1), new Uint8Array(random.pick([1, 2, 3, 4, 16, 1000]))];
    if (random.chance(0.5)) random.fill(more);
    return join(part.subarray(0, at), more, part.subarray(at));
  }),
  (parts, random) => change(parts, random, (part) => {
    const at = random.int(0, part.length + 1);
    return join(part.subarray(0, at), part.subarray(at + random.pick([1, 2, 3, 4, 16, 1000])));
  }),
  // blocks change places, appear twice, disappear, come from another file
  (parts, random) => {
    const [a, b] = [random.int(0, parts.length), random.int(0, parts.length)];
    [parts[a], parts[b]] = [parts[b], parts[a]];
  },
  (parts, random) => void parts.splice(random.int(0, parts.length + 1), 0, ...new Array<Uint8Array>(random.pick([1, 1, 1, 5, 100])).fill(random.pick(parts))),
  (parts, random) => void parts.splice(random.int(0, parts.length), random.pick([1, 1, 3])),
  (parts, random, _, other) => void parts.splice(random.int(0, parts.length + 1), 0, random.pick(other.parts)),
  // the end of one file on the beginning of another, between blocks and anywhere
  (parts, random, _, other) => void parts.splice(random.int(0, parts.length + 1), Infinity, ...other.parts.slice(random.int(0, other.parts.length))),
  (parts, random, _, other) => {
    const [whole, rest] = [join(...parts), join(...other.parts)];
    parts.splice(0, Infinity, whole.subarray(0, random.int(0, whole.length + 1)), rest.subarray(random.int(0, rest.length + 1)));
  },
  // cuts
  (parts, random) => {
    const whole = join(...parts);
    parts.splice(0, Infinity, whole.subarray(0, random.int(0, whole.length + 1)));
  },
];

export function damaged(file: DrawnFile, other: DrawnFile, random: Random): Uint8Array {
  const parts = [...file.parts];
  for (let times = random.pick([0, 1, 1, 1, 2, 3, 6]); times > 0; times--) {
    if (parts.length === 0) parts.push(new Uint8Array(0));
    random.pick(DAMAGES)(parts, random, file, other);
  }
  return join(...parts);
}
