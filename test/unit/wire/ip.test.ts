import * as fc from 'fast-check';
import { Address } from '../../../src/util/address.js';
import { checksum } from '../../../src/wire/checksum.js';
import { IpHeader, PROTO_ICMPV6, PROTO_TCP, readIp } from '../../../src/wire/ip.js';
import { readIpv4, writeIpv4 } from '../../../src/wire/ipv4.js';
import { readIpv6, writeIpv6 } from '../../../src/wire/ipv6.js';
import { Packet } from '../../../src/wire/packet.js';
import { Reject, rejectName } from '../../../src/wire/reject.js';
import { bytesOf, hexOf, kernelPacket, kernelPackets, kernelSegments, packetNamed } from './kernel-packets.js';

const read = (packet: Packet, header = new IpHeader()): string => rejectName[readIp(packet, header)];

/** The packet with one octet changed, and the IPv4 header checksum made good again. */
function altered(name: string, change: (view: DataView) => void): Packet {
  const packet = packetNamed(name);
  change(packet.view);
  if (packet.view.getUint8(0) >> 4 === 4) {
    packet.view.setUint16(10, 0);
    const length = Math.min((packet.view.getUint8(0) & 15) * 4, packet.end);
    packet.view.setUint16(10, checksum(packet.view, 0, length));
  }
  return packet;
}

describe('readIp on what the kernel sent', () => {
  it('reads an IPv4 header', () => {
    const packet = packetNamed('v4 syn with ecn');
    const header = new IpHeader();
    expect(read(packet, header)).toBe('none');
    expect(header).toMatchObject({
      version: 4, headerLength: 20, totalLength: 60, protocol: PROTO_TCP, ttl: 64, dscp: 0, ecn: 0, dontFragment: true,
      payloadStart: 20, payloadEnd: 60, optionsStart: 20, optionsEnd: 20, id: packet.view.getUint16(4),
    });
    expect([header.src.toString(), header.dst.toString()]).toEqual(['192.0.2.1', '192.0.2.2']);
  });

  it('reads an IPv6 header', () => {
    const header = new IpHeader();
    expect(read(packetNamed('v6 syn'), header)).toBe('none');
    expect(header).toMatchObject({
      version: 6, headerLength: 40, totalLength: 80, protocol: PROTO_TCP, ttl: 64, id: 0, dontFragment: true,
      payloadStart: 40, payloadEnd: 80, optionsStart: 40, optionsEnd: 40,
    });
    expect([header.src.toString(), header.dst.toString()]).toEqual(['2001:db8::1', '2001:db8::2']);
  });

  it('passes IPv4 options (an IGMP report with router alert)', () => {
    const header = new IpHeader();
    expect(read(packetNamed('v4 with options (igmp)'), header)).toBe('none');
    expect(header).toMatchObject({ headerLength: 24, protocol: 2, payloadStart: 24, payloadEnd: 40, optionsStart: 20, optionsEnd: 24, dscp: 48, ttl: 1 });
  });

  it('passes a hop-by-hop header (an MLD report with router alert)', () => {
    const header = new IpHeader();
    expect(read(packetNamed('v6 with hop-by-hop (mld)'), header)).toBe('none');
    expect(header).toMatchObject({ headerLength: 48, protocol: PROTO_ICMPV6, payloadStart: 48, payloadEnd: 96, optionsStart: 40, optionsEnd: 48, ttl: 1 });
  });

  it.each(['v4 fragment, first', 'v4 fragment, last', 'v6 fragment, first', 'v6 fragment, last'])('rejects %s', (name) => {
    expect(read(packetNamed(name))).toBe('fragment');
  });

  it.each(kernelPackets.map((p) => p.name))('rejects %s cut at any length', (name) => {
    const bytes = bytesOf(kernelPacket(name).hex);
    for (let n = 0; n < bytes.length; n++) {
      const packet = Packet.of(bytes.subarray(0, n));
      expect([n, readIp(packet, new IpHeader())]).not.toEqual([n, Reject.None]);
    }
  });

  it.each(['v4 data', 'v6 data'])('reads %s from the middle of a buffer and ignores padding after it', (name) => {
    const bytes = bytesOf(kernelPacket(name).hex);
    const packet = new Packet(bytes.length + 33);
    packet.bytes.fill(0xee);
    packet.bytes.set(bytes, 13);
    packet.start = 13;
    packet.end = packet.bytes.length;
    const [moved, plain] = [new IpHeader(), new IpHeader()];
    expect(read(packet, moved)).toBe('none');
    expect(read(Packet.of(bytes), plain)).toBe('none');
    expect(moved).toMatchObject({ totalLength: bytes.length, payloadStart: plain.payloadStart + 13, payloadEnd: bytes.length + 13 });
    expect(moved.src.equals(plain.src) && moved.dst.equals(plain.dst)).toBe(true);
  });
});

describe('readIpv4 rejects', () => {
  it.each<[string, string, (view: DataView) => void]>([
    ['a version that is neither 4 nor 6', 'bad-version', (v) => v.setUint8(0, 0x55)],
    ['an IHL of 4', 'bad-header-length', (v) => v.setUint8(0, 0x44)],
    ['an IHL of 0', 'bad-header-length', (v) => v.setUint8(0, 0x40)],
    ['a header longer than the packet says it is', 'bad-total-length', (v) => v.setUint16(2, 19)],
    ['a header that ends beyond the total length', 'bad-total-length', (v) => { v.setUint8(0, 0x4f); v.setUint16(2, 59); }],
    ['a total length beyond what arrived', 'truncated', (v) => v.setUint16(2, 61)],
    ['more fragments to come', 'fragment', (v) => v.setUint16(6, 0x2000)],
    ['a fragment offset', 'fragment', (v) => v.setUint16(6, 0x0001)],
  ])('%s', (_, expected, change) => {
    expect(read(altered('v4 syn', change))).toBe(expected);
  });

  it('any single wrong bit under the header checksum', () => {
    const bytes = bytesOf(kernelPacket('v4 syn').hex);
    for (let bit = 0; bit < 160; bit++) {
      const packet = Packet.of(bytes);
      packet.bytes[bit >> 3] ^= 1 << (bit & 7);
      expect([bit, readIpv4(packet, new IpHeader())]).not.toEqual([bit, Reject.None]);
    }
  });

  it('an IPv6 packet', () => expect(readIpv4(packetNamed('v6 syn'), new IpHeader())).toBe(Reject.BadVersion));
});

describe('readIpv6', () => {
  /** A packet of the headers given, each [its own kind, octets with the next header still to be filled in]. */
  function chain(headers: [number, number[]][], payload = 20, last = PROTO_TCP): Packet {
    const extensions = headers.flatMap(([, octets], i) => [i + 1 < headers.length ? headers[i + 1][0] : last, ...octets.slice(1)]);
    const packet = new Packet(40 + extensions.length + payload);
    const src = Address.from('2001:db8::1');
    writeIpv6(packet.view, 0, extensions.length + payload, headers.length > 0 ? headers[0][0] : last, src, src, 64, 0, 0);
    packet.bytes.set(extensions, 40);
    packet.end = packet.bytes.length;
    return packet;
  }
  const PAD = [0, 0, 1, 4, 0, 0, 0, 0];
  const PAD16 = [0, 1, 1, 12, ...new Array<number>(12).fill(0)];

  it('finds the payload behind hop-by-hop, routing and destination options', () => {
    const header = new IpHeader();
    const routing = [0, 0, 4, 0, 0, 0, 0, 0];
    expect(read(chain([[0, PAD], [60, PAD16], [43, routing], [60, [0, 0, 0, 0, 0, 0, 0, 0]]]), header)).toBe('none');
    expect(header).toMatchObject({ protocol: PROTO_TCP, headerLength: 80, payloadStart: 80, payloadEnd: 100, optionsStart: 40, optionsEnd: 80 });
  });

  it('accepts an option that may be skipped', () => expect(read(chain([[60, [0, 0, 0x1e, 4, 9, 9, 9, 9]]]))).toBe('none'));

  it('leaves a header it does not know, and no-next-header, to whoever asks for the protocol', () => {
    const header = new IpHeader();
    expect(read(chain([], 8, 51), header)).toBe('none');
    expect(header.protocol).toBe(51);
    expect(read(chain([[60, PAD]], 0, 59), header)).toBe('none');
    expect(header).toMatchObject({ protocol: 59, payloadStart: 48, payloadEnd: 48 });
  });

  it.each<[string, string, Packet]>([
    ['a header that is cut off', 'bad-extension-header', chain([[60, [0, 0, 0, 0]]], 0)],
    ['a header longer than the packet', 'bad-extension-header', chain([[60, [0, 9, 1, 4, 0, 0, 0, 0]]])],
    ['an option that runs out of its header', 'bad-extension-header', chain([[60, [0, 0, 1, 5, 0, 0, 0, 0]]])],
    ['an option without its length', 'bad-extension-header', chain([[60, [0, 0, 1, 3, 0, 0, 0, 1]]])],
    ['an unknown option that asks for discarding', 'bad-extension-header', chain([[0, [0, 0, 0xc2, 4, 0, 1, 0, 0]]])],
    ['a routing header with stops left', 'bad-extension-header', chain([[43, [0, 0, 0, 1, 0, 0, 0, 0]]])],
    ['hop-by-hop in second place', 'bad-extension-header', chain([[60, PAD], [0, PAD]])],
    ['nine extension headers', 'bad-extension-header', chain(new Array(9).fill([60, PAD]) as [number, number[]][])],
    ['a fragment behind destination options', 'fragment', chain([[60, PAD], [44, [0, 0, 0, 1, 0, 0, 0, 7]]])],
    ['an IPv4-mapped source', 'bad-source', altered('v6 syn', (v) => { for (let i = 0; i < 16; i++) v.setUint8(8 + i, [10, 11].includes(i) ? 255 : 0); })],
    ['an IPv4-mapped destination', 'not-for-us', altered('v6 syn', (v) => { for (let i = 0; i < 16; i++) v.setUint8(24 + i, [10, 11].includes(i) ? 255 : 0); })],
    ['a payload length beyond what arrived', 'truncated', altered('v6 syn', (v) => v.setUint16(4, 41))],
  ])('rejects %s', (_, expected, packet) => expect(read(packet)).toBe(expected));

  it('accepts eight extension headers', () => {
    expect(read(chain(new Array(8).fill([60, PAD]) as [number, number[]][]))).toBe('none');
  });

  it('rejects an IPv4 packet', () => expect(readIpv6(packetNamed('v4 syn'), new IpHeader())).toBe(Reject.BadVersion));
});

describe('writing', () => {
  it.each(kernelSegments.map((p) => p.name))('gives the octets of the kernel\'s header for %s', (name) => {
    const packet = packetNamed(name);
    const h = new IpHeader();
    expect(read(packet, h)).toBe('none');
    const out = new Packet(60);
    const size = h.totalLength - h.headerLength;
    const tos = (h.dscp << 2) | h.ecn;
    const written = h.version === 4
      ? writeIpv4(out.view, 7, size, h.protocol, h.src, h.dst, h.ttl, tos, h.id)
      : writeIpv6(out.view, 7, size, h.protocol, h.src, h.dst, h.ttl, tos, packet.view.getUint32(0) & 0xfffff);
    expect(written).toBe(h.headerLength);
    expect(hexOf(out.bytes.subarray(7, 7 + written))).toBe(hexOf(packet.bytes.subarray(0, written)));
  });

  const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
  const fields = fc.record({ size: fc.nat(1400), protocol: fc.nat(255), ttl: fc.nat(255), tos: fc.nat(255), id: fc.nat(0xffff), label: fc.nat(0xfffff) });

  it('round-trips IPv4', () => {
    fc.assert(fc.property(fields, word, word, (f, from, to) => {
      const packet = new Packet(1500);
      const [src, dst] = [new Address(0, 0, 0xffff, from), new Address(0, 0, 0xffff, to)];
      packet.end = f.size + writeIpv4(packet.view, 0, f.size, f.protocol, src, dst, f.ttl, f.tos, f.id);
      const h = new IpHeader();
      expect(read(packet, h)).toBe('none');
      expect(h).toMatchObject({ version: 4, totalLength: f.size + 20, protocol: f.protocol, ttl: f.ttl, dscp: f.tos >> 2, ecn: f.tos & 3, id: f.id, dontFragment: true });
      expect(h.src.equals(src) && h.dst.equals(dst)).toBe(true);
    }));
  });

  it('round-trips IPv6', () => {
    fc.assert(fc.property(fields, word, word, (f, from, to) => {
      const packet = new Packet(1500);
      const [src, dst] = [new Address(from, to, from ^ to, to), new Address(to, from, to, from)];
      fc.pre(!src.isV4 && !dst.isV4 && ![0, 43, 44, 60].includes(f.protocol));
      packet.end = f.size + writeIpv6(packet.view, 0, f.size, f.protocol, src, dst, f.ttl, f.tos, f.label);
      const h = new IpHeader();
      expect(read(packet, h)).toBe('none');
      expect(h).toMatchObject({ version: 6, totalLength: f.size + 40, protocol: f.protocol, ttl: f.ttl, dscp: f.tos >> 2, ecn: f.tos & 3, payloadStart: 40 });
      expect(h.src.equals(src) && h.dst.equals(dst)).toBe(true);
      expect(packet.view.getUint32(0) & 0xfffff).toBe(f.label);
    }));
  });
});
