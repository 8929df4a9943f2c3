/**
 * Captures made octet by octet, after the formats' own descriptions and in no way by the code that reads or writes them: either format and byte order,
 * any resolution, and each link layer's header.
 */
import { LinkType } from '../../src/capture/frame.js';

/** A packet of a capture to be made. */
export interface Recorded {
  readonly nanos: bigint;
  /** Link layer included. */
  readonly bytes: Uint8Array;
  /** Octets on the wire; default: all are there. */
  readonly length?: number;
}

export const join = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
export const octets = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

/** Numbers as octets, each of a width in octets. */
export function numbers(littleEndian: boolean, ...fields: readonly (readonly [value: number | bigint, width: 1 | 2 | 4 | 8])[]): Uint8Array {
  const parts = fields.map(([value, width]) => {
    const octetsOf = Array.from({ length: width }, (_, i) => Number((BigInt(value) >> BigInt(8 * i)) & 0xffn));
    return Uint8Array.from(littleEndian ? octetsOf : octetsOf.reverse());
  });
  return join(...parts);
}

export interface PcapStyle {
  readonly linkType: number;
  readonly littleEndian: boolean;
  readonly resolution?: 'micro' | 'nano';
  /** Kuznetzov's: eight octets more for each packet. */
  readonly modified?: boolean;
  readonly snapLength?: number;
  readonly version?: readonly [number, number];
  /** The upper half of the link type's field. */
  readonly upper?: number;
}

export function pcapFile(packets: readonly Recorded[], style: PcapStyle): Uint8Array {
  return join(...pcapParts(packets, style));
}

/** The file's header, then record by record. */
export function pcapParts(packets: readonly Recorded[], style: PcapStyle): Uint8Array[] {
  const { linkType, littleEndian: le, resolution = 'micro', modified = false, snapLength = 262_144, version = [2, 4], upper = 0 } = style;
  const magic = modified ? 0xa1b2cd34 : resolution === 'nano' ? 0xa1b23c4d : 0xa1b2c3d4;
  const unit = resolution === 'nano' && !modified ? 1n : 1000n;
  const header = numbers(le, [magic, 4], [version[0], 2], [version[1], 2], [0, 4], [0, 4], [snapLength, 4], [BigInt(upper) * 0x10000n + BigInt(linkType), 4]);
  return [header, ...packets.map(({ nanos, bytes, length = bytes.length }) => join(
    numbers(le, [nanos / 1_000_000_000n, 4], [(nanos % 1_000_000_000n) / unit, 4], [bytes.length, 4], [length, 4]),
    modified ? numbers(le, [3, 4], [0x0800, 2], [0, 1], [0, 1]) : new Uint8Array(0),
    bytes,
  ))];
}

export interface InterfaceStyle {
  readonly linkType: number;
  readonly snapLength?: number;
  /** if_tsresol; default: none given, which means microseconds. */
  readonly resolution?: number;
  /** if_tsoffset, seconds. */
  readonly offset?: bigint;
  readonly name?: string;
}

/** A pcapng file block by block. */
export class PcapngFile {
  readonly blocks: Uint8Array[] = [];
  private littleEndian = true;
  private interfaces: InterfaceStyle[] = [];

  bytes(): Uint8Array {
    return join(...this.blocks);
  }

  /** A block, both lengths right. */
  block(type: number, ...body: readonly Uint8Array[]): this {
    const content = padded(join(...body));
    const size = numbers(this.littleEndian, [content.length + 12, 4]);
    this.blocks.push(join(numbers(this.littleEndian, [type, 4]), size, content, size));
    return this;
  }

  section(littleEndian: boolean, version: readonly [number, number] = [1, 0]): this {
    this.littleEndian = littleEndian;
    this.interfaces = [];
    return this.block(0x0a0d0d0a, this.n([0x1a2b3c4d, 4], [version[0], 2], [version[1], 2], [-1n & (2n ** 64n - 1n), 8]), this.option(4, Buffer.from('by hand')), this.option(0));
  }

  iface(style: InterfaceStyle): this {
    const { linkType, snapLength = 0, resolution, offset, name } = style;
    this.interfaces.push(style);
    const options = [
      ...(name === undefined ? [] : [this.option(2, Buffer.from(name))]),
      ...(resolution === undefined ? [] : [this.option(9, Uint8Array.of(resolution))]),
      ...(offset === undefined ? [] : [this.option(14, this.n([BigInt.asUintN(64, offset), 8]))]),
    ];
    return this.block(1, this.n([linkType, 2], [0, 2], [snapLength, 4]), ...options, options.length > 0 ? this.option(0) : new Uint8Array(0));
  }

  enhanced(iface: number, { nanos, bytes, length = bytes.length }: Recorded, comment?: string): this {
    const options = comment === undefined ? [] : [this.option(1, Buffer.from(comment)), this.option(0)];
    return this.block(6, this.n([iface, 4]), this.time(iface, nanos), this.n([bytes.length, 4], [length, 4]), padded(bytes), ...options);
  }

  simple({ bytes, length = bytes.length }: Recorded): this {
    return this.block(3, this.n([length, 4]), bytes);
  }

  /** The obsolete packet block. */
  old(iface: number, { nanos, bytes, length = bytes.length }: Recorded): this {
    return this.block(2, this.n([iface, 2], [0xffff, 2]), this.time(iface, nanos), this.n([bytes.length, 4], [length, 4]), bytes);
  }

  option(code: number, value: Uint8Array = new Uint8Array(0)): Uint8Array {
    return join(this.n([code, 2], [value.length, 2]), padded(value));
  }

  private time(iface: number, nanos: bigint): Uint8Array {
    const ticks = BigInt.asUintN(64, ticksOf(nanos, this.interfaces[iface] ?? { linkType: 1 }));
    return this.n([ticks >> 32n, 4], [ticks & 0xffffffffn, 4]);
  }

  private n(...fields: Parameters<typeof numbers> extends [boolean, ...infer F] ? F : never): Uint8Array {
    return numbers(this.littleEndian, ...fields);
  }
}

/** An instant by an interface's clock. */
export function ticksOf(nanos: bigint, { resolution = 6, offset = 0n }: InterfaceStyle): bigint {
  const exponent = BigInt(resolution & 0x7f);
  const perSecond = (resolution & 0x80) !== 0 ? 2n ** exponent : 10n ** exponent;
  return ((nanos - offset * 1_000_000_000n) * perSecond) / 1_000_000_000n;
}

export function padded(bytes: Uint8Array): Uint8Array {
  return join(bytes, new Uint8Array(-bytes.length & 3));
}

const MAC = '020000000002 020000000001';
const typeOf = (ip: Uint8Array): string => (ip[0] >> 4 === 6 ? '86dd' : '0800');

/** An IP packet behind the header of a link layer. */
export function framed(linkType: number, ip: Uint8Array, littleEndian = true): Uint8Array {
  const v6 = ip[0] >> 4 === 6;
  switch (linkType) {
    case LinkType.Ethernet: return ethernet(typeOf(ip), ip);
    case LinkType.Cooked: return join(octets(`0004 0001 0006 020000000001 0000 ${typeOf(ip)}`), ip);
    case LinkType.Cooked2: return join(octets(`${typeOf(ip)} 0000 00000002 0001 04 06 020000000001 0000`), ip);
    case LinkType.Null: return join(numbers(littleEndian, [v6 ? 30 : 2, 4]), ip);
    case LinkType.Loop: return join(numbers(false, [v6 ? 24 : 2, 4]), ip);
    default: return ip;
  }
}

/** @param type in hexadecimal, tags before it included */
export const ethernet = (type: string, content: Uint8Array): Uint8Array => join(octets(MAC), octets(type), content);

/** Which IP versions a link type carries. */
export const carries = (linkType: number, version: 4 | 6): boolean => linkType !== (version === 4 ? LinkType.Ipv6 : LinkType.Ipv4);
