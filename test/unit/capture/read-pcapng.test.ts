import type { Frame } from '../../../src/capture/frame.js';
import { readCapture } from '../../../src/capture/read.js';
import { join, numbers, octets, PcapngFile, type Recorded } from '../../support/capture-file.js';

const T = 1_700_000_000_123_456_789n;
const packet = (length: number, fill = 1): Recorded => ({ nanos: T, bytes: new Uint8Array(length).fill(fill) });

function readAll(bytes: Uint8Array): { frames: Frame[]; trouble: readonly string[] } {
  const reader = readCapture(bytes);
  const frames: Frame[] = [];
  for (const frame of reader.frames()) frames.push({ ...frame, bytes: frame.bytes.slice() });
  expect(reader.format).toBe('pcapng');
  return { frames, trouble: reader.trouble };
}

const started = (littleEndian = true, linkType = 1): PcapngFile => new PcapngFile().section(littleEndian).iface({ linkType });

describe.each([true, false])('pcapng, little-endian: %s', (littleEndian) => {
  it('reads the three blocks that hold packets, numbered in their order', () => {
    const file = started(littleEndian).enhanced(0, packet(61), 'a comment').simple(packet(7, 2)).old(0, { ...packet(9, 3), length: 1000 });
    const micros = 1_700_000_000_123_456_000n;
    expect(readAll(file.bytes())).toEqual({
      trouble: [],
      frames: [
        { number: 1, nanos: micros, bytes: packet(61).bytes, length: 61, linkType: 1 },
        { number: 2, nanos: 0n, bytes: packet(7, 2).bytes, length: 7, linkType: 1 },
        { number: 3, nanos: micros, bytes: packet(9, 3).bytes, length: 1000, linkType: 1 },
      ],
    });
  });

  it('tells interfaces apart', () => {
    const file = new PcapngFile().section(littleEndian).iface({ linkType: 113, name: 'any' }).iface({ linkType: 276 }).iface({ linkType: 0x8001 });
    file.enhanced(2, packet(1)).enhanced(0, packet(1)).old(1, packet(1));
    expect(readAll(file.bytes()).frames.map(({ linkType }) => linkType)).toEqual([0x8001, 113, 276]);
  });

  it.each([
    ['seconds', 0, 1_700_000_000_000_000_000n], ['milliseconds', 3, 1_700_000_000_123_000_000n], ['microseconds', 6, 1_700_000_000_123_456_000n],
    ['nanoseconds', 9, T], ['tenths of nanoseconds', 10, T], ['powers of 2', 0x80 + 10, 1_700_000_000_123_046_875n], ['finer powers of 2', 0x80 + 33, 1_700_000_000_123_456_788n],
  ] as const)('clocks that tick in %s', (_, resolution, nanos) => {
    const file = new PcapngFile().section(littleEndian).iface({ linkType: 1, name: 'odd', resolution }).enhanced(0, packet(4));
    expect(readAll(file.bytes())).toMatchObject({ frames: [{ nanos }], trouble: [] });
  });

  it.each([5n, -5n, 1_699_999_999n])('clocks that begin %i s late', (offset) => {
    const file = new PcapngFile().section(littleEndian).iface({ linkType: 1, offset, resolution: 9 }).enhanced(0, packet(4));
    expect(readAll(file.bytes())).toMatchObject({ frames: [{ nanos: T }], trouble: [] });
  });
});

it('goes from one section to the next, of the other byte order, with interfaces of its own', () => {
  const file = started(true, 1).enhanced(0, packet(5)).section(false).iface({ linkType: 101 }).enhanced(0, packet(6)).section(true).enhanced(0, packet(7));
  const { frames, trouble } = readAll(file.bytes());
  expect(frames.map(({ number, linkType }) => [number, linkType])).toEqual([[1, 1], [2, 101]]);
  expect(trouble).toEqual([expect.stringMatching(/^Frame 3 \(at octet \d+\) belongs to interface 0, which the section does not describe: it is passed over\.$/)]);
});

it('passes over blocks it does not know, and numbers those that Wireshark numbers', () => {
  const file = started().block(5, octets('00000000 0000000000000000')).enhanced(0, packet(1)).block(0x0bad0bad).block(0xbad, octets('00000001'));
  file.block(9, Buffer.from('MESSAGE=x\n')).block(4, new Uint8Array(70_000)).enhanced(0, packet(1));
  expect(readAll(file.bytes())).toMatchObject({ frames: [{ number: 1 }, { number: 4 }], trouble: [] });
});

it('cuts a simple packet at the interface\'s snap length', () => {
  const file = new PcapngFile().section(true).iface({ linkType: 1, snapLength: 42 }).simple({ nanos: 0n, bytes: new Uint8Array(44).fill(1), length: 99 });
  expect(readAll(file.bytes()).frames).toMatchObject([{ bytes: new Uint8Array(42).fill(1), length: 99 }]);
});

describe('says what is wrong with one packet, and reads on', () => {
  const at = (file: PcapngFile): number => file.bytes().length;
  it.each<[string, (file: PcapngFile) => unknown, string]>([
    ['no such interface', (f) => f.enhanced(7, packet(4)), 'belongs to interface 7, which the section does not describe'],
    ['no room', (f) => f.block(6, numbers(true, [0, 4], [0, 8], [9, 4], [9, 4]), new Uint8Array(8)), 'claims 9 octets captured, but its block has room for 8'],
    ['too much captured', (f) => f.enhanced(0, packet(262_145)), 'claims 262,145 octets captured, more than any capture has'],
    ['too long', (f) => f.enhanced(0, { ...packet(4), length: 0x8000_0000 }), 'claims to have had 2,147,483,648 octets, more than any packet has'],
    ['too short a block', (f) => f.block(6, new Uint8Array(8)), 'has 20 octets, fewer than the 32 it needs'],
    ['too long a block', (f) => f.block(2, new Uint8Array(16 * 1024 * 1024)), 'has 16,777,228 octets, more than are read at once'],
  ])('%s', (_, bad, sentence) => {
    const file = started().enhanced(0, packet(1));
    const position = at(file).toLocaleString('en');
    bad(file);
    const { frames, trouble } = readAll(file.enhanced(0, packet(1)).bytes());
    expect(frames.map(({ number }) => number)).toEqual([1, 3]);
    expect(trouble).toEqual([`Frame 2 (at octet ${position}) ${sentence}: it is passed over.`]);
  });

  it('a time beyond all calendars is taken for 1970', () => {
    const file = new PcapngFile().section(true).iface({ linkType: 1, offset: 2n ** 62n }).block(6, numbers(true, [0, 4], [0, 8], [4, 4], [4, 4]), new Uint8Array(4));
    expect(readAll(file.bytes())).toMatchObject({ frames: [{ nanos: 0n }], trouble: [expect.stringContaining('has a time that no calendar has')] });
  });

  it('but not without end', () => {
    const file = started();
    for (let i = 0; i < 5000; i++) file.enhanced(1, packet(0));
    const { trouble } = readAll(file.bytes());
    expect(trouble).toHaveLength(21);
    expect(trouble[20]).toBe('There is more of this kind: 4,980 further complaints.');
  });
});

describe('says where it cannot go on', () => {
  const file = started().enhanced(0, packet(4));
  const whole = file.bytes();
  const last = whole.length - 36;
  const spoilt = (change: (view: DataView) => void): Uint8Array => {
    const bytes = join(whole, whole);
    change(new DataView(bytes.buffer, bytes.byteOffset));
    return bytes;
  };
  it.each<[string, Uint8Array, string]>([
    ['cut in a block', whole.subarray(0, -1), `The file ends in the middle of frame 1 (at octet ${last}): 35 of its block's 36 octets are there; no frame was read before it.`],
    ['cut in its header', whole.subarray(0, last + 11), `The file ends in the middle of the header of the block at octet ${last}: 11 of 12 octets are there; no frame was read before it.`],
    ['cut in a block not known', join(started().bytes(), numbers(true, [77, 4], [1000, 4], [0, 8])), `The file ends in the middle of the block at octet ${last}: 16 of its 1,000 octets are there; no frame was read before it.`],
    ['length of 13', spoilt((v) => v.setUint32(last + 4, 13, true)), `The length of frame 1 (at octet ${last}) is 13 octets, no multiple of 4: the file is damaged from there on; no frame was read before it.`],
    ['length of 8', spoilt((v) => v.setUint32(last + 4, 8, true)), `The length of frame 1 (at octet ${last}) is 8 octets, less than the 12 that every block has: the file is damaged from there on; no frame was read before it.`],
    ['lengths that differ', spoilt((v) => v.setUint32(last + 32, 40, true)), `The lengths at both ends of frame 1 (at octet ${last}) do not agree, 36 and 40 octets: the file is damaged from there on; no frame was read before it.`],
    ['a section without byte order', spoilt((v) => v.setUint32(whole.length + 8, 0)), `The section header at octet ${whole.length} has no byte-order magic: the file is damaged from there on; frame 1 was read.`],
  ])('%s', (_, bytes, sentence) => {
    expect(readAll(bytes).trouble).toEqual([sentence]);
  });
});

it('passes over a section of a version to come, and reads the next', () => {
  const file = new PcapngFile().section(true, [2, 0]).iface({ linkType: 1 }).enhanced(0, packet(1)).section(true).iface({ linkType: 1 }).enhanced(0, packet(2));
  const { frames, trouble } = readAll(file.bytes());
  expect(frames).toMatchObject([{ number: 1, length: 2 }]);
  expect(trouble).toEqual(['The section at octet 0 is of version 2.0, which is not known: it is passed over.']);
});

it('remembers 65,536 interfaces of a section, not millions', () => {
  const one = started().iface({ linkType: 7 }).blocks[2];
  const head = new PcapngFile().section(true);
  const tail = new PcapngFile().section(true).iface({ linkType: 1 }).enhanced(65_535, packet(1)).enhanced(65_536, packet(1)).blocks.slice(2);
  const { frames, trouble } = readAll(join(head.bytes(), ...new Array<Uint8Array>(65_540).fill(one), ...tail));
  expect(frames).toMatchObject([{ linkType: 7 }]);
  expect(trouble).toEqual([expect.stringContaining('more than 65,536 interfaces'), expect.stringContaining('interface 65,536, which the section does not describe')]);
});

it('reads options of an interface until they make no sense', () => {
  const wild = new PcapngFile().section(true);
  wild.block(1, numbers(true, [1, 2], [0, 2], [0, 4]), wild.option(9, Uint8Array.of(9)), numbers(true, [14, 2], [5000, 2]));
  wild.block(6, numbers(true, [0, 4], [0, 4], [77, 4], [0, 4], [0, 4]));
  expect(readAll(wild.bytes())).toMatchObject({ frames: [{ nanos: 77n }], trouble: [] });
});
