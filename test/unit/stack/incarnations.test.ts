/** TIME-WAIT and the next connection of the same two sockets: RFC 9293 §3.6.1 (MAY-2), RFC 6191, at the whole stack. */
import { createPipe } from '../../../src/device/pipe.js';
import { VirtualClock } from '../../../src/sim/virtual-clock.js';
import type { Endpoint } from '../../../src/stack/endpoint.js';
import { Stack } from '../../../src/stack/stack.js';
import type { TcpConfig } from '../../../src/tcp/config.js';
import { seqDiff } from '../../../src/util/seq.js';
import { SECOND } from '../../../src/util/units.js';
import { covered } from '../../support/coverage.js';
import { HostBench, ISS, PEER, US } from '../../support/host.js';
import { Recorder } from '../../support/recorder.js';
import { parsePacket, type Shape } from '../../support/segments.js';

/** A connection from port 5000 to our port 80, closed by us first: TIME-WAIT with RCV.NXT 2. */
function timeWait(ts?: number, timestamps = ts !== undefined) {
  const bench = new HostBench({ config: { timestamps } });
  const stamp = ts === undefined ? {} : { ts: [ts, 0] as const };
  bench.stack.listen({ port: 80 }, (l) => l.accept()?.close());
  const arrive = (shape: Shape) => bench.arrive(5000, 80, shape);
  arrive({ flags: 'S', seq: 0, ...stamp });
  expect(arrive({ flags: '.', seq: 1, ack: 1, ...stamp })).toEqual(['F. 1:1 ack 1']);
  expect(arrive({ flags: 'F.', seq: 1, ack: 2, ...stamp })).toEqual(['. 2:2 ack 2']);
  const [old] = [...bench.stack.demux];
  expect(old.state).toBe('TIME-WAIT');
  bench.recorder.clear();
  return { bench, old, arrive };
}

/** Our SYN,ACK to a new connection, its ISS counted from that of the old one; undefined when there was none. */
function answer(bench: HostBench, shape: Shape): number | undefined {
  bench.arrive(5000, 80, shape);
  const segment = parsePacket(bench.lastSent());
  return segment.flags === 0x12 ? seqDiff(segment.seq, (ISS | 0) as typeof segment.seq) : undefined;
}

describe('a SYN for a connection in TIME-WAIT', () => {
  test('beyond RCV.NXT: a new connection, whose ISS lies beyond all the old one sent', () => {
    const { bench, old } = timeWait();
    const iss = answer(bench, { flags: 'S', seq: 3 });
    expect(iss).toBeGreaterThan(2);
    expect(old.state).toBe('CLOSED');
    expect(bench.recorder.rules).toEqual(expect.arrayContaining(['incarnation-by-number', 'time-wait-syn', 'listen-takes-syn', 'send-syn-ack']));
    expect(bench.stack.demux.size).toBe(1);
  });

  test.each([-100, 1, 2])('at %p, not beyond RCV.NXT: an ACK, TIME-WAIT stays', (at) => {
    const { bench, old } = timeWait();
    expect(answer(bench, { flags: 'S', seq: at })).toBeUndefined();
    expect(old.state).toBe('TIME-WAIT');
    if (at < 2) expect(bench.recorder.rules).toContain('incarnation-old');
  });

  test('with a newer timestamp, whatever its number (RFC 6191)', () => {
    const { bench, old } = timeWait(1000);
    expect(answer(bench, { flags: 'S', seq: -70_000, ts: [1001, 0] })).toBeGreaterThan(2);
    expect(old.state).toBe('CLOSED');
    expect(bench.recorder.rules).toContain('incarnation-by-timestamp');
  });

  test('with an older timestamp: not', () => {
    const { bench, old } = timeWait(1000);
    expect(answer(bench, { flags: 'S', seq: 100_000, ts: [999, 0] })).toBeUndefined();
    expect(old.state).toBe('TIME-WAIT');
  });

  test('with the same timestamp the number decides', () => {
    expect(answer(timeWait(1000).bench, { flags: 'S', seq: 3, ts: [1000, 0] })).toBeGreaterThan(2);
    expect(answer(timeWait(1000).bench, { flags: 'S', seq: 2, ts: [1000, 0] })).toBeUndefined();
  });

  test('with a timestamp, where the old connection had none, whatever its number (RFC 6191)', () => {
    const { bench, old } = timeWait(undefined, true);
    expect(answer(bench, { flags: 'S', seq: -70_000, ts: [1, 0] })).toBeGreaterThan(2);
    expect(old.state).toBe('CLOSED');
    expect(bench.recorder.rules).toContain('incarnation-stamped');
  });

  test('without a timestamp, where the old connection had them: the number decides', () => {
    expect(answer(timeWait(1000).bench, { flags: 'S', seq: 3 })).toBeGreaterThan(2);
    expect(timeWait(1000).arrive({ flags: 'S', seq: 2 })).toEqual(['. 2:2 ack 2']);
  });

  test('a SYN,ACK is not one', () => {
    const { bench, old } = timeWait();
    expect(answer(bench, { flags: 'S.', seq: 50, ack: 2 })).toBeUndefined();
    expect(old.state).toBe('TIME-WAIT');
  });

  test('nobody listens any more: it is not taken', () => {
    const { bench, old } = timeWait();
    const listener = bench.stack.listenerFor(US, 80);
    listener?.close();
    expect(answer(bench, { flags: 'S', seq: 3 })).toBeUndefined();
    expect(old.state).toBe('TIME-WAIT');
  });

  test('after 2 MSL nothing is remembered', () => {
    const { bench, arrive } = timeWait();
    bench.clock.advance(60 * SECOND);
    expect(bench.stack.demux.size).toBe(0);
    expect(arrive({ flags: 'S', seq: -9 })).toEqual([expect.stringMatching(/^S\. /) as string]);
  });

  test('RST ends it (RFC 9293 §3.10.7.4)', () => {
    const { bench, arrive } = timeWait();
    expect(arrive({ flags: 'R', seq: 2 })).toEqual([]);
    expect(bench.stack.demux.size).toBe(0);
  });
});

describe('two stacks on a pipe', () => {
  function pair(config: Partial<TcpConfig> = {}) {
    const clock = new VirtualClock();
    const [left, right] = createPipe({ clock });
    const recorder = new Recorder();
    const make = (device: typeof left, address: typeof US, key: number) =>
      new Stack({ device, clock, addresses: [address], secret: new Uint8Array(16).fill(key), config, tracer: covered(recorder) });
    return { clock, recorder, a: make(left, PEER, 1), b: make(right, US, 2) };
  }
  const silent = { signals: () => undefined };

  test('the same two ports, again and again, while the server still waits out the last time', () => {
    const { clock, recorder, a, b } = pair();
    const served: Endpoint[] = [];
    b.listen({ port: 80 }, (l) => {
      const e = l.accept();
      if (e === undefined) return;
      served.push(e);
      e.close(); // the server closes first: TIME-WAIT is its own
    });
    for (let i = 1; i <= 5; i++) {
      const client = a.connect({ remote: US, remotePort: 80, localPort: 5000 }, { signals: (e) => { if (e.state === 'CLOSE-WAIT') e.close(); } });
      if (typeof client === 'string') throw new Error(client);
      expect(clock.run(() => client.state === 'CLOSED', SECOND)).toBe(true);
      expect(client.failure).toBeNull();
      expect(served).toHaveLength(i);
      expect(served.at(-1)?.state).toBe('TIME-WAIT');
      clock.advance(10_000);
    }
    expect(recorder.rules.filter((r) => r === 'time-wait-syn')).toHaveLength(4);
    clock.advance(60 * SECOND);
    expect([a.demux.size, b.demux.size]).toEqual([0, 0]);
  });

  describe('an active OPEN from a port in TIME-WAIT', () => {
    const reuse = { timeWaitReuse: true, timeWaitReuseDelay: SECOND };

    /** Opens from port 5000 and closes first: TIME-WAIT at a. */
    function closed(config: Partial<TcpConfig>) {
      const world = pair(config);
      const { a, b, clock } = world;
      b.listen({ port: 80 }, (l) => { const e = l.accept(); e?.attach({ signals: (s) => { if (s.state === 'CLOSE-WAIT') s.close(); } }); });
      const again = () => a.connect({ remote: US, remotePort: 80, localPort: 5000 }, silent);
      const first = again();
      if (typeof first === 'string') throw new Error(first);
      expect(clock.run(() => first.state === 'ESTABLISHED', SECOND)).toBe(true);
      first.close();
      expect(clock.run(() => first.state === 'TIME-WAIT', SECOND)).toBe(true);
      return { ...world, first, again };
    }

    test('takes its place with tcp_tw_reuse, when the last timestamp is a second old', () => {
      const { a, clock, recorder, first, again } = closed(reuse);
      expect(again()).toBe('address-in-use');
      clock.advance(SECOND);
      expect(again()).toBe('address-in-use');
      clock.advance(1);
      const second = again();
      if (typeof second === 'string') throw new Error(second);
      expect(first.state).toBe('CLOSED');
      expect(recorder.rules).toContain('time-wait-reused');
      expect(seqDiff(second.connection.tcb.iss, first.connection.tcb.sndNxt)).toBe(65_537);
      expect(clock.run(() => second.state === 'ESTABLISHED', SECOND)).toBe(true);
      expect(a.demux.size).toBe(1);
    });

    test.each([[{}], [{ ...reuse, timestamps: false }]])('does not with %j', (config) => {
      const { clock, first, again } = closed(config);
      clock.advance(10 * SECOND);
      expect(again()).toBe('address-in-use');
      expect(first.state).toBe('TIME-WAIT');
    });

    test('only TIME-WAIT gives way', () => {
      const { a, b, clock } = pair(reuse);
      b.listen({ port: 80 }, () => undefined);
      const first = a.connect({ remote: US, remotePort: 80, localPort: 5000 }, silent);
      clock.advance(10 * SECOND);
      expect(typeof first).not.toBe('string');
      expect(a.connect({ remote: US, remotePort: 80, localPort: 5000 }, silent)).toBe('address-in-use');
    });
  });

  test('both open at once', () => {
    const { clock, a, b } = pair();
    const left = a.connect({ remote: US, remotePort: 2000, localPort: 1000 }, silent);
    const right = b.connect({ remote: PEER, remotePort: 1000, localPort: 2000 }, silent);
    if (typeof left === 'string' || typeof right === 'string') throw new Error('connect');
    expect(clock.run(() => left.state === 'ESTABLISHED' && right.state === 'ESTABLISHED', SECOND)).toBe(true);
    left.close();
    right.close();
    expect(clock.run(() => left.state === 'TIME-WAIT' && right.state === 'TIME-WAIT', SECOND)).toBe(true);
    clock.advance(60 * SECOND);
    expect([a.demux.size, b.demux.size]).toEqual([0, 0]);
  });

  test('text both ways, in order, to the last octet', () => {
    const { clock, a, b } = pair();
    const total = 300_000;
    const bytes = Uint8Array.from({ length: total }, (_, i) => (i * 31) >> 3);
    const party = () => {
      const state = { sent: 0, got: new Uint8Array(total), received: 0, ended: false };
      const signals = (e: Endpoint): void => {
        for (;;) {
          const n = e.receive(state.got, state.received, total);
          if (n === 'connection-closing') state.ended = true;
          if (typeof n !== 'number' || n === 0) break;
          state.received += n;
        }
        const n = state.sent < total ? e.send(bytes, state.sent, total) : 0;
        if (typeof n === 'number') state.sent += n;
        if (state.sent === total) e.close();
      };
      return { state, signals };
    };
    const [left, right] = [party(), party()];
    b.listen({ port: 80 }, (l) => l.accept()?.attach(right));
    a.connect({ remote: US, remotePort: 80 }, left);
    expect(clock.run(() => left.state.ended && right.state.ended, 10 * SECOND)).toBe(true);
    for (const { state } of [left, right]) expect(Buffer.compare(state.got, bytes)).toBe(0);
  });
});
