/** Ports that are shared with the host's own programs: held before the first segment, given back once, after the last. */
import type { Endpoint } from '../../../src/stack/endpoint.js';
import type { Listener } from '../../../src/stack/listener.js';
import type { StackOptions } from '../../../src/stack/stack.js';
import { SECOND } from '../../../src/util/units.js';
import { HostBench, PEER, US, Wire } from '../../support/host.js';
import { SharedPorts } from '../../support/shared-ports.js';

const silent = { signals: () => undefined };

function sharing(options: Partial<StackOptions> = {}): { bench: HostBench; ports: SharedPorts } {
  const ports = new SharedPorts();
  const wire = new Wire();
  wire.ports = ports;
  return { bench: new HostBench(options, wire), ports };
}

function must(made: Endpoint | string): Endpoint {
  if (typeof made === 'string') throw new Error(made);
  return made;
}

const listening = (made: Listener | string): Listener => {
  if (typeof made === 'string') throw new Error(made);
  return made;
};

describe('active OPEN', () => {
  test('the port is held when the SYN goes out, until the refusal', () => {
    const { bench, ports } = sharing();
    const heldAtSend: string[][] = [];
    const send = bench.wire.send.bind(bench.wire);
    bench.wire.send = (packet) => (heldAtSend.push(ports.list), send(packet));
    must(bench.stack.connect({ remote: PEER, remotePort: 80, localPort: 5000 }, silent));
    expect(heldAtSend).toEqual([['192.0.2.2 5000']]);
    bench.arrive(80, 5000, { flags: 'R.', seq: 0, ack: 1 });
    expect(ports.list).toEqual([]);
  });

  test('TIME-WAIT still holds it, and nothing after', () => {
    const { bench, ports } = sharing({ config: { msl: SECOND } });
    const e = must(bench.stack.connect({ remote: PEER, remotePort: 80, localPort: 5000 }, silent));
    bench.arrive(80, 5000, { flags: 'S.', seq: 0, ack: 1 });
    e.close();
    bench.arrive(80, 5000, { flags: 'F.', seq: 1, ack: 2 });
    expect([e.state, ports.list]).toEqual(['TIME-WAIT', ['192.0.2.2 5000']]);
    bench.clock.advance(1.9 * SECOND);
    expect(ports.list).toEqual(['192.0.2.2 5000']);
    bench.clock.advance(0.2 * SECOND);
    expect([e.state, ports.list]).toEqual(['CLOSED', []]);
  });

  test('a port that another program has: address-in-use, and no segment', () => {
    const { bench, ports } = sharing();
    ports.others.add(5000);
    expect(bench.stack.connect({ remote: PEER, remotePort: 80, localPort: 5000 }, silent)).toBe('address-in-use');
    expect([bench.out(), ports.list, bench.stack.demux.size]).toEqual([[], [], 0]);
  });

  test('ephemeral ports that another program has are passed over', () => {
    const { bench, ports } = sharing({ ports: { first: 40_000, last: 40_009 } });
    for (let port = 40_000; port < 40_009; port++) ports.others.add(port);
    expect(must(bench.stack.connect({ remote: PEER, remotePort: 80 }, silent)).connection.localPort).toBe(40_009);
    expect(ports.list).toEqual(['192.0.2.2 40009']);
    expect(bench.stack.connect({ remote: PEER, remotePort: 80 }, silent)).toBe('no-port-left');
    expect(ports.list).toEqual(['192.0.2.2 40009']);
  });

  test('not for ever: after a hundred of them there is none left', () => {
    const { bench, ports } = sharing();
    for (let port = 1; port < 65_536; port++) ports.others.add(port);
    expect(bench.stack.connect({ remote: PEER, remotePort: 80 }, silent)).toBe('no-port-left');
    expect(ports.refused).toBe(100);
  });

  test('two connections from one port hold it twice', () => {
    const { bench, ports } = sharing();
    const first = must(bench.stack.connect({ remote: PEER, remotePort: 80, localPort: 5000 }, silent));
    const second = must(bench.stack.connect({ remote: PEER, remotePort: 81, localPort: 5000 }, silent));
    expect(ports.list).toEqual(['192.0.2.2 5000', '192.0.2.2 5000']);
    first.abort();
    expect(ports.list).toEqual(['192.0.2.2 5000']);
    second.abort();
    second.abort();
    expect([ports.list, ports.complaints]).toEqual([[], []]);
  });

  test('a configuration out of range is the caller\'s to hear, and holds nothing', () => {
    const { bench, ports } = sharing();
    expect(() => bench.stack.connect({ remote: PEER, remotePort: 80, config: { msl: -1 } }, silent)).toThrow(RangeError);
    expect(ports.list).toEqual([]);
  });
});

describe('passive OPEN', () => {
  test('a listener for any address holds the port on each of ours; one for an address on that one', () => {
    const { bench, ports } = sharing();
    const any = listening(bench.stack.listen({ port: 80 }, () => undefined));
    expect(ports.list).toEqual(['192.0.2.2 80', '2001:db8::2 80']);
    const one = listening(bench.stack.listen({ port: 80, local: US }, () => undefined));
    const six = listening(bench.stack.listen({ port: 81, version: 6 }, () => undefined));
    expect(ports.list).toEqual(['192.0.2.2 80', '192.0.2.2 80', '2001:db8::2 80', '2001:db8::2 81']);
    for (const listener of [any, one, six, any]) listener.close();
    expect([ports.list, ports.complaints]).toEqual([[], []]);
  });

  test('a port that another program has: address-in-use, and what was held already is given back', () => {
    const { bench, ports } = sharing();
    const claim = ports.claim.bind(ports);
    ports.claim = (local, port) => local.isV4 && claim(local, port); // only the second address's port is another program's
    expect(bench.stack.listen({ port: 80 }, () => undefined)).toBe('address-in-use');
    expect(ports.list).toEqual([]);
    expect(bench.stack.listen({ port: 80, local: US }, () => undefined)).toMatchObject({ port: 80 });
  });

  test('each connection holds the port for itself, beyond its listener', () => {
    const { bench, ports } = sharing({ config: { msl: SECOND } });
    let accepted: Endpoint | undefined;
    const listener = listening(bench.stack.listen({ port: 80, local: US }, (l) => { accepted = l.accept(); }));
    bench.open(5000, 80);
    expect(ports.list).toEqual(['192.0.2.2 80', '192.0.2.2 80']);
    listener.close();
    expect(ports.list).toEqual(['192.0.2.2 80']);
    accepted?.close();
    bench.arrive(5000, 80, { flags: 'F.', seq: 1, ack: 2 });
    expect(ports.list).toEqual(['192.0.2.2 80']);
    bench.clock.advance(2.1 * SECOND);
    expect([ports.list, ports.complaints]).toEqual([[], []]);
  });

  test('a new incarnation out of TIME-WAIT neither leaks the old hold nor gives it back twice', () => {
    const { bench, ports } = sharing();
    bench.stack.listen({ port: 80, local: US }, (l) => l.accept()?.close());
    bench.open(5000, 80);
    bench.arrive(5000, 80, { flags: 'F.', seq: 1, ack: 2 });
    expect([...bench.stack.demux].map((e) => e.state)).toEqual(['TIME-WAIT']);
    bench.arrive(5000, 80, { flags: 'S', seq: 100 });
    expect([...bench.stack.demux].map((e) => e.state)).toEqual(['SYN-RECEIVED']);
    expect([ports.list, ports.complaints]).toEqual([['192.0.2.2 80', '192.0.2.2 80'], []]);
  });

  test('a SYN cookie holds nothing but its listener\'s', () => {
    const { bench, ports } = sharing({ config: { synCookies: 'always' } });
    bench.stack.listen({ port: 80, local: US }, () => undefined);
    bench.arrive(5000, 80, { flags: 'S', seq: 0, mss: 1460 });
    expect([bench.recorder.rules.includes('syn-cookie-sent'), ports.list]).toEqual([true, ['192.0.2.2 80']]);
  });

  test('a free port to listen on is free of other programs', () => {
    const { bench, ports } = sharing({ ports: { first: 40_000, last: 40_002 } });
    ports.others.add(40_000).add(40_002);
    expect(bench.stack.freePort()).toBe(40_001);
    expect(ports.list).toEqual([]);
  });
});

test('stop() gives everything back, once, and takes nothing more', () => {
  const { bench, ports } = sharing();
  const listener = listening(bench.stack.listen({ port: 80, local: US }, () => undefined));
  bench.open(5000, 80);
  const e = must(bench.stack.connect({ remote: PEER, remotePort: 80, localPort: 6000 }, silent));
  expect(ports.list).toHaveLength(3);
  bench.stack.stop();
  expect(ports.list).toEqual([]);
  e.abort();
  listener.close();
  expect(bench.stack.connect({ remote: PEER, remotePort: 80, localPort: 6000 }, silent)).toBe('address-in-use');
  expect([ports.list, ports.complaints]).toEqual([[], []]);
});

test('where addresses are ours alone nothing is held', () => {
  const bench = new HostBench();
  expect(must(bench.stack.connect({ remote: PEER, remotePort: 80 }, silent)).state).toBe('SYN-SENT');
  bench.stack.stop();
  expect(must(bench.stack.connect({ remote: PEER, remotePort: 80 }, silent)).state).toBe('SYN-SENT');
});
