import { Address } from '../../../src/util/address.js';
import { checksum, pseudoHeaderSum } from '../../../src/wire/checksum.js';
import { IcmpMessage, readIcmp, writeEchoReply, writeIcmpError } from '../../../src/wire/icmp.js';
import { IpHeader, PROTO_ICMP, PROTO_ICMPV6, readIp } from '../../../src/wire/ip.js';
import { writeIpv4 } from '../../../src/wire/ipv4.js';
import { writeIpv6 } from '../../../src/wire/ipv6.js';
import { Packet } from '../../../src/wire/packet.js';
import { Reject, rejectName } from '../../../src/wire/reject.js';
import { hexOf, packetNamed } from './kernel-packets.js';

interface Read { readonly ip: IpHeader; readonly message: IcmpMessage; readonly reject: string }

function read(packet: Packet, message = new IcmpMessage()): Read {
  const ip = new IpHeader();
  const reject = readIp(packet, ip);
  return { ip, message, reject: rejectName[reject === Reject.None ? readIcmp(packet, ip, message) : reject] };
}

const icmpHex = (packet: Packet): string => hexOf(packet.toBytes().subarray(packet.view.getUint8(packet.start) >> 4 === 4 ? 20 : 40));

/** A packet of one ICMP message, checksums right, from the octets after type and code's checksum. */
function packetOf(v: 'v4' | 'v6', type: number, code: number, rest: number[], tos = 0): Packet {
  const [src, dst] = v === 'v4' ? ['192.0.2.2', '192.0.2.1'] : ['2001:db8::2', '2001:db8::1'];
  const [from, to] = [Address.from(src), Address.from(dst)];
  const size = 4 + rest.length;
  const packet = new Packet(40 + size);
  const view = packet.view;
  const at = v === 'v4' ? writeIpv4(view, 0, size, PROTO_ICMP, from, to, 64, tos, 0) : writeIpv6(view, 0, size, PROTO_ICMPV6, from, to, 64, tos, 0);
  packet.end = at + size;
  packet.bytes.set([type, code, 0, 0, ...rest], at);
  view.setUint16(at + 2, checksum(view, at, packet.end, v === 'v4' ? 0 : pseudoHeaderSum(from, to, PROTO_ICMPV6, size)));
  return packet;
}

describe('readIcmp on what the kernel sent', () => {
  it.each([['v4', 0, 28], ['v6', 129, 48]])('reads an echo reply of %s', (v, type, dataStart) => {
    const { message, reject } = read(packetNamed(`${v} echo reply`));
    expect(reject).toBe('none');
    expect(message).toMatchObject({ kind: 'echo-reply', type, code: 0, echoId: 0x1234, echoSeq: 7, hasQuote: false, mtu: 0, dataStart, dataEnd: dataStart + 57 });
  });

  it.each([
    ['v4 port unreachable', { kind: 'unreachable', type: 3, code: 3, mtu: 0, quotedProtocol: 17, quotedDstPort: 9 }],
    ['v6 port unreachable', { kind: 'unreachable', type: 1, code: 4, mtu: 0, quotedProtocol: 17, quotedDstPort: 9 }],
    ['v4 route unreachable', { kind: 'unreachable', type: 3, code: 1, mtu: 0, quotedProtocol: 6, quotedDstPort: 80, quotedSeq: 5000 }],
    ['v6 route unreachable', { kind: 'unreachable', type: 1, code: 0, mtu: 0, quotedProtocol: 6, quotedDstPort: 80, quotedSeq: 5000 }],
    ['v4 too big', { kind: 'too-big', type: 3, code: 4, mtu: 1280, quotedProtocol: 6, quotedDstPort: 80, quotedSeq: 5000 }],
    ['v6 too big', { kind: 'too-big', type: 2, code: 0, mtu: 1280, quotedProtocol: 6, quotedDstPort: 80, quotedSeq: 5000 }],
    ['v4 time exceeded', { kind: 'time-exceeded', type: 11, code: 0, mtu: 0, quotedProtocol: 6, quotedSeq: 5000 }],
    ['v6 time exceeded', { kind: 'time-exceeded', type: 3, code: 0, mtu: 0, quotedProtocol: 6, quotedSeq: 5000 }],
    ['v4 parameter problem', { kind: 'parameter-problem', type: 12, code: 0, mtu: 0, quotedProtocol: 6, quotedDstPort: 80 }],
    ['v6 parameter problem', { kind: 'parameter-problem', type: 4, code: 1, mtu: 0, quotedProtocol: 200 }],
  ])('reads %s', (name, expected) => {
    const { message, reject } = read(packetNamed(name));
    expect(reject).toBe('none');
    expect(message).toMatchObject({ ...expected, hasQuote: true });
    if (expected.quotedProtocol !== 200) expect(message.quotedSrcPort).toBe(4000);
    expect(message.quotedSrc.toString()).toBe(name.startsWith('v4') ? '192.0.2.2' : '2001:db8::2');
  });

  it('reads the destination that the quoted packet was for', () => {
    expect(read(packetNamed('v4 too big')).message.quotedDst.toString()).toBe('192.0.2.130');
    expect(read(packetNamed('v6 too big')).message.quotedDst.toString()).toBe('2001:db8::1:0:0:2');
  });

  it('refills a message completely', () => {
    const { message } = read(packetNamed('v4 too big'));
    expect(read(packetNamed('v6 echo reply'), message).reject).toBe('none');
    expect(message).toMatchObject({ kind: 'echo-reply', mtu: 0, hasQuote: false, echoId: 0x1234 });
    expect(read(packetNamed('v4 port unreachable'), message).message).toMatchObject({ echoId: 0, echoSeq: 0, mtu: 0 });
  });

  it.each(['v4 echo reply', 'v6 echo reply'])('rejects any single wrong bit in %s', (name) => {
    const bits = packetNamed(name).length * 8;
    for (let bit = name.startsWith('v4') ? 160 : 320; bit < bits; bit++) {
      const packet = packetNamed(name);
      packet.bytes[bit >> 3] ^= 1 << (bit & 7);
      expect([bit, read(packet).reject]).toEqual([bit, 'bad-icmp-checksum']);
    }
  });
});

describe('readIcmp', () => {
  it.each<['v4' | 'v6', number]>([['v4', 4], ['v6', 4]])('says so when a message of %s is shorter than its header', (v, length) => {
    for (let n = 0; n < length; n++) expect(read(packetOf(v, 8, 0, new Array<number>(n).fill(0))).reject).toBe('icmp-truncated');
  });

  it('does not take one family\'s ICMP in the other\'s packet', () => {
    for (const [name, at, protocol] of [['v4 echo reply', 9, 58], ['v6 echo reply', 6, 1]] as const) {
      const packet = packetNamed(name);
      packet.bytes[at] = protocol;
      if (at === 9) {
        packet.view.setUint16(10, 0);
        packet.view.setUint16(10, checksum(packet.view, 0, 20));
      }
      expect(read(packet).reject).toBe('unknown-protocol');
    }
  });

  it.each<['v4' | 'v6', number]>([['v4', 4], ['v4', 5], ['v4', 13], ['v6', 135], ['v6', 143]])('keeps the type of %s messages that mean nothing here (%d)', (v, type) => {
    const { message, reject } = read(packetOf(v, type, 2, new Array<number>(60).fill(0x45)));
    expect(reject).toBe('none');
    expect(message).toMatchObject({ kind: 'other', type, code: 2, hasQuote: false });
  });

  const quoteOf = (name: string, length: number, change: (bytes: Uint8Array) => void = () => undefined): number[] => {
    const bytes = packetNamed(name).bytes.slice(0, length);
    change(bytes);
    return [0, 0, 0, 0, ...bytes];
  };

  it.each<['v4' | 'v6', string, number]>([['v4', 'v4 syn', 28], ['v6', 'v6 syn', 48]])('needs 8 octets of TCP in a quotation of %s', (v, name, enough) => {
    const type = v === 'v4' ? 3 : 1;
    for (let n = 0; n <= enough + 4; n++) {
      const { message, reject } = read(packetOf(v, type, 1, quoteOf(name, n)));
      expect([n, reject, message.hasQuote]).toEqual([n, 'none', n >= enough]);
    }
  });

  it('finds no ports in a later fragment, a wrong IHL or an unknown version', () => {
    const changes: ((bytes: Uint8Array) => void)[] = [(b) => (b[7] = 1), (b) => (b[0] = 0x44), (b) => (b[0] = 0x75)];
    for (const change of changes) expect(read(packetOf('v4', 3, 1, quoteOf('v4 syn', 60, change))).message.hasQuote).toBe(false);
    expect(read(packetOf('v4', 3, 1, quoteOf('v4 syn', 60))).message.hasQuote).toBe(true);
  });

  it('finds TCP behind IPv4 options and IPv6 extension headers', () => {
    const v4 = [0, 0, 0, 0, ...packetNamed('v4 syn').bytes.slice(0, 20), 1, 1, 1, 1, ...packetNamed('v4 syn').bytes.slice(20, 28)];
    v4[4] = 0x46;
    const syn = packetNamed('v6 syn');
    const v6 = [0, 0, 0, 0, ...syn.bytes.slice(0, 40), 6, 0, 1, 4, 0, 0, 0, 0, ...syn.bytes.slice(40, 48)];
    v6[4 + 6] = 60;
    for (const { message } of [read(packetOf('v4', 11, 0, v4)), read(packetOf('v6', 3, 0, v6))]) {
      expect(message).toMatchObject({ hasQuote: true, quotedProtocol: 6, quotedDstPort: 8000 });
    }
  });
});

describe('writeEchoReply', () => {
  const data = Array.from({ length: 57 }, (_, i) => i);

  it.each<['v4' | 'v6', number]>([['v4', 8], ['v6', 128]])('answers as the kernel does (%s)', (v, type) => {
    const request = packetOf(v, type, 0, [0x12, 0x34, 0, 7, ...data], 0xb9);
    const { ip, message, reject } = read(request);
    expect([reject, message.kind]).toEqual(['none', 'echo-request']);
    const reply = new Packet(200);
    reply.bytes.fill(0xff);
    writeEchoReply(request, ip, message, reply);
    expect(icmpHex(reply)).toBe(icmpHex(packetNamed(`${v} echo reply`)));
    const back = read(reply);
    expect(back.reject).toBe('none');
    expect([back.ip.src, back.ip.dst, back.ip.dscp, back.ip.ecn]).toEqual([ip.dst, ip.src, 0xb9 >> 2, 0]);
  });

  it('leaves the packet empty when the reply does not fit', () => {
    const request = packetOf('v4', 8, 0, [0, 1, 0, 2, ...data]);
    const { ip, message } = read(request);
    const reply = new Packet(84);
    writeEchoReply(request, ip, message, reply);
    expect(reply.length).toBe(0);
  });
});

describe('writeIcmpError', () => {
  const names = ['port unreachable', 'route unreachable', 'too big', 'time exceeded', 'parameter problem'];

  it.each(names.flatMap((n) => [`v4 ${n}`, `v6 ${n}`]))('writes %s as the kernel does', (name) => {
    const kernel = packetNamed(name);
    const { ip, message } = read(kernel);
    const original = Packet.of(kernel.bytes.slice(message.dataStart, message.dataEnd));
    const pointer = name === 'v4 parameter problem' ? 20 : 6;
    const out = new Packet(1500);
    out.bytes.fill(0xff); // what the packet held before must not show
    writeIcmpError(original, message.type, message.code, message.kind === 'parameter-problem' ? pointer : message.mtu, ip.src, out);
    expect(icmpHex(out)).toBe(icmpHex(kernel));
    const back = read(out);
    expect(back.reject).toBe('none');
    expect([back.ip.src, back.ip.dst]).toEqual([ip.src, ip.dst]);
  });

  it.each([['v4', 576], ['v6', 1280]])('quotes a long packet of %s as far as %d octets allow', (v, limit) => {
    const long = new Packet(1500);
    long.bytes.set(packetNamed(`${v} syn`).bytes, 5);
    long.start = 5;
    long.end = 1500;
    const out = new Packet(1500);
    writeIcmpError(long, v === 'v4' ? 3 : 2, v === 'v4' ? 4 : 0, 70_000, Address.from(v === 'v4' ? '192.0.2.9' : '2001:db8::9'), out);
    const { message, reject } = read(out);
    expect([reject, out.length]).toEqual(['none', limit]);
    expect(message).toMatchObject({ kind: 'too-big', mtu: v === 'v4' ? 65_535 : 70_000, hasQuote: true, quotedDstPort: 8000 });
    expect(hexOf(out.bytes.subarray(message.dataStart, message.dataEnd))).toBe(hexOf(long.bytes.subarray(5, 5 + message.dataEnd - message.dataStart)));
  });

  it('leaves the packet empty when there is no header to quote, or no room', () => {
    const from = Address.from('192.0.2.9');
    const out = new Packet(600);
    for (const bytes of [[], [0x45], [0x65, ...new Array<number>(38).fill(0)], [0x55, ...new Array<number>(60).fill(0)]]) {
      out.end = 600;
      writeIcmpError(Packet.of(Uint8Array.from(bytes)), 3, 3, 0, from, out);
      expect(out.length).toBe(0);
    }
    const small = new Packet(50);
    writeIcmpError(packetNamed('v4 syn'), 3, 3, 0, from, small);
    expect(small.length).toBe(0);
  });
});
