/** Segments for nobody, RFC 9293 §3.10.7.1, and for a listener that they cannot concern, §3.10.7.2; echo; what is not ours. */
import { seq } from '../../../src/util/seq.js';
import { Address } from '../../../src/util/address.js';
import { IcmpMessage, readIcmp, writeIcmpError } from '../../../src/wire/icmp.js';
import { IpHeader, PROTO_ICMP, readIp } from '../../../src/wire/ip.js';
import { writeIpv4 } from '../../../src/wire/ipv4.js';
import { checksum } from '../../../src/wire/checksum.js';
import { Packet } from '../../../src/wire/packet.js';
import { HostBench, IRS, ISS, PEER, PEER6, socket, US, US6 } from '../../support/host.js';
import { buildPacket, parsePacket } from '../../support/segments.js';

describe('no connection, no listener', () => {
  test.each([
    { what: 'SYN', segment: { flags: 'S', seq: 0 }, reply: [0, 1] },
    { what: 'SYN with text', segment: { flags: 'S', seq: 0, data: 10 }, reply: [0, 11] },
    { what: 'FIN without ACK', segment: { flags: 'F', seq: 5, data: 3 }, reply: [0, 9] },
    { what: 'text without ACK', segment: { flags: '', seq: 5, data: 3 }, reply: [0, 8] },
  ])('$what: <SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK>', ({ segment, reply }) => {
    const bench = new HostBench();
    bench.wire.receive(buildPacket(segment, socket(PEER, 5), socket(US, 80), seq(IRS), seq(ISS)), 1);
    const answer = parsePacket(bench.wire.sent[0]);
    expect([answer.seq, (answer.ack - IRS) | 0, answer.flags]).toEqual([...reply, 0x14]);
    expect([answer.srcPort, answer.dstPort, answer.dst.toString()]).toEqual([80, 5, '192.0.2.1']);
    expect(bench.recorder.rules).toEqual(['stray-reset', 'send-stray-reset']);
  });

  test.each([
    { what: 'ACK', segment: { flags: '.', seq: 9, ack: 44 } },
    { what: 'SYN,ACK', segment: { flags: 'S.', seq: 9, ack: 44 } },
    { what: 'text and FIN', segment: { flags: 'FP.', seq: 9, ack: 44, data: 100 } },
  ])('$what: <SEQ=SEG.ACK><CTL=RST>', ({ segment }) => {
    expect(new HostBench().arrive(5, 80, segment)).toEqual(['R 44:44']);
  });

  test.each(['R', 'R.', 'SR', 'FR.'])('%s: silence', (flags) => {
    const bench = new HostBench();
    expect(bench.arrive(5, 80, { flags, seq: 1, ack: 1 })).toEqual([]);
    expect(bench.recorder.rules).toEqual(['stray-reset-ignored']);
  });

  test('IPv6, too', () => {
    const bench = new HostBench();
    const [reply] = bench.packets(buildPacket({ flags: '.', seq: 1, ack: 9 }, socket(PEER6, 5), socket(US6, 80), seq(IRS), seq(ISS)));
    expect(reply).toBe('R 9:9');
  });

  test('nothing is left behind', () => {
    const bench = new HostBench();
    for (let port = 1; port < 1000; port++) bench.arrive(port, 80, { flags: 'S', seq: 0 });
    expect(bench.stack.demux.size).toBe(0);
    expect(bench.clock.next).toBe(Infinity);
  });
});

describe('a listener, but not for this', () => {
  const listening = (): HostBench => {
    const bench = new HostBench();
    bench.stack.listen({ port: 80 }, () => undefined);
    return bench;
  };
  test.each([
    { flags: '.', reply: ['R 7:7'], rule: 'listen-refuses-ack' },
    { flags: 'S.', reply: ['R 7:7'], rule: 'listen-refuses-ack' },
    { flags: 'F.', reply: ['R 7:7'], rule: 'listen-refuses-ack' },
    { flags: 'R', reply: [], rule: 'listen-ignores-reset' },
    { flags: 'SR', reply: [], rule: 'listen-ignores-reset' },
    { flags: 'F', reply: [], rule: 'listen-drops' },
    { flags: '', reply: [], rule: 'listen-drops' },
  ])('$flags: $reply', ({ flags, reply, rule }) => {
    const bench = listening();
    expect(bench.arrive(5, 80, { flags, seq: 1, ack: 7 })).toEqual(reply);
    expect(bench.recorder.rules[0]).toBe(rule);
    expect(bench.stack.demux.size).toBe(0);
  });
});

function echo(data: number[], code = 8): Packet {
  const packet = new Packet(28 + data.length);
  packet.end = packet.bytes.length;
  writeIpv4(packet.view, 0, 8 + data.length, PROTO_ICMP, PEER, US, 64, 0, 0);
  packet.view.setUint8(20, code);
  packet.view.setUint32(24, 0x1234_0005);
  packet.bytes.set(data, 28);
  packet.view.setUint16(22, checksum(packet.view, 20, packet.end));
  return packet;
}

describe('ping', () => {
  test('an echo request is answered with the same data, id and number', () => {
    const bench = new HostBench();
    bench.wire.receive(echo([1, 2, 3, 4, 5]), 1);
    const [reply] = bench.wire.sent;
    const ip = new IpHeader();
    const icmp = new IcmpMessage();
    expect(readIp(reply, ip) + readIcmp(reply, ip, icmp)).toBe(0);
    expect([icmp.kind, icmp.echoId, icmp.echoSeq, ip.src.toString(), ip.dst.toString()]).toEqual(['echo-reply', 0x1234, 5, '192.0.2.2', '192.0.2.1']);
    expect([...reply.bytes.subarray(icmp.dataStart, icmp.dataEnd)]).toEqual([1, 2, 3, 4, 5]);
    expect(bench.recorder.rules).toEqual(['echo-reply']);
  });

  test('an echo reply is not', () => {
    const bench = new HostBench();
    bench.wire.receive(echo([1], 0), 1);
    expect(bench.wire.sent).toEqual([]);
  });
});

describe('not for us, or not whole: counted, no answer', () => {
  const segment = { flags: 'S', seq: 0 };
  test.each([
    { what: 'another host', from: PEER, to: Address.from('192.0.2.9'), reason: 'not-for-us' },
    { what: 'broadcast (MUST-57)', from: PEER, to: Address.from('255.255.255.255'), reason: 'not-for-us' },
    { what: 'multicast (MUST-57)', from: PEER, to: Address.from('224.0.0.1'), reason: 'not-for-us' },
    { what: 'from multicast (MUST-63)', from: Address.from('224.0.0.1'), to: US, reason: 'bad-source' },
    { what: 'from broadcast', from: Address.from('255.255.255.255'), to: US, reason: 'bad-source' },
    { what: 'from ourselves', from: US, to: US, reason: 'bad-source' },
    { what: 'from nowhere', from: Address.from('0.0.0.0'), to: US, reason: 'bad-source' },
  ])('$what', ({ from, to, reason }) => {
    const bench = new HostBench();
    bench.stack.listen({ port: 80 }, () => undefined);
    bench.wire.receive(buildPacket(segment, socket(from, 5), socket(to, 80), seq(0), seq(0)), 1);
    expect(bench.wire.sent).toEqual([]);
    expect(bench.stack.rejects.toRecord()).toEqual({ [reason]: 1 });
    expect(bench.recorder.rules).toEqual(['discarded']);
  });

  test('a bad checksum (MUST-3)', () => {
    const bench = new HostBench();
    const packet = buildPacket(segment, socket(PEER, 5), socket(US, 80), seq(0), seq(0));
    packet.bytes[packet.end - 1] ^= 1;
    bench.wire.receive(packet, 1);
    expect(bench.wire.sent).toEqual([]);
    expect(bench.stack.rejects.toRecord()).toEqual({ 'bad-tcp-checksum': 1 });
  });

  test('ICMP about nothing of ours', () => {
    const bench = new HostBench();
    const error = new Packet(600);
    writeIcmpError(buildPacket(segment, socket(US, 80), socket(PEER, 5), seq(0), seq(0)), 3, 3, 0, PEER, error);
    bench.wire.receive(error, 1);
    expect(bench.recorder.rules).toEqual(['icmp-ignored']);
  });
});
