/** The stack around connections: active OPEN and its errors, ICMP (RFC 9293 §3.9.2.2, RFC 5927), devices that are full, users called last. */
import type { Endpoint } from '../../../src/stack/endpoint.js';
import { Signal } from '../../../src/tcp/tcb.js';
import { Address } from '../../../src/util/address.js';
import { seq } from '../../../src/util/seq.js';
import { SECOND } from '../../../src/util/units.js';
import { writeIcmpError } from '../../../src/wire/icmp.js';
import { Packet } from '../../../src/wire/packet.js';
import { HostBench, IRS, ISS, PEER, PEER6, socket, US, US6 } from '../../support/host.js';
import { buildPacket } from '../../support/segments.js';

const silent = { signals: () => undefined };

function connecting(config = {}, v6 = false): { bench: HostBench; e: Endpoint; signals: number[] } {
  const bench = new HostBench({ config });
  const signals: number[] = [];
  const e = bench.stack.connect({ remote: v6 ? PEER6 : PEER, remotePort: 80, localPort: 5000 }, { signals: (_e, s) => void signals.push(s) });
  if (typeof e === 'string') throw new Error(e);
  return { bench, e, signals };
}

function connected(config = {}): ReturnType<typeof connecting> {
  const made = connecting(config);
  made.bench.out();
  expect(made.bench.arrive(80, 5000, { flags: 'S.', seq: 0, ack: 1, mss: 1460 })).toEqual(['. 1:1 ack 1']);
  made.signals.length = 0;
  return made;
}

/** An ICMP error about the packet we sent last. */
function icmp(bench: HostBench, type: number, code: number, mtu = 0): string[] {
  const error = new Packet(1400);
  writeIcmpError(bench.lastSent(), type, code, mtu, Address.from('192.0.2.254'), error);
  return bench.packets(error);
}

describe('active OPEN', () => {
  test('SYN at once; the user hears when it is open', () => {
    const { bench, e, signals } = connecting();
    expect(bench.out()).toEqual(['S 0:0']);
    expect(e.state).toBe('SYN-SENT');
    bench.arrive(80, 5000, { flags: 'S.', seq: 0, ack: 1 });
    expect(signals.map((s) => s & Signal.Connected)).toEqual([Signal.Connected]);
  });

  test('the answer of a port nobody listens on', () => {
    const { bench, e, signals } = connecting();
    bench.arrive(80, 5000, { flags: 'R.', seq: 0, ack: 1 });
    expect([e.state, e.failure]).toEqual(['CLOSED', 'refused']);
    expect(signals).toEqual([Signal.Failed | Signal.Closed]);
    expect(bench.stack.demux.size).toBe(0);
  });

  test.each([
    ['0.0.0.0', 80, 'invalid-address'], ['224.0.0.1', 80, 'invalid-address'], ['255.255.255.255', 80, 'invalid-address'], ['ff02::1', 80, 'invalid-address'],
    ['::', 80, 'invalid-address'], ['192.0.2.1', 0, 'invalid-address'], ['192.0.2.1', 65_536, 'invalid-address'], ['192.0.2.1', 1.5, 'invalid-address'],
  ])('to %s port %p: %s (MUST-46)', (remote, remotePort, error) => {
    const bench = new HostBench();
    expect(bench.stack.connect({ remote: Address.from(remote), remotePort }, silent)).toBe(error);
    expect([bench.out(), bench.stack.demux.size]).toEqual([[], 0]);
  });

  test('from an address that is not ours, or of the other family', () => {
    const bench = new HostBench();
    expect(bench.stack.connect({ remote: PEER, remotePort: 80, local: PEER }, silent)).toBe('no-local-address');
    expect(bench.stack.connect({ remote: PEER, remotePort: 80, local: US6 }, silent)).toBe('no-local-address');
    expect(new HostBench({ addresses: [US] }).stack.connect({ remote: PEER6, remotePort: 80 }, silent)).toBe('no-local-address');
  });

  test('the same two sockets twice', () => {
    const { bench } = connecting();
    expect(bench.stack.connect({ remote: PEER, remotePort: 80, localPort: 5000 }, silent)).toBe('address-in-use');
    expect(typeof bench.stack.connect({ remote: PEER, remotePort: 81, localPort: 5000 }, silent)).toBe('object');
  });

  test('all ephemeral ports taken towards one peer', () => {
    const bench = new HostBench({ ports: { first: 40_000, last: 40_003 } });
    const made = Array.from({ length: 5 }, () => bench.stack.connect({ remote: PEER, remotePort: 80 }, silent));
    expect(made.filter((e) => e === 'no-port-left')).toHaveLength(1);
    expect(made[4]).toBe('no-port-left');
    expect(new Set(made.map((e) => (typeof e === 'string' ? 0 : e.connection.localPort))).size).toBe(5);
    expect(typeof bench.stack.connect({ remote: PEER, remotePort: 81 }, silent)).toBe('object'); // another peer
  });
});

test('R1: IP is advised of the address that may be unreachable (MUST-20), the user of problems', () => {
  const advised: string[] = [];
  const bench = new HostBench({ negativeAdvice: (remote) => advised.push(remote.toString()) });
  const signals: number[] = [];
  bench.stack.connect({ remote: PEER, remotePort: 80, localPort: 5000 }, { signals: (_, s) => signals.push(s) });
  bench.clock.advance(60_000_000);
  expect([advised, signals]).toEqual([[PEER.toString()], [Signal.Delivery | Signal.Report]]);
});

describe('ICMP about a segment of ours', () => {
  test.each([[3, 2, 'protocol-unreachable'], [3, 3, 'refused']])('hard (type %p code %p) while opening: the attempt ends, %s (SHLD-26)', (type, code, failure) => {
    const { bench, e, signals } = connecting();
    icmp(bench, type, code);
    expect([e.state, e.failure]).toEqual(['CLOSED', failure]);
    expect(signals).toEqual([Signal.Failed | Signal.Closed]);
    expect(bench.recorder.rules.at(-1)).toBe('unreachable-hard');
  });

  test.each([[1, 0, 'net-unreachable'], [1, 3, 'host-unreachable'], [3, 0, 'host-unreachable'], [4, 1, 'protocol-error']])('ICMPv6 soft (type %p code %p): told, not obeyed (MUST-56)', (type, code, softError) => {
    const { bench, e } = connecting({}, true);
    const error = new Packet(1400);
    writeIcmpError(bench.lastSent(), type, code, 0, PEER6, error);
    bench.packets(error);
    expect([e.state, e.info().softError]).toEqual(['SYN-SENT', softError]);
  });

  test('ICMPv6 packet too big', () => {
    const { bench, e } = connecting({}, true);
    const error = new Packet(1400);
    writeIcmpError(bench.lastSent(), 2, 0, 1300, PEER6, error);
    bench.packets(error);
    expect(e.info().pathMtu).toBe(1300);
  });

  test('a handshake that a listener has under way is forgotten, with hardErrorsAbort', () => {
    const bench = new HostBench({ config: { hardErrorsAbort: true } });
    const listener = bench.stack.listen({ port: 80 }, () => undefined);
    if (typeof listener === 'string') throw new Error(listener);
    bench.arrive(5, 80, { flags: 'S', seq: 0 });
    icmp(bench, 3, 3);
    expect([bench.stack.demux.size, listener.embryonic]).toEqual([0, 0]);
  });

  test('ICMPv6 port unreachable while opening', () => {
    const { bench, e } = connecting({}, true);
    const error = new Packet(1400);
    writeIcmpError(bench.lastSent(), 1, 4, 0, PEER6, error);
    bench.packets(error);
    expect(e.failure).toBe('refused');
  });

  test.each([[3, 0], [3, 1], [3, 5], [11, 0], [11, 1], [12, 0]])('soft (type %p code %p): told, not obeyed (MUST-56)', (type, code) => {
    const { bench, e, signals } = connecting();
    icmp(bench, type, code);
    expect(e.state).toBe('SYN-SENT');
    expect(signals).toEqual([Signal.Delivery | Signal.Report]);
    bench.arrive(80, 5000, { flags: 'S.', seq: 0, ack: 1 });
    expect(e.state).toBe('ESTABLISHED');
  });

  test('source quench is discarded in silence (MUST-55)', () => {
    const { bench, e, signals } = connecting();
    icmp(bench, 4, 0);
    expect([e.state, signals]).toEqual(['SYN-SENT', []]);
    expect(bench.recorder.rules.at(-1)).toBe('source-quench');
  });

  test('an open connection survives hard errors, too', () => {
    const { bench, e, signals } = connected();
    e.send(new Uint8Array(10));
    icmp(bench, 3, 3);
    expect(e.state).toBe('ESTABLISHED');
    expect(signals).toEqual([Signal.Delivery | Signal.Report]);
  });

  test('quoting what is not outstanding: ignored, it may be forged (RFC 5927)', () => {
    const { bench, e, signals } = connected();
    e.send(new Uint8Array(10));
    bench.out();
    bench.arrive(80, 5000, { flags: '.', seq: 1, ack: 11 });
    const error = new Packet(600);
    for (const at of [1, 11, 500_000]) {
      writeIcmpError(buildPacket({ flags: '.', seq: at, ack: 1, data: 5 }, socket(US, 5000), socket(PEER, 80), seq(ISS), seq(IRS)), 3, 4, 600, PEER, error);
      bench.packets(error);
    }
    expect(bench.recorder.rules.filter((r) => r === 'icmp-ignored')).toHaveLength(3);
    expect([e.connection.tcb.mtu, signals.filter((s) => (s & Signal.Delivery) !== 0)]).toEqual([1500, []]);
  });

  test('fragmentation needed: smaller segments, and what was too large again (RFC 1191)', () => {
    const { bench, e } = connected({ nagle: false });
    e.send(new Uint8Array(1460));
    expect(bench.out()).toEqual(['P. 1:1461 ack 1']);
    expect(icmp(bench, 3, 4, 1000)).toEqual(['. 1:961 ack 1', 'P. 961:1461 ack 1']);
  });

  test('path MTUs are shared: other connections to the host, new ones too, but not those to others', () => {
    const { bench, e } = connected({ nagle: false });
    const connect = (remote: Address, remotePort: number): Endpoint => {
      const made = bench.stack.connect({ remote, remotePort }, silent);
      if (typeof made === 'string') throw new Error(made);
      return made;
    };
    const other = connect(PEER, 81);
    const stranger = connect(Address.from('192.0.2.3'), 80);
    e.send(new Uint8Array(1460));
    icmp(bench, 3, 4, 1000);
    const later = connect(PEER, 82);
    expect([e, other, later, stranger].map((c) => c.info().pathMtu)).toEqual([1000, 1000, 1000, 1500]);
    bench.clock.advance(601 * SECOND);
    expect(connect(PEER, 83).info().pathMtu).toBe(1500);
  });

  test('from a router that does not say how much: the next size that networks have (RFC 1191 §7)', () => {
    const { bench, e } = connected({ nagle: false });
    e.send(new Uint8Array(1460));
    icmp(bench, 3, 4, 0);
    expect(e.connection.tcb.mtu).toBe(1492);
  });
});

describe('the wake-up', () => {
  test('one alarm for all connections: retransmissions of each at its time', () => {
    const bench = new HostBench();
    const at: number[] = [];
    for (let i = 0; i < 3; i++) {
      bench.stack.connect({ remote: PEER, remotePort: 80 + i }, silent);
      bench.clock.advance(100_000);
    }
    bench.recorder.clear();
    bench.clock.advance(SECOND);
    at.push(...bench.recorder.sent.map((s) => s.at - 1_000_000));
    expect(at).toEqual([1_000_000, 1_100_000, 1_200_000]);
  });

  test('a device that is full drops, and the connection repairs it', () => {
    const { bench, e } = connected();
    bench.wire.full = true;
    e.send(new Uint8Array(10));
    expect(bench.out()).toEqual([]);
    expect(bench.stack.counters.sendQueueFull).toBe(1);
    bench.wire.full = false;
    bench.clock.advance(SECOND);
    expect(bench.out()[0]).toBe('P. 1:11 ack 1');
  });

  test('user code runs after the batch, and may do what it likes', () => {
    const { bench, e } = connecting();
    const seen: string[] = [];
    e.attach({
      signals: () => {
        seen.push(e.state);
        if (e.state === 'ESTABLISHED') e.abort();
      },
    });
    bench.out();
    bench.arrive(80, 5000, { flags: 'S.', seq: 0, ack: 1 }, { flags: 'P.', seq: 1, ack: 1, data: 5 });
    bench.clock.advance(1);
    expect(seen[0]).toBe('ESTABLISHED');
    expect(e.state).toBe('CLOSED');
    expect(bench.stack.demux.size).toBe(0);
  });

  test('a user who throws does not keep others from being told', () => {
    const { bench, e } = connected();
    e.attach({ signals: () => { throw new Error('the user\'s'); } });
    expect(() => bench.arrive(80, 5000, { flags: 'P.', seq: 1, ack: 1, data: 5 })).toThrow('the user\'s');
    let told = 0;
    e.attach({ signals: () => void told++ });
    bench.arrive(80, 5000, { flags: 'P.', seq: 6, ack: 1, data: 5 });
    bench.clock.advance(1);
    expect(told).toBeGreaterThan(0);
    expect(e.receive(new Uint8Array(20))).toBe(10);
  });

  test('stop: the device is closed, nothing more is sent', () => {
    const { bench } = connecting();
    bench.out();
    bench.stack.stop();
    bench.stack.stop();
    expect(bench.wire.closed).toBe(true);
    bench.clock.advance(100 * SECOND);
    expect(bench.out()).toEqual([]);
  });

  test('a delayed ACK and a window update go out by themselves', () => {
    const { bench, e } = connected({ receiveBuffer: 1000, receiveBufferMax: 1000 });
    bench.arrive(80, 5000, { flags: 'P.', seq: 1, ack: 1, data: 1000 });
    bench.clock.advance(40_000);
    bench.out();
    e.receive(new Uint8Array(1000));
    expect(bench.out()).toEqual(['. 1:1 ack 1001']);
  });
});
