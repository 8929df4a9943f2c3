import { seq, seqAdd } from '../../../src/util/seq.js';
import { checksumFold, pseudoHeaderSum } from '../../../src/wire/checksum.js';
import { IpHeader, readIp } from '../../../src/wire/ip.js';
import { Packet } from '../../../src/wire/packet.js';
import { flagsText, printPacket, printSegment } from '../../../src/wire/print.js';
import { ACK, CWR, ECE, FIN, PSH, RST, Segment, SYN, URG } from '../../../src/wire/segment.js';
import { readTcp, writeTcpChecksum } from '../../../src/wire/tcp.js';
import { type KernelPacket, kernelPacket, kernelSegments, packetNamed } from './kernel-packets.js';

function segmentOf(name: string): Segment {
  const packet = packetNamed(name);
  const ip = new IpHeader();
  const segment = new Segment();
  expect([readIp(packet, ip), readTcp(packet, ip, segment)]).toEqual([0, 0]);
  return segment;
}

const withoutFamily = (line: string): string => line.replace(/^IP6? /, '');

describe('flagsText', () => {
  it.each([
    [SYN, 'S'], [SYN | ACK, 'S.'], [ACK, '.'], [PSH | ACK, 'P.'], [FIN | ACK, 'F.'], [RST, 'R'], [RST | ACK, 'R.'],
    [SYN | ECE | CWR, 'SEW'], [SYN | ACK | ECE, 'S.E'], [FIN | PSH | URG, 'FPU'], [0, 'none'], [0xff, 'FSRP.UEW'],
  ])('%i is %s', (flags, text) => expect(flagsText(flags)).toBe(text));
});

describe('a segment\'s line is tcpdump\'s', () => {
  it.each(kernelSegments)('$name', ({ name, tcpdump }: KernelPacket) => {
    expect(printPacket(packetNamed(name))).toBe(withoutFamily(tcpdump));
    expect(printSegment(segmentOf(name))).toBe(withoutFamily(tcpdump));
  });

  it.each(['v4', 'v6'])('with relative numbers (%s)', (v) => {
    // tcpdump counts from the first segments it saw: not from our (unseen) SYN, so the first octet of data is its 0.
    const syn = segmentOf(`${v} syn`);
    const base = { seq: seqAdd(syn.seq, 1), ack: seqAdd(segmentOf(`${v} ack`).ack, -1) };
    for (const name of ['data', 'sack 2', 'sack 3', 'urgent', 'fin']) {
      const segment = segmentOf(`${v} ${name}`);
      expect(printSegment(segment, base)).toBe(withoutFamily(kernelPacket(`${v} ${name}`).relative));
    }
  });
});

describe('printSegment', () => {
  it('writes numbers unsigned, across the wrap', () => {
    const segment = segmentOf('v4 data');
    segment.seq = seq(-8);
    segment.options.clear();
    expect(printSegment(segment)).toContain('seq 4294967288:10, ack 1001, win 63, length 18');
  });

  it('tells of options that a Segment does not keep', () => {
    const segment = segmentOf('v4 ack');
    segment.options.unknown = 2;
    segment.options.malformed = true;
    expect(printSegment(segment)).toMatch(/options \[nop,nop,TS val \d+ ecr 7000,2 unknown,malformed\]/);
  });
});

describe('printPacket', () => {
  it.each([
    ['v4 echo reply', '192.0.2.1 > 192.0.2.2: ICMP echo reply, id 4660, seq 7, length 65'],
    ['v6 echo reply', '2001:db8::1 > 2001:db8::2: ICMP6 echo reply, id 4660, seq 7, length 65'],
    ['v4 port unreachable', '192.0.2.1 > 192.0.2.2: ICMP unreachable, code 3, about 192.0.2.2 > 192.0.2.1 protocol 17, length 44 [dscp 48]'],
    ['v4 too big', '192.0.2.1 > 192.0.2.2: ICMP too big, code 4, mtu 1280, about 192.0.2.2.4000 > 192.0.2.130.80 seq 5000, length 556 [dscp 48]'],
    ['v6 time exceeded', '2001:db8::1 > 2001:db8::2: ICMP6 time exceeded, code 0, about 2001:db8::2.4000 > 2001:db8::1:0:0:2.80 seq 5000, length 69'],
    ['v4 with options (igmp)', '192.0.2.1 > 224.0.0.22: protocol 2, length 16 [dscp 48, ip options ra]'],
    ['v4 udp', '192.0.2.1 > 192.0.2.2: protocol 17, length 13'],
    ['v4 fragment, first', '[fragment] 1500 octets'],
  ])('says of %s what it is', (name, line) => expect(printPacket(packetNamed(name))).toBe(line));

  /** The kernel's SYN with the option area replaced by octets, the rest of it NOPs, and the checksum made good. */
  function withOptions(octets: number[]): string {
    const packet = packetNamed('v4 syn');
    packet.bytes.fill(1, 40, 60);
    packet.bytes.set(octets, 40);
    const ip = new IpHeader();
    readIp(packet, ip);
    writeTcpChecksum(packet.view, 20, 60, ip.src, ip.dst);
    return /options \[([^\]]*)\]/.exec(printPacket(packet))?.[1] ?? '';
  }

  it('shows options in the order they stand in, unknown and illegal ones included', () => {
    const nops = ',nop'.repeat(4);
    expect(withOptions([253, 4, 0xf9, 0x89, 2, 3, 7, 4, 2, 30, 2, 3, 3, 1, 5, 2])).toBe(`unknown-253 0xf989,unknown-2 0x07,sackOK,unknown-30,wscale 1,unknown-5${nops}`);
    expect(withOptions([1, 0])).toBe('nop,eol');
    expect(withOptions([2, 4, 5, 0xb4, 8, 200])).toBe('mss 1460,malformed');
  });

  it('notes a bad checksum, and tells it from one left to the hardware', () => {
    const packet = packetNamed('v4 data');
    const line = printPacket(packet);
    const ip = new IpHeader();
    readIp(packet, ip);
    packet.view.setUint16(36, checksumFold(pseudoHeaderSum(ip.src, ip.dst, 6, packet.end - 20)));
    expect(printPacket(packet)).toBe(`${line} [checksum offloaded]`);
    packet.bytes[36] ^= 0x10;
    expect(printPacket(packet)).toBe(`${line} [bad-tcp-checksum]`);
  });

  it('says why it cannot read a packet', () => {
    expect(printPacket(Packet.of(new Uint8Array(0)))).toBe('[truncated] 0 octets');
    expect(printPacket(Packet.of(Uint8Array.of(0x95, 1)))).toBe('[bad-version] 2 octets');
    const portless = packetNamed('v6 syn');
    portless.view.setUint16(40, 0);
    expect(printPacket(portless)).toBe('2001:db8::1 > 2001:db8::2: TCP [zero-port]');
    const ping = packetNamed('v6 echo reply');
    ping.bytes[60] ^= 1;
    expect(printPacket(ping)).toBe('2001:db8::1 > 2001:db8::2: ICMP6 [bad-icmp-checksum], length 65');
  });
});
