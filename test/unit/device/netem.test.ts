import type { Device } from '../../../src/device/device.js';
import { type Fate, type Gremlin, type Impairment, going, isData, isFin, isPureAck, isRst, isSyn, isSynAck } from '../../../src/device/impairment.js';
import { Netem, type NetemOptions } from '../../../src/device/netem.js';
import { Address } from '../../../src/util/address.js';
import { checksumFold, pseudoHeaderSum } from '../../../src/wire/checksum.js';
import { IpHeader, readIp } from '../../../src/wire/ip.js';
import { Packet } from '../../../src/wire/packet.js';
import { ACK, FIN, PSH, RST, SYN, Segment } from '../../../src/wire/segment.js';
import { readTcp } from '../../../src/wire/tcp.js';
import { ManualClock } from '../../support/manual-clock.js';
import { seqOf, tcpPacket } from '../../support/tcp-packet.js';

interface Arrival {
  readonly seq: number;
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** A device that remembers what is sent and receives what the test hands it. */
class Wire implements Device {
  readonly name = 'wire';
  readonly mtu = 1500;
  readonly offload = null;
  readonly sent: Arrival[] = [];
  room = Infinity;
  lastPacket: Packet | null = null;
  closed = false;
  receive: (packet: Packet, at: number) => void = () => undefined;
  batchEnd: () => void = () => undefined;

  constructor(private readonly clock: ManualClock) {}

  open(receive: (packet: Packet, at: number) => void, batchEnd: () => void): void {
    this.receive = receive;
    this.batchEnd = batchEnd;
  }

  send(packet: Packet): boolean {
    if (this.room-- <= 0) return false;
    this.lastPacket = packet;
    this.sent.push({ seq: seqOf(packet), at: this.clock.now(), bytes: packet.toBytes() });
    return true;
  }

  close(): void {
    this.closed = true;
  }
}

function bench(options: Omit<NetemOptions, 'clock' | 'onFate'> = {}) {
  const clock = new ManualClock(1_000_000);
  const wire = new Wire(clock);
  const fates: [number, string, Fate, string, number][] = [];
  const netem = new Netem(wire, {
    ...options, clock, onFate: (packet, direction, fate, label, at) => fates.push([seqOf(packet), direction, fate, label, at]),
  });
  return { clock, wire, netem, fates };
}

/** Sends data segments numbered 0 … n-1, `gap` µs apart, and lets everything arrive. @returns the arrivals */
function sendMany(out: Impairment, n: number, { gap = 100, seed = 1, text = 0 } = {}) {
  const { clock, wire, netem, fates } = bench({ out, seed });
  for (let i = 0; i < n; i++) {
    netem.send(tcpPacket(i, ACK, text));
    clock.advance(gap);
  }
  clock.runOut();
  return { sent: wire.sent, seqs: wire.sent.map((a) => a.seq), fates };
}

const count = (fates: readonly (readonly unknown[])[], fate: Fate): number => fates.filter((f) => f[2] === fate).length;
const START = 1_000_000;

describe('Netem without wishes', () => {
  it('passes the very packet on, in the same call, and says what the device says', () => {
    const { netem, wire, fates } = bench();
    const packet = tcpPacket(1, SYN);
    wire.room = 1;
    expect([netem.send(packet), netem.send(packet)]).toEqual([true, false]);
    expect(wire.lastPacket).toBe(packet);
    expect(fates).toEqual([]);
  });

  it('keeps batches and arrival times of what comes in', () => {
    const { netem, wire, clock } = bench();
    const log: unknown[] = [];
    netem.open((packet, at) => log.push([packet, at]), () => log.push('end'));
    const [a, b] = [tcpPacket(1, ACK), tcpPacket(2, ACK)];
    wire.receive(a, 5);
    wire.receive(b, 6);
    wire.batchEnd();
    expect(log).toEqual([[a, 5], [b, 6], 'end']);
    expect((log[0] as unknown[])[0]).toBe(a);
    expect(clock.nextDeadline).toBe(Infinity);
  });

  it('passes on what is no TCP and no IP at all', () => {
    const { netem, wire } = bench({ gremlins: [{ match: () => true, action: 'drop', label: 'all TCP' }] });
    const junk = new Packet(60);
    junk.end = 60;
    expect(netem.send(junk)).toBe(true);
    expect(wire.sent).toHaveLength(1);
  });
});

describe('Netem, chance', () => {
  it('gives the same fates for the same seed, others for another', () => {
    const bad: Impairment = { delay: 500, jitter: 400, loss: 0.1, duplicate: 0.1, corrupt: 0.1, reorder: 0.1, burst: { p: 0.02, r: 0.3 } };
    const run = (seed: number) => sendMany(bad, 400, { seed });
    expect(run(7)).toEqual(run(7));
    expect(run(7).fates).not.toEqual(run(8).fates);
  });

  it('gives each direction its own luck', () => {
    const packet = tcpPacket(1, ACK);
    const fatesOf = (alsoIn: boolean) => {
      const { netem, wire, fates } = bench({ in: { loss: 0.5 }, out: { loss: 0.5 } });
      netem.open(() => undefined, () => undefined);
      for (let i = 0; i < 50; i++) {
        if (alsoIn) wire.receive(packet, START);
        netem.send(tcpPacket(i, ACK));
      }
      return fates;
    };
    const both = fatesOf(true);
    expect(both.filter((f) => f[1] === 'out')).toEqual(fatesOf(false));
    // Nor do they share one run of luck: then each loss would come as a pair.
    const struck = both.map((f) => f[1]);
    expect(struck.some((direction, i) => direction === struck[i + 1])).toBe(true);
  });

  it('delays by exactly the delay, and wakes once per due time', () => {
    const { sent } = sendMany({ delay: 30_000 }, 3);
    expect(sent.map((a) => a.at - START)).toEqual([30_000, 30_100, 30_200]);
  });

  it('jitters within its bounds and keeps the order', () => {
    const { sent, seqs } = sendMany({ delay: 1000, jitter: 300 }, 500, { gap: 1000 });
    const delays = sent.map((a, i) => a.at - START - i * 1000);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(700);
    expect(Math.max(...delays)).toBeLessThanOrEqual(1300);
    expect(Math.max(...delays) - Math.min(...delays)).toBeGreaterThan(400);
    expect(sendMany({ delay: 1000, jitter: 900 }, 500, { gap: 10 }).seqs).toEqual(seqs);
  });

  it('loses the share asked for, tells of each, and says true all the same', () => {
    const { netem, wire, fates } = bench({ out: { loss: 0.2 } });
    for (let i = 0; i < 5000; i++) expect(netem.send(tcpPacket(i, ACK))).toBe(true);
    expect(fates.length / 5000).toBeGreaterThan(0.18);
    expect(fates.length / 5000).toBeLessThan(0.22);
    expect(wire.sent).toHaveLength(5000 - count(fates, 'lost'));
    expect(fates[0].slice(1)).toEqual(['out', 'lost', 'chance loss', START]);
  });

  it('loses everything at 1 and nothing at 0', () => {
    expect(sendMany({ loss: 1 }, 100).seqs).toEqual([]);
    expect(sendMany({ loss: 0 }, 100).seqs).toHaveLength(100);
  });

  it('loses in bursts of 1/r packets on average', () => {
    const { fates } = sendMany({ burst: { p: 0.01, r: 0.2 } }, 20_000);
    const lost = fates.map((f) => f[0]);
    const bursts = lost.filter((n, i) => i === 0 || lost[i - 1] !== n - 1).length;
    // In the long run p / (p + r) = 4.8 % are lost.
    expect(lost.length / 20_000).toBeGreaterThan(0.038);
    expect(lost.length / 20_000).toBeLessThan(0.058);
    expect(lost.length / bursts).toBeGreaterThan(4);
    expect(lost.length / bursts).toBeLessThan(6);
  });

  it('duplicates with a second copy right behind the first', () => {
    expect(sendMany({ duplicate: 1 }, 3).seqs).toEqual([0, 0, 1, 1, 2, 2]);
    expect(sendMany({ duplicate: 1, delay: 5000 }, 2).seqs).toEqual([0, 0, 1, 1]);
  });

  it('reorders: a held-back packet is overtaken, none is lost', () => {
    const { seqs, fates } = sendMany({ reorder: 0.1, reorderBy: 250 }, 1000);
    expect([...seqs].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    const held = fates.map((f) => f[0]);
    expect(held.length).toBeGreaterThan(60);
    expect(held.length).toBeLessThan(140);
    // 250 µs with one packet each 100 µs: the two behind it pass, unless they are held back too.
    const alone = held.filter((n) => n < 990 && !held.includes(n + 1) && !held.includes(n + 2));
    for (const n of alone) expect(seqs.indexOf(n)).toBeGreaterThan(seqs.indexOf(n + 2));
  });

  it('reorders by a number of packets, or by time when none follow', () => {
    const { clock, wire, netem } = bench({ out: { reorder: 1, reorderBy: 9000, reorderPackets: 2 } });
    netem.send(tcpPacket(0, ACK));
    netem.impair('out', {});
    for (let i = 1; i < 4; i++) netem.send(tcpPacket(i, ACK));
    expect(wire.sent.map((a) => a.seq)).toEqual([1, 2, 0, 3]);
    netem.impair('out', { reorder: 1, reorderBy: 9000, reorderPackets: 2 });
    netem.send(tcpPacket(4, ACK));
    clock.runOut();
    expect(wire.sent.at(-1)).toMatchObject({ seq: 4, at: START + 9000 });
  });

  it('corrupts one bit of a copy', () => {
    const { wire, netem, clock } = bench({ out: { corrupt: 1 } });
    const packet = tcpPacket(5, ACK, 100);
    const before = packet.toBytes();
    for (let i = 0; i < 50; i++) netem.send(packet);
    clock.runOut();
    expect(packet.toBytes()).toEqual(before);
    expect(wire.sent).toHaveLength(50);
    const bits = (n: number): number => n.toString(2).replaceAll('0', '').length;
    for (const { bytes } of wire.sent) expect(bytes.reduce((sum, b, i) => sum + bits(b ^ before[i]), 0)).toBe(1);
    expect(new Set(wire.sent.map(({ bytes }) => bytes.findIndex((b, i) => b !== before[i]))).size).toBeGreaterThan(20);
  });

  it('sends at the rate of the link: 140 octets at 1 Mbit/s take 1120 µs each', () => {
    const { sent } = sendMany({ rate: 1_000_000, delay: 500 }, 4, { gap: 0, text: 100 });
    expect(sent.map((a) => a.at - START)).toEqual([1620, 2740, 3860, 4980]);
  });

  it('drops what does not fit in the queue', () => {
    const { seqs, fates } = sendMany({ rate: 1_000_000, limit: 3 }, 5, { gap: 0 });
    expect(seqs).toEqual([0, 1, 2]);
    expect(fates.map((f) => [f[0], f[2]])).toEqual([[3, 'queue-full'], [4, 'queue-full']]);
  });

  it('tells of held packets that the device had no room for', () => {
    const { netem, wire, clock, fates } = bench({ out: { delay: 10 } });
    wire.room = 0;
    netem.send(tcpPacket(1, ACK));
    clock.runOut();
    expect(fates.map((f) => f[2])).toEqual(['queue-full']);
  });
});

describe('Netem, towards our stack', () => {
  it('stamps held packets when they arrive and ends each batch once', () => {
    const { netem, wire, clock } = bench({ in: { delay: 700 } });
    const log: unknown[] = [];
    netem.open((packet, at) => log.push([seqOf(packet), at - START]), () => log.push('end'));
    const packet = tcpPacket(1, ACK);
    wire.receive(packet, START);
    wire.receive(tcpPacket(2, ACK), START);
    packet.bytes.fill(0);
    wire.batchEnd();
    expect(log).toEqual([]);
    clock.advance(699);
    expect(log).toEqual([]);
    clock.advance(1);
    expect(log).toEqual([[1, 700], [2, 700], 'end']);
  });

  it('forgets what is on its way when it is closed', () => {
    const { netem, wire, clock } = bench({ in: { delay: 700 }, out: { delay: 700 } });
    const log: unknown[] = [];
    netem.open(() => log.push('packet'), () => log.push('end'));
    wire.receive(tcpPacket(1, ACK), START);
    netem.send(tcpPacket(2, ACK));
    netem.close();
    clock.runOut();
    expect([log, wire.sent, wire.closed, clock.nextDeadline]).toEqual([[], [], true, Infinity]);
  });
});

describe('Netem, scripted', () => {
  const data = (n: number): Packet => tcpPacket(n, ACK, 10);
  const play = (gremlins: Gremlin[], packets: Packet[]) => {
    const b = bench({ gremlins });
    for (const packet of packets) {
      b.netem.send(packet);
      b.clock.advance(10);
    }
    b.clock.runOut();
    return { seqs: b.wire.sent.map((a) => a.seq), ...b };
  };

  it('drops the 2nd SYN,ACK and no other', () => {
    const packets = [tcpPacket(1, SYN | ACK), data(2), tcpPacket(3, SYN | ACK), tcpPacket(4, SYN | ACK)];
    const { seqs, fates } = play([{ match: isSynAck, nth: 2, action: 'drop', label: 'the 2nd SYN,ACK is lost' }], packets);
    expect(seqs).toEqual([1, 2, 4]);
    expect(fates).toEqual([[3, 'out', 'lost', 'the 2nd SYN,ACK is lost', START + 20]]);
  });

  it('delays the first FIN by 300 ms while others overtake it', () => {
    const packets = [tcpPacket(1, FIN | ACK), data(2), tcpPacket(3, FIN | ACK)];
    const { seqs, wire, fates } = play([{ match: isFin, action: { delay: 300_000 }, label: 'slow FIN' }], packets);
    expect(seqs).toEqual([2, 3, 1]);
    expect(wire.sent[2].at).toBe(START + 300_000);
    expect(fates).toEqual([[1, 'out', 'delayed', 'slow FIN', START]]);
  });

  it('duplicates', () => {
    expect(play([{ match: isData, nth: 2, action: 'duplicate', label: 'twice' }], [data(1), data(2), data(3)]).seqs).toEqual([1, 2, 2, 3]);
  });

  it('corrupts the TCP segment, so that its checksum tells', () => {
    for (let seed = 0; seed < 40; seed++) {
      const { netem, wire } = bench({ seed, gremlins: [{ match: isData, action: 'corrupt', label: 'spoilt' }] });
      netem.send(data(1));
      const header = new IpHeader();
      const arrived = Packet.of((wire.sent[0]).bytes);
      expect(readIp(arrived, header)).toBe(0);
      expect(readTcp(arrived, header, new Segment())).not.toBe(0);
    }
  });

  it('completes a checksum left to a network card before it corrupts, so that it tells here, too', () => {
    for (let seed = 0; seed < 40; seed++) {
      const wire = Object.assign(new Wire(new ManualClock(START)), { partialChecksums: true });
      const clock = new ManualClock(START);
      const netem = new Netem(wire, { clock, seed, gremlins: [{ match: isData, action: 'corrupt', label: 'spoilt' }] });
      const rejects: number[] = [];
      const header = new IpHeader();
      netem.open((packet) => rejects.push(readIp(packet, header) || readTcp(packet, header, new Segment(), true, true)), () => undefined);
      const partial = (): Packet => {
        const packet = data(1);
        packet.view.setUint16(36, checksumFold(pseudoHeaderSum(Address.from('192.0.2.1'), Address.from('192.0.2.2'), 6, packet.length - 20)));
        return packet;
      };
      wire.receive(partial(), START);
      wire.receive(partial(), START);
      clock.advance(0);
      // Only the first is spoilt, and held for that; the second is as it was, and accepted.
      expect(rejects.sort((a, b) => a - b)).toEqual([0, expect.any(Number)]);
      expect(rejects[1]).not.toBe(0);
    }
  });

  it('strikes `times` in a row, from the nth on', () => {
    const packets = [1, 2, 3, 4, 5].map(data);
    expect(play([{ match: isData, nth: 2, times: 2, action: 'drop', label: '' }], packets).seqs).toEqual([1, 4, 5]);
    expect(play([{ match: isData, nth: 3, times: Infinity, action: 'drop', label: '' }], packets).seqs).toEqual([1, 2]);
  });

  it('counts a packet for every script, whatever another does to it', () => {
    const packets = [1, 2, 3].map(data);
    const gremlins: Gremlin[] = [
      { match: isData, nth: 1, action: 'drop', label: 'first' },
      { match: isData, nth: 2, action: 'duplicate', label: 'second' },
    ];
    expect(play(gremlins, packets).seqs).toEqual([2, 2, 3]);
  });

  it('can look at one direction only, and be added later', () => {
    const { netem, wire } = bench({ gremlins: [{ match: going('in', isData), action: 'drop', label: '' }] });
    const received: number[] = [];
    netem.open((packet) => received.push(seqOf(packet)), () => undefined);
    netem.send(data(1));
    wire.receive(data(2), START);
    wire.receive(data(3), START);
    netem.addGremlin({ match: going('out', isData), action: 'drop', label: '' });
    netem.send(data(4));
    expect([wire.sent.map((a) => a.seq), received]).toEqual([[1], [3]]);
  });
});

describe('predicates', () => {
  const predicates = { isSyn, isSynAck, isFin, isRst, isData, isPureAck };
  it.each<[string, number, number, (keyof typeof predicates)[]]>([
    ['SYN', SYN, 0, ['isSyn']],
    ['SYN,ACK', SYN | ACK, 0, ['isSynAck']],
    ['ACK', ACK, 0, ['isPureAck']],
    ['data', ACK | PSH, 5, ['isData']],
    ['FIN,ACK', FIN | ACK, 0, ['isFin']],
    ['data with FIN', FIN | ACK, 5, ['isFin', 'isData']],
    ['RST', RST, 0, ['isRst']],
    ['RST,ACK', RST | ACK, 0, ['isRst']],
  ])('%s', (_name, flags, text, expected) => {
    const packet = tcpPacket(1, flags, text);
    const header = new IpHeader();
    const segment = new Segment();
    expect([readIp(packet, header), readTcp(packet, header, segment)]).toEqual([0, 0]);
    expect(Object.entries(predicates).filter(([, is]) => is(segment)).map(([name]) => name)).toEqual(expected);
  });
});
