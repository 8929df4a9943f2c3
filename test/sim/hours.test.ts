/** Hours and days of TCP in milliseconds: what only shows when one waits long enough. */
import { Network, type NetworkOptions } from '../../src/sim/network.js';
import type { Endpoint } from '../../src/stack/endpoint.js';
import type { TcpConfig } from '../../src/tcp/config.js';
import { HOUR, MILLISECOND, MINUTE, SECOND } from '../../src/util/units.js';
import { Pattern } from './pattern.js';
import { stream } from './stream.js';

interface Pair {
  readonly network: Network;
  readonly a: Endpoint;
  readonly b: Endpoint;
  /** Packets that each side has sent so far. */
  readonly sent: { a: number; b: number };
}

/** An open connection from a to b whose users do nothing by themselves. */
function open(config: Partial<TcpConfig> = {}, options: NetworkOptions = {}): Pair {
  const sent = { a: 0, b: 0 };
  const network = new Network({
    ...options,
    a: { config, ...options.a, watch: (_packet, _at, direction) => void (direction === 'out' && sent.a++) },
    b: { config, ...options.b, watch: (_packet, _at, direction) => void (direction === 'out' && sent.b++) },
  });
  let b: Endpoint | undefined;
  network.b.stack.listen({ port: 7 }, (listener) => (b = listener.accept()));
  const a = network.a.stack.connect({ remote: network.b.address, remotePort: 7 }, { signals: () => undefined });
  if (typeof a === 'string') throw new Error(`connect: ${a}`);
  if (!network.run(() => a.state === 'ESTABLISHED' && b?.state === 'ESTABLISHED', MINUTE) || b === undefined) throw new Error('it did not open');
  return { network, a, b, sent };
}

const pattern = new Pattern(1);
const LOST = { loss: 1 };

function readAll(endpoint: Endpoint): number {
  const buffer = new Uint8Array(65_536);
  let total = 0;
  for (let n = endpoint.receive(buffer); typeof n === 'number' && n > 0; n = endpoint.receive(buffer)) total += n;
  return total;
}

describe('hours of TCP', () => {
  it.each([true, false])('a window closed for three hours: probed more and more seldom, never given up (MUST-37); delayed ACKs %s', (delayed) => {
    const { network, a, b, sent } = open({ receiveBuffer: 4096, sendBuffer: 65_536, delayedAck: delayed ? 40 * MILLISECOND : 0 });
    const taken = a.send(pattern.at(0, 20_000), 0, 20_000);
    network.advance(3 * HOUR);
    expect([a.state, b.state, a.failure, b.failure]).toEqual(['ESTABLISHED', 'ESTABLISHED', null, null]);
    expect(sent.a).toBeLessThan(120);
    expect(sent.a).toBeGreaterThan(80); // every two minutes at the least
    let received = 0;
    network.run(() => (received += readAll(b)) === taken, 10 * MINUTE);
    expect(received).toBe(taken);
    expect([a.state, a.failure]).toEqual(['ESTABLISHED', null]);
  });

  it('a FIN that waits behind a closed window for three hours still arrives', () => {
    const { network, a, b } = open({ receiveBuffer: 4096, receiveBufferMax: 4096, initialReceiveWindow: Infinity, finInClosedWindow: false });
    a.send(pattern.at(0, 4096), 0, 4096);
    a.close();
    network.advance(3 * HOUR);
    expect([a.state, a.failure, b.failure]).toEqual(['FIN-WAIT-1', null, null]);
    expect(readAll(b)).toBe(4096);
    expect(network.run(() => b.state === 'CLOSE-WAIT' && a.state === 'FIN-WAIT-2', 5 * MINUTE)).toBe(true);
  });

  it('a peer that dies with text on its way: given up when R2 is reached (RFC 9293 §3.8.3), not before', () => {
    const { network, a } = open({ r2: 10 * MINUTE, rtoMax: 60 * SECOND });
    network.a.netem.impair('out', LOST);
    a.send(pattern.at(0, 1000), 0, 1000);
    network.advance(10 * MINUTE - SECOND);
    expect(a.state).toBe('ESTABLISHED');
    network.advance(2 * SECOND);
    expect([a.state, a.failure]).toEqual(['CLOSED', 'timed-out']);
    expect(network.a.stack.demux.size).toBe(0);
  });

  it('a peer that dies with its window closed: probes end when R2 is reached', () => {
    const { network, a } = open({ receiveBuffer: 1024, r2: 10 * MINUTE });
    a.send(pattern.at(0, 5000), 0, 5000);
    network.advance(HOUR);
    expect(a.state).toBe('ESTABLISHED');
    network.a.netem.impair('out', LOST);
    network.advance(15 * MINUTE);
    expect([a.state, a.failure]).toEqual(['CLOSED', 'timed-out']);
  });

  it('text after an idle hour to a closed window: the first lost probe is not the last', () => {
    const { network, a, b } = open({ receiveBuffer: 1024, r2: 10 * MINUTE });
    a.send(pattern.at(0, 1024), 0, 1024);
    network.advance(HOUR);
    network.a.netem.impair('out', LOST);
    a.close();
    network.advance(5 * MINUTE);
    network.a.netem.impair('out', {});
    expect([a.state, a.failure]).toEqual(['FIN-WAIT-1', null]);
    readAll(b);
    expect(network.run(() => b.state === 'CLOSE-WAIT', 10 * MINUTE)).toBe(true);
  });

  it('a user timeout counts from what is owed, not from the last time something was', () => {
    const { network, a } = open({ receiveBuffer: 1024, userTimeout: 10 * MINUTE, finInClosedWindow: false });
    a.send(pattern.at(0, 1024), 0, 1024);
    network.advance(HOUR);
    a.close(); // behind a closed window
    network.advance(9 * MINUTE);
    expect([a.state, a.failure]).toEqual(['FIN-WAIT-1', null]);
    network.advance(2 * MINUTE);
    expect([a.state, a.failure]).toEqual(['CLOSED', 'user-timeout']);
  });

  it('keep-alives: a silent peer that lives keeps the connection, one that is dead ends it', () => {
    const { network, a, b, sent } = open({ keepAlive: true });
    const before = sent.a + sent.b;
    network.advance(24 * HOUR);
    expect([a.state, b.state]).toEqual(['ESTABLISHED', 'ESTABLISHED']);
    expect(sent.a + sent.b - before).toBeGreaterThanOrEqual(22); // a probe and its answer every two hours
    expect(sent.a + sent.b - before).toBeLessThan(60);
    network.b.netem.impair('out', LOST);
    network.advance(2 * HOUR + 10 * 75 * SECOND);
    expect([a.state, a.failure]).toEqual(['CLOSED', 'timed-out']);
  });

  it.each([3, 30, 60])('%i idle days without a packet, and the connection still works both ways', (days) => {
    const { network, a, b, sent } = open();
    a.send(pattern.at(0, 100), 0, 100);
    b.send(pattern.at(0, 100), 0, 100);
    network.advance(MINUTE);
    readAll(a);
    readAll(b);
    const before = sent.a + sent.b;
    network.advance(days * 24 * HOUR);
    expect(sent.a + sent.b).toBe(before);
    a.send(pattern.at(0, 5000), 0, 5000);
    b.send(pattern.at(0, 5000), 0, 5000);
    network.advance(10 * SECOND);
    expect([readAll(a), readAll(b)]).toEqual([5000, 5000]);
    a.close();
    b.close();
    expect(network.settle(HOUR)).toBe(true);
    expect([a.state, a.failure, b.state, b.failure]).toEqual(['CLOSED', null, 'CLOSED', null]);
  });

  it('a fifth of all packets lost in both directions: slow, but everything arrives', () => {
    const out = { loss: 0.2, delay: 20 * MILLISECOND };
    const result = stream(200_000, { seed: 3, a: { out }, b: { out } });
    expect(result).toMatchObject({ received: 200_000, wrong: -1, orderly: true });
  });

  it('an orphan whose peer never finishes leaves FIN-WAIT-2 by itself', () => {
    const { network, a } = open({ finWait2Timeout: 60 * SECOND });
    a.release();
    network.advance(SECOND);
    expect(a.state).toBe('FIN-WAIT-2');
    network.advance(2 * MINUTE);
    expect(a.state).toBe('CLOSED');
  });
});
