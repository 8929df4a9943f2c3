/** Passive OPEN as users have it: backlog, SYN queue, closing, and the life of what was accepted. */
import type { TcpConfig } from '../../../src/tcp/config.js';
import { Signal } from '../../../src/tcp/tcb.js';
import type { Endpoint } from '../../../src/stack/endpoint.js';
import type { Listener, ListenOptions } from '../../../src/stack/listener.js';
import { SECOND } from '../../../src/util/units.js';
import { HostBench, US, US6 } from '../../support/host.js';

function serving(options: Partial<ListenOptions> = {}, accept = true, config: Partial<TcpConfig> = {}) {
  const bench = new HostBench({ config });
  const accepted: Endpoint[] = [];
  const signals: number[] = [];
  let calls = 0;
  const ready = (l: Listener): void => {
    calls++;
    for (let e = accept ? l.accept() : undefined; e !== undefined; e = l.accept()) {
      accepted.push(e);
      e.attach({ signals: (_e, s) => void signals.push(s) });
    }
  };
  const listener = bench.stack.listen({ port: 80, ...options }, ready);
  if (typeof listener === 'string') throw new Error(listener);
  return { bench, listener, accepted, signals, calls: () => calls };
}

describe('accepting', () => {
  test('the user hears of a connection when it is established, not before', () => {
    const { bench, accepted, calls } = serving();
    expect(bench.arrive(5000, 80, { flags: 'S', seq: 0, mss: 1460 })).toEqual(['S. 0:0 ack 1']);
    expect(calls()).toBe(0);
    expect(bench.arrive(5000, 80, { flags: '.', seq: 1, ack: 1 })).toEqual([]);
    expect(accepted).toHaveLength(1);
    expect(accepted[0].state).toBe('ESTABLISHED');
  });

  test('text and FIN, then everything back, to the end', () => {
    const { bench, accepted, signals } = serving();
    bench.open(5000, 80);
    expect(bench.arrive(5000, 80, { flags: 'FP.', seq: 1, ack: 1, data: 100 })).toEqual([]); // our FIN may carry the ACK
    expect(signals.some((s) => (s & Signal.PeerFinished) !== 0)).toBe(true);
    const [e] = accepted;
    const into = new Uint8Array(200);
    expect(e.receive(into)).toBe(100);
    expect(e.send(into, 0, 100)).toBe(100);
    expect(e.close()).toBeNull();
    expect(bench.out()).toEqual(['P. 1:101 ack 102', 'F. 101:101 ack 102']);
    bench.arrive(5000, 80, { flags: '.', seq: 102, ack: 102 });
    expect(e.state).toBe('CLOSED');
    expect(bench.stack.demux.size).toBe(0);
    expect(bench.clock.next).toBe(Infinity);
  });

  test('connections are told apart by the peer\'s port', () => {
    const { bench, accepted } = serving();
    for (const port of [5000, 5001, 5002]) bench.open(port, 80);
    bench.arrive(5001, 80, { flags: 'P.', seq: 1, ack: 1, data: 7 });
    expect(accepted.map((e) => e.receive(new Uint8Array(10)))).toEqual([0, 7, 0]);
  });

  test('a batch of packets is answered once for each connection (MUST-59)', () => {
    const { bench } = serving();
    bench.open(5000, 80);
    expect(bench.arrive(5000, 80, ...[0, 1, 2, 3].map((i) => ({ flags: '.', seq: 1 + 1460 * i, ack: 1, data: 1460 })))).toEqual(['. 1:1 ack 5841']);
  });

  test('a handshake that is reset leaves nothing', () => {
    const { bench, listener } = serving();
    bench.arrive(5000, 80, { flags: 'S', seq: 0 });
    expect(listener.embryonic).toBe(1);
    expect(bench.arrive(5000, 80, { flags: 'R', seq: 1 })).toEqual([]);
    expect([listener.embryonic, bench.stack.demux.size]).toEqual([0, 0]);
    bench.open(5000, 80);
    expect(bench.stack.demux.size).toBe(1);
  });

  test('a handshake that is never finished is given up after 3 minutes', () => {
    const { bench, listener } = serving();
    bench.arrive(5000, 80, { flags: 'S', seq: 0 });
    bench.clock.advance(179_999_999);
    expect(listener.embryonic).toBe(1);
    bench.clock.advance(1);
    expect([listener.embryonic, bench.stack.demux.size]).toEqual([0, 0]);
  });
});

describe('limits', () => {
  test('backlog: a backlog of 1 holds two connections, more SYNs are dropped', () => {
    const { bench, listener } = serving({ backlog: 1 }, false);
    for (const port of [1, 2]) bench.open(port, 80);
    expect(listener.waiting).toBe(2);
    expect(bench.arrive(3, 80, { flags: 'S', seq: 0 })).toEqual([]);
    expect(bench.recorder.rules.at(-1)).toBe('backlog-full');
    expect(listener.accept()?.connection.remotePort).toBe(1);
    expect(bench.arrive(3, 80, { flags: 'S', seq: 0 })).toEqual(['S. 0:0 ack 1']); // the peer tries again
    expect(listener.accept()?.connection.remotePort).toBe(2);
    expect(listener.accept()).toBeUndefined();
  });

  const three = [1, 2, 3];
  test('three handshakes for two places: the ACK of the third is ignored until there is room', () => {
    const { bench, listener } = serving({ backlog: 1, synQueue: 10 }, false);
    for (const port of three) bench.arrive(port, 80, { flags: 'S', seq: 0 });
    for (const port of three) expect(bench.arrive(port, 80, { flags: '.', seq: 1, ack: 1 })).toEqual([]);
    expect([listener.waiting, listener.embryonic]).toEqual([2, 1]);
    expect(bench.recorder.rules).toContain('overflow-held');
    bench.clock.advance(SECOND);
    expect(bench.out()).toEqual(['S. 0:0 ack 1']);
    listener.accept();
    bench.arrive(3, 80, { flags: '.', seq: 1, ack: 1 });
    expect([listener.waiting, listener.embryonic]).toEqual([2, 0]);
  });

  test('the same with abortOnOverflow: RST', () => {
    const { bench, listener } = serving({ backlog: 1, synQueue: 10 }, false, { abortOnOverflow: true });
    for (const port of three) bench.arrive(port, 80, { flags: 'S', seq: 0 });
    expect(three.map((port) => bench.arrive(port, 80, { flags: '.', seq: 1, ack: 1 }))).toEqual([[], [], ['R 1:1']]);
    expect([listener.waiting, listener.embryonic, bench.stack.demux.size]).toEqual([2, 0, 2]);
  });

  test('SYN queue: so many handshakes at a time', () => {
    const { bench, listener } = serving({ synQueue: 3 }, true, { synCookies: 'off' });
    const replies = [1, 2, 3, 4].map((port) => bench.arrive(port, 80, { flags: 'S', seq: 0 }).length);
    expect(replies).toEqual([1, 1, 1, 0]);
    expect(bench.recorder.rules.at(-1)).toBe('syn-queue-full');
    bench.arrive(1, 80, { flags: '.', seq: 1, ack: 1 });
    expect(listener.embryonic).toBe(2);
    expect(bench.arrive(4, 80, { flags: 'S', seq: 0 })).toHaveLength(1);
  });

  test('a flood of SYNs holds no more memory than the queue', () => {
    const { bench } = serving({ synQueue: 50 });
    for (let port = 1; port < 5000; port++) bench.arrive(port, 80, { flags: 'S', seq: 0 });
    expect(bench.stack.demux.size).toBe(50);
  });
});

describe('who listens', () => {
  test('an address of its own goes before any address', () => {
    const bench = new HostBench();
    const any = bench.stack.listen({ port: 80 }, () => undefined);
    const own = bench.stack.listen({ port: 80, local: US }, () => undefined);
    expect(bench.stack.listenerFor(US, 80)).toBe(own);
    expect(bench.stack.listenerFor(US6, 80)).toBe(any);
    expect(bench.stack.listenerFor(US, 81)).toBeUndefined();
  });

  test('errors', () => {
    const bench = new HostBench();
    expect(bench.stack.listen({ port: 0 }, () => undefined)).toBe('invalid-port');
    expect(bench.stack.listen({ port: 70_000 }, () => undefined)).toBe('invalid-port');
    expect(bench.stack.listen({ port: 80, local: bench.stack.addresses[0] }, () => undefined)).not.toBe('address-in-use');
    expect(bench.stack.listen({ port: 80, local: US }, () => undefined)).toBe('address-in-use');
  });

  test('closing: what waits is reset, handshakes are dropped, established connections live on', () => {
    const { bench, listener, accepted } = serving();
    bench.open(1, 80);
    bench.arrive(2, 80, { flags: 'S', seq: 0 });
    listener.close();
    expect(bench.out().every((line) => line.startsWith('R'))).toBe(true);
    expect(accepted[0].state).toBe('ESTABLISHED');
    expect(bench.stack.demux.size).toBe(1);
    expect(bench.arrive(3, 80, { flags: 'S', seq: 0 })).toEqual([expect.stringMatching(/^R\./) as string]);
    expect(bench.stack.listen({ port: 80 }, () => undefined)).not.toBe('address-in-use');
  });

  test('closing with connections that nobody accepted', () => {
    const { bench, listener } = serving({}, false);
    bench.open(1, 80);
    listener.close();
    expect(bench.out()).toEqual(['R. 1:1 ack 1']);
    expect(bench.stack.demux.size).toBe(0);
  });
});
