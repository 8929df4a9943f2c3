/** Packets of scripts: sequence numbers between script and subject, what is compared, what is sent. */
import type { Shape } from '../../support/segments.js';
import { FakeSubject, ISS, LOCAL, REMOTE } from '../../support/fake-subject.js';
import { IpHeader, readIp } from '../../../src/wire/ip.js';
import { Packet } from '../../../src/wire/packet.js';
import { Reject } from '../../../src/wire/reject.js';
import { Segment } from '../../../src/wire/segment.js';
import { readTcp } from '../../../src/wire/tcp.js';
import { OPEN, opening, run, told } from './run-support.js';

const DATA: Shape = { flags: 'P.', seq: 1, ack: 1, wnd: 1000, data: 100 };
const view = (octets: Uint8Array): DataView => new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
/** Fields of an injected TCP packet over IPv4. */
const fields = (octets: Uint8Array): Record<string, number> => ({
  from: view(octets).getUint16(20), to: view(octets).getUint16(22), seq: view(octets).getUint32(24), ack: view(octets).getUint32(28),
  flags: view(octets).getUint16(32) & 0x1ff, window: view(octets).getUint16(34), urgent: view(octets).getUint16(38),
});

/** What comes of expecting this text when that segment is sent at 0.2 s. */
const expecting = (text: string, sent: Shape): string[] => {
  const { verdict, differences } = run(`${OPEN}0.2 > ${text}`, opening().sends(200_000, { wnd: 1000, ...sent }));
  return verdict === 'pass' ? [] : [...differences];
};

describe('what is compared', () => {
  test.each<[string, string, Shape, string[]]>([
    ['all equal', 'P. 1:101(100) ack 1 win 1000', DATA, []],
    ['flags', '. 1:101(100) ack 1', DATA, ['flags: expected ., seen P.']],
    ['sequence number', 'P. 2:102(100) ack 1', DATA, ['seq: expected 2, seen 1']],
    ['acknowledgment', 'P. 1:101(100) ack 5', DATA, ['ack: expected 5, seen 1']],
    ['window where it is said', 'P. 1:101(100) ack 1 win 999', DATA, ['win: expected 999, seen 1000']],
    ['window where it is not said', 'P. 1:101(100) ack 1', DATA, []],
    ['length', 'P. 1:51(50) ack 1', DATA, ['payload: expected 50 octets, seen 100']],
    ['urgent pointer', 'PU. 1:101(100) ack 1 urg 3', { ...DATA, flags: 'PU.', urg: 2 }, ['urgent pointer: expected 3, seen 2']],
    ['options that are not there', 'P. 1:101(100) ack 1 <nop,nop,TS val 1 ecr 0>', DATA, ['options: expected <nop,nop,TS val 1 ecr 0>, seen none']],
    ['options that should not be there', '. 1:1(0) ack 1', { flags: '.', seq: 1, ack: 1, sack: [[5, 9]] }, ['options: expected none, seen <nop,nop,sack 5:9>']],
    ['any options', '. 1:1(0) ack 1 <...>', { flags: '.', seq: 1, ack: 1, sack: [[5, 9]] }, []],
    ['SACK blocks, relative', '. 1:1(0) ack 1 <nop,nop,sack 5:9>', { flags: '.', seq: 1, ack: 1, sack: [[5, 9]] }, []],
    ['the value of TS is not checked', '. 1:1(0) ack 1 <nop,nop,TS val 7 ecr 0>', { flags: '.', seq: 1, ack: 1, ts: [99, 0] }, []],
    ['data that were not written', 'P. 1:5(4) ack 1', { ...DATA, data: Uint8Array.of(1, 2, 3, 4) }, ['the payload has octets that were not written']],
    ['a RST without ACK', 'R 1:1(0)', { flags: 'R', seq: 1, wnd: 0 }, []],
    ['TTL where it is said', '[ttl 63] . 1:1(0) ack 1', { flags: '.', seq: 1, ack: 1 }, ['TTL: expected 63, seen 64']],
    ['ECN where it is said', '[ect0] . 1:1(0) ack 1', { flags: '.', seq: 1, ack: 1 }, ['ECN bits: expected ect0, seen noecn']],
    ['the whole TOS octet', '[tos 0x4] . 1:1(0) ack 1', { flags: '.', seq: 1, ack: 1 }, ['TOS: expected 0x4, seen 0x0']],
    ['IP options that are not there', '[ipopt 0x01010100] . 1:1(0) ack 1', { flags: '.', seq: 1, ack: 1 }, ['IP options: expected 0x01010100, seen none']],
    ['other addresses', '[src "10.0.0.1", dst "10.0.0.2"] . 1:1(0) ack 1', { flags: '.', seq: 1, ack: 1 },
      [`source address: expected 10.0.0.1, seen ${LOCAL.address.toString()}`, `destination address: expected 10.0.0.2, seen ${REMOTE.address.toString()}`]],
    ['several at once', '. 9:109(100) ack 1', DATA, ['flags: expected ., seen P.', 'seq: expected 9, seen 1']],
  ])('%s', (_, text, sent, expected) => {
    expect(expecting(text, sent)).toEqual(expected);
  });

  test('a wrong checksum', () => {
    const subject = opening().sends(200_000, { flags: '.', seq: 1, ack: 1 });
    const take = subject.takePacket.bind(subject);
    subject.takePacket = () => {
      const packet = take();
      if (packet !== undefined && subject.injected.length === 2) view(packet.octets).setUint16(36, 0xbad);
      return packet;
    };
    expect(run(`${OPEN}0.2 > . 1:1(0) ack 1`, subject).differences).toEqual(['the TCP checksum is wrong']);
  });

  test('TS values where --tcp_ts_tick_usecs says how long a tick is', () => {
    const subject = opening().sends(200_000, { flags: '.', seq: 1, ack: 1, ts: [1000, 0] }).sends(300_000, { flags: '.', seq: 1, ack: 1, ts: [1200, 0] });
    const text = `--tcp_ts_tick_usecs=1000\n${OPEN}0.2 > . 1:1(0) ack 1 <nop,nop,TS val 10 ecr 0>\n0.3 > . 1:1(0) ack 1 <nop,nop,TS val 110 ecr 0>`;
    expect(run(text, subject).differences).toEqual(['TS val: expected 110, seen 210']);
  });

  test('what was sent and not expected is the next packet', () => {
    const subject = opening().sends(110_000, { flags: '.', seq: 1, ack: 1 }).sends(200_000, DATA);
    expect(run(`${OPEN}0.2 > P. 1:101(100) ack 1`, subject).verdict).toBe('fail');
  });

  test('what is sent after the last event does not matter', () => {
    expect(told(run(OPEN, opening().sends(110_000, DATA)))).toBe('pass');
  });

  test('packets of connections that the script knows nothing of do not matter', () => {
    const subject = opening().sends(110_000, DATA, { ...REMOTE, port: 9 }).sends(200_000, DATA);
    expect(told(run(`${OPEN}0.2 > P. 1:101(100) ack 1`, subject))).toBe('pass');
  });

  test('--non_fatal=packet makes warnings of differences', () => {
    const result = run(`--non_fatal=packet\n${OPEN}0.2 > P. 1:101(100) ack 9`, opening().sends(200_000, DATA));
    expect(told(result)).toBe('pass');
    expect(result.warnings).toEqual(['test.pkt:9: ack: expected 9, seen 1']);
  });
});

describe('segments that make up a larger one', () => {
  const part = (seq: number, data: number, flags = '.'): Shape => ({ flags, seq, ack: 1, wnd: 1000, data });
  const parts = (...shapes: Shape[]): FakeSubject => shapes.reduce((subject, shape) => subject.sends(200_000, shape), opening());

  test('equal ones and a last one', () => {
    expect(told(run(`${OPEN}0.2 > P. 1:251(250) ack 1`, parts(part(1, 100), part(101, 100), part(201, 50, 'P.'))))).toBe('pass');
  });

  test('not of unequal lengths', () => {
    expect(told(run(`${OPEN}0.2 > P. 1:251(250) ack 1`, parts(part(1, 100), part(101, 90), part(191, 60, 'P.'))))).not.toBe('pass');
  });

  test('not with a gap', () => {
    expect(told(run(`${OPEN}0.2 > P. 1:251(250) ack 1`, parts(part(1, 100), part(102, 150, 'P.'))))).not.toBe('pass');
  });

  test('not under --strict_segments', () => {
    const result = run(`--strict_segments\n${OPEN}0.2 > P. 1:201(200) ack 1`, parts(part(1, 100), part(101, 100, 'P.')));
    expect(result.differences).toEqual(['flags: expected P., seen .', 'payload: expected 200 octets, seen 100']);
  });

  test('the flags are the last one\'s', () => {
    expect(run(`${OPEN}0.2 > . 1:201(200) ack 1`, parts(part(1, 100), part(101, 100, 'P.'))).differences).toEqual(['flags: expected ., seen P.']);
  });

  test('a larger one is not several small ones', () => {
    expect(run(`${OPEN}0.2 > . 1:101(100) ack 1`, parts(part(1, 200))).differences).toEqual(['payload: expected 100 octets, seen 200']);
  });
});

describe('what is sent', () => {
  test('SYNs have the script\'s number, all else counts from it', () => {
    const subject = opening();
    run(`${OPEN}+0 < P. 1:101(100) ack 1 win 77`, subject);
    const [syn, ack, data] = subject.injected.map(fields);
    expect(syn).toMatchObject({ from: 40_001, to: 8080, seq: 700, flags: 2, window: 1000 });
    expect(ack).toMatchObject({ seq: 701, ack: ISS + 1, flags: 0x10 });
    expect(data).toMatchObject({ seq: 701, ack: ISS + 1, flags: 0x18, window: 77 });
    expect(subject.injected[2]).toHaveLength(140);
  });

  test('flags, window and urgent pointer as written', () => {
    const subject = opening();
    run(`${OPEN}+0 < FUEW. 1:1(0) ack 1 win 5 urg 9`, subject);
    expect(fields(subject.injected[2])).toMatchObject({ flags: 0xf1, window: 5, urgent: 9 });
  });

  test('TOS, TTL and ECN', () => {
    const subject = opening();
    run(`${OPEN}+0 < [ce] . 1:1(0) ack 1 win 5\n+0 < [tos 0x20, ttl 3] . 1:1(0) ack 1 win 5`, subject);
    expect(subject.injected.slice(1).map((o) => [o[1], o[8]])).toEqual([[0, 255], [3, 255], [0x20, 3]]);
  });

  test('a wrong checksum where [badcksum] asks for one, off by one bit', () => {
    const subject = opening();
    run(`${OPEN}+0 < . 1:1(0) ack 1 win 5\n+0 < [badcksum] . 1:1(0) ack 1 win 5`, subject);
    const [good, bad] = subject.injected.slice(2).map((octets) => view(octets).getUint16(36));
    expect(good ^ bad).toBe(1);
  });

  test('IPv4 options and other addresses, with checksums that are right for them', () => {
    const subject = opening();
    run(`${OPEN}+0 < [ipopt 0x01020304, src "198.51.100.9", dst "198.51.100.255"] . 1:1(0) ack 1 win 5`, subject);
    const packet = new Packet(64);
    packet.bytes.set(subject.injected[2]);
    packet.end = subject.injected[2].length;
    const header = new IpHeader();
    expect([readIp(packet, header), readTcp(packet, header, new Segment())]).toEqual([Reject.None, Reject.None]);
    expect([header.src.toString(), header.dst.toString(), Array.from(packet.bytes.subarray(header.optionsStart, header.optionsEnd))]).toEqual(['198.51.100.9', '198.51.100.255', [1, 2, 3, 4]]);
  });

  test('octets that are no option, as they are', () => {
    const subject = opening();
    run(`${OPEN}+0 < . 1:1(0) ack 1 win 5 <nop,octets 0x020007>`, subject);
    expect(Array.from(subject.injected[2].subarray(40))).toEqual([1, 2, 0, 7]);
  });

  test('an echoed time stamp is the subject\'s own', () => {
    const subject = opening().sends(200_000, { flags: '.', seq: 1, ack: 1, ts: [987_654, 0] });
    run(`${OPEN}0.2 > . 1:1(0) ack 1 <nop,nop,TS val 100 ecr 0>\n+0 < . 1:1(0) ack 1 win 5 <nop,nop,TS val 5 ecr 100>`, subject);
    const { length } = subject.injected[2];
    expect([view(subject.injected[2]).getUint32(length - 8), view(subject.injected[2]).getUint32(length - 4)]).toEqual([5, 987_654]);
  });

  test('an echo of a time stamp that was never sent', () => {
    expect(told(run(`${OPEN}+0 < . 1:1(0) ack 1 win 5 <nop,nop,TS val 5 ecr 100>`, opening()))).toBe(
      'error 8: no packet with TS val 100 was seen that ecr 100 could echo');
  });

  test('unless --tcp_ts_ecr_scaled: then it counts from the first', () => {
    const subject = opening().sends(200_000, { flags: '.', seq: 1, ack: 1, ts: [5_000, 0] });
    run(`--tcp_ts_ecr_scaled\n${OPEN}0.2 > . 1:1(0) ack 1 <nop,nop,TS val 100 ecr 0>\n+0 < . 1:1(0) ack 1 win 5 <nop,nop,TS val 5 ecr 130>`, subject);
    expect(view(subject.injected[2]).getUint32(subject.injected[2].length - 4)).toBe(5_030);
  });

  test('SACK blocks count as acknowledgments do', () => {
    const subject = opening();
    run(`${OPEN}+0 < . 1:1(0) ack 1 win 5 <nop,nop,sack 101:201>`, subject);
    expect([view(subject.injected[2]).getUint32(44), view(subject.injected[2]).getUint32(48)]).toEqual([ISS + 101, ISS + 201]);
  });

  test('an ICMP error quotes the subject\'s ports and number', () => {
    const subject = opening();
    run(`${OPEN}+0 < icmp unreachable frag_needed mtu 1200 [1001:2461(1460)]`, subject);
    const octets = subject.injected[2];
    expect([octets[9], octets[20], octets[21], view(octets).getUint16(26)]).toEqual([1, 3, 4, 1200]);
    expect([view(octets).getUint16(48), view(octets).getUint16(50), view(octets).getUint32(52)]).toEqual([8080, 40_001, ISS + 1001]);
    expect(octets).toHaveLength(20 + 8 + 20 + 8 + 1460);
  });
});

describe('connections', () => {
  const CONNECT = `0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 connect(3, ..., ...) = -1 EINPROGRESS (Operation now in progress)
`;

  test('an active one is known by its SYN', () => {
    const subject = new FakeSubject({ connect: { value: -1, errno: 115 } }, false, 0)
      .sends(0, { flags: 'S', seq: 0, wnd: 1000, mss: 1460 }, { ...REMOTE, port: 8080 }, { ...LOCAL, port: 33_000 })
      .sends(1_000, { flags: '.', seq: 1, ack: 1, wnd: 1000 }, { ...REMOTE, port: 8080 }, { ...LOCAL, port: 33_000 });
    expect(told(run(`${CONNECT}+0 > S 100:100(0) <mss 1460>\n+0 < S. 0:0(0) ack 101 win 10\n+0 > . 1:1(0) ack 1`, subject))).toBe('pass');
    expect(fields(subject.injected[0])).toMatchObject({ from: 8080, to: 33_000, seq: 0, ack: ISS + 1 });
  });

  test('a SYN of other ports is another connection, and is answered as such', () => {
    const other = { ...REMOTE, port: 5_555 };
    const subject = opening().sends(200_000, { flags: 'R.', seq: 0, ack: 1, wnd: 0 }, other, { ...LOCAL, port: 9_999 }).sends(200_000, DATA);
    const text = `${OPEN}0.2 < 5555 > 9999 S 700:700(0) win 9\n+0 > 9999 > 5555 R. ${ISS}:${ISS}(0) ack 1 win 0\n+0 > P. 1:101(100) ack 1`;
    const result = run(text, subject);
    expect(fields(subject.injected[2])).toMatchObject({ from: 5_555, to: 9_999, seq: 700 });
    expect(told(result)).toBe('pass');
  });

  test('a packet without any socket', () => {
    expect(told(run('0 > S 0:0(0)', new FakeSubject()))).toBe('error 1: there is no socket that this packet could be from');
  });
});
