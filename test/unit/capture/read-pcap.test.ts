import { readCapture } from '../../../src/capture/read.js';
import type { Frame } from '../../../src/capture/frame.js';
import { numbers, join, pcapFile, type Recorded } from '../../support/capture-file.js';

const T = 1_700_000_000_123_456_789n;
const packet = (length: number, fill = 1): Recorded => ({ nanos: T, bytes: new Uint8Array(length).fill(fill) });
const THREE = [packet(60, 1), packet(0), packet(5, 3)];
const STYLE = { linkType: 1, littleEndian: true } as const;

/** Frames are lent: what is kept is copied. */
function readAll(bytes: Uint8Array): { frames: Frame[]; trouble: readonly string[]; format: string } {
  const reader = readCapture(bytes);
  const frames: Frame[] = [];
  for (const frame of reader.frames()) frames.push({ ...frame, bytes: frame.bytes.slice() });
  return { frames, trouble: reader.trouble, format: reader.format };
}

describe.each([true, false])('pcap, little-endian: %s', (littleEndian) => {
  it.each([['micro', 1_700_000_000_123_456_000n], ['nano', T]] as const)('%sseconds', (resolution, nanos) => {
    const { frames, trouble, format } = readAll(pcapFile(THREE, { linkType: 113, littleEndian, resolution }));
    expect(format).toBe('pcap');
    expect(trouble).toEqual([]);
    expect(frames).toEqual(THREE.map(({ bytes }, i) => ({ number: i + 1, nanos, bytes, length: bytes.length, linkType: 113 })));
  });

  it('Kuznetzov\'s longer records', () => {
    const { frames, trouble } = readAll(pcapFile(THREE, { linkType: 1, littleEndian, modified: true }));
    expect(trouble).toEqual([]);
    expect(frames.map(({ bytes }) => bytes.length)).toEqual([60, 0, 5]);
  });
});

it('takes the link type from the lower half: the upper tells of check sequences', () => {
  expect(readAll(pcapFile(THREE, { ...STYLE, linkType: 276, upper: 0x2400 })).frames[0].linkType).toBe(276);
});

it.each([0, 1, 0xffff_ffff])('does not mind a snap length of %i', (snapLength) => {
  expect(readAll(pcapFile(THREE, { ...STYLE, snapLength })).frames).toHaveLength(3);
});

it('keeps the length on the wire apart from what was captured; it is never less', () => {
  const { frames } = readAll(pcapFile([{ ...packet(96), length: 1514 }, { ...packet(96), length: 20 }], STYLE));
  expect(frames.map(({ bytes, length }) => [bytes.length, length])).toEqual([[96, 1514], [96, 96]]);
});

it('knows that before version 2.3 the lengths stood the other way round, and in 2.3 where they must', () => {
  const swapped = join(pcapFile([], { ...STYLE, version: [2, 2] }), numbers(true, [1, 4], [2, 4], [70, 4], [60, 4]), new Uint8Array(60));
  expect(readAll(swapped)).toMatchObject({ frames: [{ length: 70 }], trouble: [] });
  swapped[6] = 3;
  expect(readAll(swapped)).toMatchObject({ frames: [{ length: 70 }], trouble: [] });
  expect(readAll(pcapFile([{ ...packet(60), length: 70 }], { ...STYLE, version: [2, 3] }))).toMatchObject({ frames: [{ length: 70 }], trouble: [] });
});

it('reads nothing from a capture of nothing', () => {
  expect(readAll(pcapFile([], STYLE))).toEqual({ frames: [], trouble: [], format: 'pcap' });
});

describe('says where it ends too early', () => {
  const whole = pcapFile([packet(60), packet(1514)], STYLE);
  it.each([
    [24 + 16 + 60 + 16 + 44, 1, 'The file ends in the middle of frame 2 (at octet 100): 44 of 1,514 octets are there; frame 1 was read.'],
    [24 + 16 + 60 + 16, 1, 'The file ends in the middle of frame 2 (at octet 100): 0 of 1,514 octets are there; frame 1 was read.'],
    [24 + 16 + 60 + 7, 1, 'The file ends in the middle of the header of frame 2 (at octet 100): 7 of 16 octets are there; frame 1 was read.'],
    [24 + 16 + 59, 0, 'The file ends in the middle of frame 1 (at octet 24): 59 of 60 octets are there; no frame was read before it.'],
  ])('%i octets', (length, count, sentence) => {
    expect(readAll(whole.subarray(0, length))).toMatchObject({ frames: { length: count }, trouble: [sentence] });
  });
});

it.each([
  ['captured', [1, 4], 262_145, '262,145 octets of it were captured'],
  ['length', [1, 4], 0xffff_ffff, 'it had 4,294,967,295 octets'],
] as const)('stops at an impossible %s length', (what, [, width], value, claim) => {
  const lengths = what === 'captured' ? numbers(true, [value, width], [value, width]) : numbers(true, [4, width], [value, width]);
  const bytes = join(pcapFile(THREE, STYLE), numbers(true, [1, 4], [2, 4]), lengths, new Uint8Array(300_000));
  const { frames, trouble } = readAll(bytes);
  expect(frames).toHaveLength(3);
  expect(trouble).toEqual([`The header of frame 4 (at octet 137) says that ${claim}, which cannot be: the file is damaged from there on; frames 1 to 3 were read.`]);
});

it('takes the largest packet there is', () => {
  expect(readAll(pcapFile([packet(262_144)], STYLE)).frames[0].bytes).toHaveLength(262_144);
});

it('ends when it is closed, and closes when it has ended', () => {
  const reader = readCapture(pcapFile(THREE, STYLE));
  const numbersSeen: number[] = [];
  for (const { number } of reader.frames()) {
    numbersSeen.push(number);
    reader.close();
  }
  reader.close();
  expect([numbersSeen, [...reader.frames()], reader.trouble]).toEqual([[1], [], []]);
});
