/**
 * Reads pcapng (draft-ietf-opsawg-pcapng): sections of either byte order, their interfaces, and the three blocks that hold
 * packets. Other blocks are passed over. A block that contradicts itself is said and passed over, as long as its end is certain.
 */
import type { Frame } from './frame.js';
import type { Octets } from './octets.js';
import { Interface } from './pcapng-interface.js';
import { LONGEST_CAPTURED, LONGEST_PACKET, type Records, sayCut } from './records.js';
import { count, readBefore, type Trouble } from './trouble.js';

export const SECTION_HEADER = 0x0a0d0d0a;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
/** Octets of a section header without options. */
export const SHORTEST_SECTION_HEADER = 28;

const Block = { Interface: 1, OldPacket: 2, SimplePacket: 3, EnhancedPacket: 6, Section: SECTION_HEADER } as const;
/** Octets of each without packet and options: nothing shorter is read. */
const SHORTEST: ReadonlyMap<number, number> = new Map([
  [Block.Interface, 20], [Block.OldPacket, 32], [Block.SimplePacket, 16], [Block.EnhancedPacket, 32], [Block.Section, SHORTEST_SECTION_HEADER],
]);
const PACKETS: ReadonlySet<number> = new Set([Block.OldPacket, Block.SimplePacket, Block.EnhancedPacket]);
/** Blocks of other events that Wireshark gives a number, too: systemd's journal, system calls (sysdig), custom blocks. */
const NUMBERED: ReadonlySet<number> = new Set([9, 0x204, 0x216, 0x221, 0xbad, 0x4000_0bad]);
/** A block that is looked into is held in memory as a whole. */
const LONGEST_BLOCK = 16 * 1024 * 1024;
/** Of one section. A file could declare millions and fill the memory with them. */
const MOST_INTERFACES = 65_536;

/** Where in a packet's block its parts are, from the block's beginning. */
interface Packet {
  readonly iface: number;
  /** Both halves of the time, or none. */
  readonly ticks: readonly [high: number, low: number] | undefined;
  readonly captured: number;
  readonly length: number;
  readonly data: number;
}

export function byteOrder(view: DataView, at: number): boolean | undefined {
  if (view.getUint32(at, true) === BYTE_ORDER_MAGIC) return true;
  return view.getUint32(at, false) === BYTE_ORDER_MAGIC ? false : undefined;
}

export class PcapngRecords implements Records {
  private littleEndian = true;
  private interfaces: Interface[] = [];
  private interfacesLeftOut = 0;
  /** In a section of a version that we do not know. */
  private foreign = false;
  private number = 0;
  /** Of the block at hand. */
  private position = 0;

  constructor(private readonly octets: Octets, private readonly trouble: Trouble) {}

  next(): Frame | undefined {
    for (;;) {
      this.position = this.octets.position;
      const type = this.blockType();
      const size = type === undefined ? undefined : this.blockSize(type);
      if (type === undefined || size === undefined) return undefined;
      const frame = this.isRead(type, size) ? this.readBlock(type, size) : this.passOver(type, size);
      if (frame === null) return undefined;
      if (frame !== undefined) return frame;
    }
  }

  /** @returns undefined at the end, which is told unless it is where it should be */
  private blockType(): number | undefined {
    const { octets } = this;
    const have = octets.have(12);
    if (have === 12) {
      const type = octets.view.getUint32(octets.at, this.littleEndian);
      if (type !== SECTION_HEADER) return type;
      const order = byteOrder(octets.view, octets.at + 8);
      if (order !== undefined) this.littleEndian = order;
      else this.trouble.say(`The section header at octet ${count(this.position)} has no byte-order magic: the file is damaged from there on; ${this.soFar()}.`);
      return order === undefined ? undefined : type;
    }
    if (have > 0 || octets.failure !== '') sayCut(this.trouble, octets, `the header of ${this.what(-1)}`, `${have} of 12 octets are there`, this.number);
    return undefined;
  }

  private blockSize(type: number): number | undefined {
    const size = this.octets.view.getUint32(this.octets.at + 4, this.littleEndian);
    if (size >= 12 && size % 4 === 0) return size;
    const why = size < 12 ? 'less than the 12 that every block has' : 'no multiple of 4';
    this.trouble.say(`The length of ${this.what(type)} is ${count(size)} octets, ${why}: the file is damaged from there on; ${this.soFar()}.`);
    return undefined;
  }

  /** Is this a block to look into, and is it of a size that can be? */
  private isRead(type: number, size: number): boolean {
    const shortest = SHORTEST.get(type);
    if (shortest === undefined || (this.foreign && type !== Block.Section)) return false;
    const fits = size >= shortest && size <= LONGEST_BLOCK;
    if (!fits) this.trouble.say(`${capital(this.what(type))} has ${count(size)} octets, ${size < shortest ? `fewer than the ${shortest} it needs` : 'more than are read at once'}: it is passed over.`);
    if (!fits && PACKETS.has(type)) this.number++;
    if (!fits && type === Block.Section) this.foreign = true;
    return fits;
  }

  /** @returns undefined, or null when the file ends here */
  private passOver(type: number, size: number): undefined | null {
    const { octets } = this;
    const passed = octets.skip(size - 4);
    const there = passed + octets.have(4);
    if (there < size) {
      sayCut(this.trouble, octets, this.what(type), `${count(there)} of its ${count(size)} octets are there`, this.number);
      return null;
    }
    if (!this.endsWell(type, size, octets.at)) return null;
    octets.skip(4);
    if (NUMBERED.has(type) && !this.foreign) this.number++;
    return undefined;
  }

  private readBlock(type: number, size: number): Frame | undefined | null {
    const { octets } = this;
    const have = octets.have(size);
    if (have < size) {
      sayCut(this.trouble, octets, this.what(type), `${count(have)} of its block's ${count(size)} octets are there`, this.number);
      return null;
    }
    const { at } = octets;
    if (!this.endsWell(type, size, at + size - 4)) return null;
    const frame = this.takeBlock(type, at, at + size - 4);
    octets.skip(size);
    return frame;
  }

  /** The length stands at both ends of a block, so that a file can be read backwards. */
  private endsWell(type: number, size: number, at: number): boolean {
    const last = this.octets.view.getUint32(at, this.littleEndian);
    if (last === size) return true;
    this.trouble.say(`The lengths at both ends of ${this.what(type)} do not agree, ${count(size)} and ${count(last)} octets: the file is damaged from there on; ${this.soFar()}.`);
    return false;
  }

  /** @param end of the block's content, before its second length */
  private takeBlock(type: number, at: number, end: number): Frame | undefined {
    if (type === Block.Section) this.beginSection(at);
    else if (type === Block.Interface) this.addInterface(at, end);
    else return this.frame(this.packet(type, at, end), at, end);
    return undefined;
  }

  private beginSection(at: number): void {
    const { view } = this.octets;
    const [major, minor] = [view.getUint16(at + 12, this.littleEndian), view.getUint16(at + 14, this.littleEndian)];
    this.interfaces = [];
    this.interfacesLeftOut = 0;
    this.foreign = major !== 1;
    if (this.foreign) this.trouble.say(`The section at octet ${count(this.position)} is of version ${major}.${minor}, which is not known: it is passed over.`);
  }

  private addInterface(at: number, end: number): void {
    const { view } = this.octets;
    if (this.interfaces.length === MOST_INTERFACES) {
      if (this.interfacesLeftOut++ === 0) this.trouble.say(`The section has more than ${count(MOST_INTERFACES)} interfaces: those from octet ${count(this.position)} on are left out.`);
      return;
    }
    const iface = new Interface(view.getUint16(at + 8, this.littleEndian), view.getUint32(at + 12, this.littleEndian));
    iface.readOptions(view, at + 16, end, this.littleEndian);
    this.interfaces.push(iface);
  }

  private packet(type: number, at: number, end: number): Packet {
    const { view } = this.octets;
    const uint32 = (offset: number): number => view.getUint32(at + offset, this.littleEndian);
    if (type === Block.SimplePacket) {
      const length = uint32(8);
      const snap = this.interfaces[0]?.snapLength ?? 0;
      return { iface: 0, ticks: undefined, captured: Math.min(length, snap > 0 ? snap : length, end - at - 12), length, data: 12 };
    }
    const iface = type === Block.EnhancedPacket ? uint32(8) : view.getUint16(at + 8, this.littleEndian);
    return { iface, ticks: [uint32(12), uint32(16)], captured: uint32(20), length: uint32(24), data: 28 };
  }

  private frame(packet: Packet, at: number, end: number): Frame | undefined {
    const what = this.what(Block.EnhancedPacket);
    this.number++;
    const iface = this.interfaces[packet.iface];
    const why = iface === undefined ? `belongs to interface ${count(packet.iface)}, which the section does not describe` : wrongLengths(packet, end - at - packet.data);
    if (why !== '' || iface === undefined) {
      this.trouble.say(`${capital(what)} ${why}: it is passed over.`);
      return undefined;
    }
    const nanos = packet.ticks === undefined ? 0n : iface.nanosOf(...packet.ticks);
    if (nanos === undefined) this.trouble.say(`${capital(what)} has a time that no calendar has: it is taken for 1970.`);
    const start = at + packet.data;
    return {
      number: this.number, nanos: nanos ?? 0n, bytes: this.octets.bytes.subarray(start, start + packet.captured),
      length: Math.max(packet.length, packet.captured), linkType: iface.linkType,
    };
  }

  /** "frame 812 (at octet 93,204)" for a packet's block, or "the block at octet 93,204" */
  private what(type: number): string {
    const at = `at octet ${count(this.position)}`;
    return PACKETS.has(type) ? `frame ${count(this.number + 1)} (${at})` : `the block ${at}`;
  }

  private soFar(): string {
    return readBefore(this.number);
  }
}

function wrongLengths({ captured, length }: Packet, room: number): string {
  if (captured > room) return `claims ${count(captured)} octets captured, but its block has room for ${count(room)}`;
  if (captured > LONGEST_CAPTURED) return `claims ${count(captured)} octets captured, more than any capture has`;
  return length > LONGEST_PACKET ? `claims to have had ${count(length)} octets, more than any packet has` : '';
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
