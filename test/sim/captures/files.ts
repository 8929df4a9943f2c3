/** Whole captures drawn from a seed, in parts (a header, then record by record or block by block): either format, all link types, byte orders, resolutions. */
import { LinkType } from '../../../src/capture/frame.js';
import type { Random } from '../../../src/util/random.js';
import { carries, ethernet, framed, numbers, octets, pcapParts, PcapngFile, type Recorded } from '../../support/capture-file.js';
import { Talk } from './talk.js';

export const LINK_TYPES: readonly number[] = Object.values(LinkType);
const START = 1_700_000_000_000_000_000n;
const TAGS = ['8100 0064 ', '88a8 0064 8100 00c8 ', '0040 aaaa 03 000000 '];
const NO_IP = [ethernet('0806', octets('0001 0800 06 04 0001 020000000001 c0000201 000000000000 c0000202')), ethernet('88cc', new Uint8Array(30)), new Uint8Array(3)];

export interface DrawnFile {
  readonly parts: readonly Uint8Array[];
  readonly littleEndian: boolean;
}

export function drawFile(random: Random, most = 30): DrawnFile {
  const littleEndian = random.chance(0.5);
  return { littleEndian, parts: random.chance(0.4) ? drawPcap(random, littleEndian, most) : drawPcapng(random, littleEndian, most) };
}

function drawPcap(random: Random, littleEndian: boolean, most: number): Uint8Array[] {
  const linkType = random.pick(LINK_TYPES);
  return pcapParts(drawPackets(random, linkType, littleEndian, random.int(0, most)), {
    linkType, littleEndian, resolution: random.pick(['micro', 'nano']), modified: random.chance(0.1), version: random.pick([[2, 4], [2, 4], [2, 4], [2, 3], [2, 2]] as const), upper: random.pick([0, 0, 0x2400]),
  });
}

function drawPcapng(random: Random, littleEndian: boolean, most: number): Uint8Array[] {
  const file = new PcapngFile();
  for (let sections = random.pick([1, 1, 1, 2, 3]); sections > 0; sections--) {
    file.section(random.chance(0.9) ? littleEndian : !littleEndian);
    const types = Array.from({ length: random.pick([1, 1, 1, 2, 4]) }, () => random.pick(LINK_TYPES));
    for (const linkType of types) {
      file.iface({
        linkType, name: 'lo', snapLength: random.pick([0, 65_535, 262_144, 96]), resolution: random.pick([undefined, 9, 6, 3, 0, 0x8a, 0xbf, 0xff, 0x7f]), offset: random.pick([undefined, undefined, -1n, 3600n, 2n ** 62n]),
      });
    }
    types.forEach((linkType, iface) => {
      for (const packet of drawPackets(random, linkType, littleEndian, random.int(0, 1 + most / types.length))) drawBlock(file, random, iface, packet, littleEndian);
    });
  }
  return file.blocks;
}

function drawBlock(file: PcapngFile, random: Random, iface: number, packet: Recorded, littleEndian: boolean): void {
  const kind = random.float();
  if (kind < 0.05) file.block(random.pick([4, 5, 9, 0xbad, 0x204, 77, random.uint32()]), new Uint8Array(random.int(0, 64)));
  if (kind < 0.8) file.enhanced(iface, packet, random.chance(0.2) ? 'why it is here' : undefined);
  else if (kind < 0.9) file.old(iface, packet);
  else if (kind < 0.98) file.simple(packet);
  else file.block(6, numbers(littleEndian, [random.int(0, 9), 4], [random.uint32(), 4], [random.uint32(), 4], [packet.bytes.length, 4], [random.uint32(), 4]), packet.bytes);
}

function drawPackets(random: Random, linkType: number, littleEndian: boolean, count: number): Recorded[] {
  const versions = ([4, 6] as const).filter((version) => carries(linkType, version));
  const talks = Array.from({ length: random.pick([1, 1, 2, 5]) }, () => new Talk(random, random.pick(versions)));
  const snap = random.pick([Infinity, Infinity, 96, 54, 30]);
  let nanos = START;
  return Array.from({ length: count }, () => {
    const { after, ip } = random.pick(talks).next();
    nanos += after;
    const whole = drawFrame(random, linkType, ip, littleEndian);
    return { nanos, bytes: whole.subarray(0, Math.min(whole.length, snap)), length: whole.length };
  });
}

function drawFrame(random: Random, linkType: number, ip: Uint8Array, littleEndian: boolean): Uint8Array {
  if (linkType !== LinkType.Ethernet || random.chance(0.8)) return framed(linkType, ip, littleEndian);
  return random.chance(0.3) ? random.pick(NO_IP) : ethernet(random.pick(TAGS) + (ip[0] >> 4 === 6 ? '86dd' : '0800'), ip);
}
