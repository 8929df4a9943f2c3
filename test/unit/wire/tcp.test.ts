import * as fc from 'fast-check';
import { Address } from '../../../src/util/address.js';
import { seq } from '../../../src/util/seq.js';
import { checksum, checksumFold, pseudoHeaderSum } from '../../../src/wire/checksum.js';
import { IpHeader, PROTO_TCP, readIp } from '../../../src/wire/ip.js';
import { writeIpv4 } from '../../../src/wire/ipv4.js';
import { writeIpv6 } from '../../../src/wire/ipv6.js';
import { optionsLength, writeOptions } from '../../../src/wire/options.js';
import { Packet } from '../../../src/wire/packet.js';
import { Reject, rejectName } from '../../../src/wire/reject.js';
import { ACK, CWR, ECE, FIN, PSH, Segment, SYN } from '../../../src/wire/segment.js';
import { readTcp, writeTcpChecksum, writeTcpHeader } from '../../../src/wire/tcp.js';
import { hexOf, kernelSegments, packetNamed } from './kernel-packets.js';

function read(packet: Packet, segment = new Segment(), verify = true): string {
  const ip = new IpHeader();
  const reject = readIp(packet, ip);
  return rejectName[reject === Reject.None ? readTcp(packet, ip, segment, verify) : reject];
}

function segmentOf(name: string): Segment {
  const segment = new Segment();
  expect(read(packetNamed(name), segment)).toBe('none');
  return segment;
}

/** Writes a segment as a whole packet, from the segment alone. */
function write(s: Segment, into: Packet, ipId: number, flowLabel: number): void {
  const text = s.bytes.slice(s.dataStart, s.dataEnd);
  const headerLength = 20 + optionsLength(s.options);
  const size = headerLength + text.length;
  const tos = (s.dscp << 2) | s.ecn;
  const at = s.src.isV4
    ? writeIpv4(into.view, 0, size, PROTO_TCP, s.src, s.dst, s.ttl, tos, ipId)
    : writeIpv6(into.view, 0, size, PROTO_TCP, s.src, s.dst, s.ttl, tos, flowLabel);
  writeTcpHeader(into.view, at, s.srcPort, s.dstPort, s.seq, s.ack, headerLength, s.flags, s.wnd, s.urgentPointer);
  writeOptions(into.view, at + 20, s.options);
  into.bytes.set(text, at + headerLength);
  into.end = at + size;
  writeTcpChecksum(into.view, at, into.end, s.src, s.dst);
}

describe('readTcp on what the kernel sent', () => {
  it('reads a SYN: SEG.LEN counts it, options and ECN setup are there', () => {
    const segment = segmentOf('v4 syn with ecn');
    expect(segment).toMatchObject({ dstPort: 8000, flags: SYN | ECE | CWR, ack: 0, wnd: 64240, len: 1, dataStart: 60, dataEnd: 60, ttl: 64, ecn: 0, dscp: 0 });
    expect(segment.options).toMatchObject({ mss: 1460, windowScale: 10, sackPermitted: true, hasTimestamps: true, tsEcr: 0, sackBlocks: 0, unknown: 0, malformed: false });
    expect([segment.src.toString(), segment.dst.toString()]).toEqual(['192.0.2.1', '192.0.2.2']);
  });

  it('reads data, lent from the packet', () => {
    const segment = segmentOf('v6 data');
    expect(segment).toMatchObject({ flags: PSH | ACK, ack: 1001, len: 18, dataLength: 18 });
    expect(Buffer.from(segment.bytes.subarray(segment.dataStart, segment.dataEnd)).toString()).toBe('GET / HTTP/1.0\r\n\r\n');
    expect(segment.src.toString()).toBe('2001:db8::1');
  });

  it('reads a FIN: SEG.LEN counts it, SACK blocks newest first', () => {
    const segment = segmentOf('v4 fin');
    expect(segment).toMatchObject({ flags: FIN | ACK, len: 1, dataLength: 0 });
    expect(segment.options.sackBlocks).toBe(3);
    expect([...segment.options.sackEdges.subarray(0, 6)]).toEqual([1701, 1751, 1501, 1551, 1301, 1351]);
  });

  it('reads urgent data', () => expect(segmentOf('v4 urgent')).toMatchObject({ urgentPointer: 1, len: 1 }));

  it('refills a segment completely', () => {
    const used = segmentOf('v4 urgent');
    expect(read(packetNamed('v6 rst'), used)).toBe('none');
    used.options.sackEdges.fill(0); // beyond sackBlocks they mean nothing
    expect(used).toEqual(segmentOf('v6 rst'));
  });

  it.each(kernelSegments.map((p) => p.name))('writes %s again, octet for octet', (name) => {
    const packet = packetNamed(name);
    const out = new Packet(200);
    write(segmentOf(name), out, packet.view.getUint16(4), packet.view.getUint32(0) & 0xfffff);
    expect(hexOf(out.toBytes())).toBe(hexOf(packet.bytes));
  });
});

describe('readTcp rejects', () => {
  it.each(['v4 data', 'v6 sack 3'])('any single wrong bit in the segment of %s', (name) => {
    const whole = packetNamed(name);
    const start = name.startsWith('v4') ? 20 : 40;
    for (let bit = start * 8; bit < whole.length * 8; bit++) {
      const packet = packetNamed(name);
      packet.bytes[bit >> 3] ^= 1 << (bit & 7);
      expect([bit, read(packet)]).not.toEqual([bit, 'none']);
    }
  });

  it('a segment delivered to another address than it was sent to', () => {
    const packet = packetNamed('v6 syn');
    packet.view.setUint8(39, 3);
    expect(read(packet)).toBe('bad-tcp-checksum');
  });

  /** The kernel's SYN with other octets in its TCP header and every checksum made good. */
  function remade(change: (view: DataView) => void, size = 40): Packet {
    const packet = packetNamed('v4 syn');
    const ip = new IpHeader();
    readIp(packet, ip);
    writeIpv4(packet.view, 0, size, PROTO_TCP, ip.src, ip.dst, 64, 0, 1);
    packet.end = 20 + size;
    change(packet.view);
    if (size >= 20) writeTcpChecksum(packet.view, 20, packet.end, ip.src, ip.dst);
    return packet;
  }

  it.each<[string, string, Packet]>([
    ['source port 0', 'zero-port', remade((v) => v.setUint16(20, 0))],
    ['destination port 0', 'zero-port', remade((v) => v.setUint16(22, 0))],
    ['a data offset of 4', 'bad-data-offset', remade((v) => v.setUint8(32, 0x40))],
    ['a data offset of 0', 'bad-data-offset', remade((v) => v.setUint8(32, 0))],
    ['a data offset beyond the segment', 'bad-data-offset', remade((v) => v.setUint8(32, 0xb0))],
  ])('%s', (_, expected, packet) => expect(read(packet)).toBe(expected));

  it('a segment that ends within its header', () => {
    for (let size = 0; size < 40; size++) {
      expect([size, read(remade(() => undefined, size))]).toEqual([size, size < 20 ? 'tcp-truncated' : 'bad-data-offset']);
    }
    expect(read(remade(() => undefined, 40))).toBe('none');
  });

  it('a wrong checksum, unless the device vouches for it', () => {
    const packet = packetNamed('v4 data');
    packet.bytes[packet.end - 1] ^= 1;
    expect(read(packet)).toBe('bad-tcp-checksum');
    expect(read(packet, new Segment(), false)).toBe('none');
  });
});

describe('writing', () => {
  it('leaves the checksum field 0 until it is computed', () => {
    const packet = new Packet(20);
    packet.bytes.fill(0xff);
    writeTcpHeader(packet.view, 0, 1, 65535, seq(0xffff_fff0), seq(2 ** 31), 60, 0xff, 65535, 1);
    expect(hexOf(packet.bytes)).toBe('0001fffffffffff080000000f0ffffff00000001');
  });

  it('replaces whatever the checksum field held', () => {
    const packet = packetNamed('v6 data');
    const [src, dst] = [Address.from('2001:db8::1'), Address.from('2001:db8::2')];
    packet.view.setUint16(56, 0x1234);
    writeTcpChecksum(packet.view, 40, packet.end, src, dst);
    expect(hexOf(packet.bytes)).toBe(hexOf(packetNamed('v6 data').bytes));
  });

  it('round-trips any segment of either family', () => {
    const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
    const port = fc.integer({ min: 1, max: 65535 });
    fc.assert(fc.property(
      fc.boolean(), port, port, int32, int32, fc.nat(255), fc.nat(65535), fc.nat(65535), fc.uint8Array({ maxLength: 60 }), fc.boolean(), int32,
      (v4, srcPort, dstPort, s, a, flags, wnd, urgentPointer, text, stamps, host) => {
        const from = new Segment();
        Object.assign(from, { srcPort, dstPort, seq: s, ack: a, flags, wnd, urgentPointer, bytes: text, dataStart: 0, dataEnd: text.length, ttl: 3, dscp: 46, ecn: 1 });
        Object.assign(from.src, v4 ? { w3: host } : { w0: 0x2001_0db8, w2: 0, w3: host });
        Object.assign(from.dst, v4 ? { w3: ~host } : { w0: 0x2001_0db8, w2: host, w3: 1 });
        Object.assign(from.options, { hasTimestamps: stamps, tsVal: stamps ? a : 0, tsEcr: stamps ? s : 0 });
        const packet = new Packet(200);
        write(from, packet, 0, 0);
        const back = new Segment();
        expect(read(packet, back)).toBe('none');
        const same = ['srcPort', 'dstPort', 'seq', 'ack', 'flags', 'wnd', 'urgentPointer', 'ttl', 'dscp', 'ecn', 'options', 'src', 'dst'] as const;
        for (const field of same) expect(back[field]).toEqual(from[field]);
        expect(back.bytes.slice(back.dataStart, back.dataEnd)).toEqual(text);
        expect(back.len).toBe(text.length + ((flags & SYN) !== 0 ? 1 : 0) + ((flags & FIN) !== 0 ? 1 : 0));
      },
    ), { numRuns: 500 });
  });

  it('does not mistake an offloaded checksum for a good one', () => {
    const packet = packetNamed('v4 data');
    const ip = new IpHeader();
    readIp(packet, ip);
    packet.view.setUint16(36, checksumFold(pseudoHeaderSum(ip.src, ip.dst, PROTO_TCP, packet.end - 20)));
    expect(read(packet)).toBe('bad-tcp-checksum');
    packet.view.setUint16(36, checksum(packet.view, 20, packet.end)); // what the hardware does: sum it, seed included
    expect(read(packet)).toBe('none');
  });
});
