/** The raw device on a package that the test plays: what is taken, what is sent, what is refused, and how it ends. */
import { DeviceError } from '../../../src/device/errors.js';
import { RawDevice } from '../../../src/device/raw.js';
import { checkRawOptions, type RawOptions } from '../../../src/device/raw-options.js';
import { loadRawPackage } from '../../../src/device/raw-package.js';
import { RstGuard } from '../../../src/device/rst-guard.js';
import { Address } from '../../../src/util/address.js';
import { seq } from '../../../src/util/seq.js';
import { Packet } from '../../../src/wire/packet.js';
import { printPacket } from '../../../src/wire/print.js';
import { ManualClock } from '../../support/manual-clock.js';
import { buildPacket } from '../../support/segments.js';

const V4 = Address.from('127.0.0.1');
const V6 = Address.from('::1');
type Listeners = { message?: (octets: Uint8Array, source: string) => void; error?: (error: Error) => void; close?: () => void };

/** raw-socket as its index.js is: one buffer for all messages, one send for each call of onSendReady. */
class FakeSocket {
  readonly inbox: { octets: Uint8Array; source: string }[] = [];
  readonly sent: { octets: Uint8Array; to: string }[] = [];
  readonly options: [number, number][] = [];
  readonly requests: { octets: Uint8Array; to: string; sent: (error: Error | null) => void }[] = [];
  refusal: string | null = null;
  closed = 0;
  private readonly buffer = new Uint8Array(70_000);
  private readonly listeners: Listeners = {};

  on(event: keyof Listeners, listener: never): void {
    this.listeners[event] = listener;
  }

  send(octets: Uint8Array, offset: number, length: number, to: string, sent: (error: Error | null) => void): void {
    this.requests.push({ octets: octets.subarray(offset, offset + length), to, sent });
  }

  setOption(level: number, option: number): void {
    this.options.push([level, option]);
  }

  onRecvReady(): void {
    const next = this.inbox.shift();
    if (next === undefined) {
      this.fail('Resource temporarily unavailable');
      return;
    }
    this.buffer.set(next.octets);
    this.listeners.message?.(this.buffer.subarray(0, next.octets.length), next.source);
    this.buffer.fill(0xee);
  }

  onSendReady(): void {
    const next = this.requests.shift();
    if (next === undefined) return;
    if (this.refusal === null) this.sent.push({ octets: next.octets.slice(), to: next.to });
    next.sent(this.refusal === null ? null : new Error(this.refusal));
  }

  close(): void {
    this.closed++;
    this.listeners.close?.();
  }

  fail(message: string): void {
    this.listeners.error?.(new Error(message));
  }

  /** As when the loop finds the socket readable. */
  arrive(octets: Uint8Array, source = '127.0.0.1'): void {
    this.inbox.push({ octets, source });
    this.onRecvReady();
  }
}

function bench(options: Partial<RawOptions> = {}, ownHeader = true) {
  const socket = new FakeSocket();
  const clock = new ManualClock(5);
  const all = { addresses: ['127.0.0.1', '127.0.0.2'], clock, guard: false, ...options };
  const device = new RawDevice({ socket, ownHeader }, checkRawOptions(all), all);
  const log: string[] = [];
  device.open((packet) => log.push(printPacket(packet).replace(/, win .*/, '')), () => log.push('end'));
  return { socket, device, log, clock };
}

function errorOf(what: () => unknown): DeviceError {
  try {
    what();
  } catch (error) {
    if (error instanceof DeviceError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
const segment = (port: number, n = 1, address = V4, data = 0): Packet =>
  buildPacket({ flags: 'F.', seq: n, ack: 1, data }, { address, port: 7 }, { address, port }, seq(0), seq(0));
const octets = (packet: Packet, from = 0): Uint8Array => packet.bytes.slice(from, packet.end);

describe('what comes in', () => {
  test('packets to claimed ports are delivered in order, in the next turn, in one batch, out of the shared buffer', async () => {
    const { socket, device, log } = bench();
    expect(device.ports.claim(V4, 80)).toBe(true);
    socket.arrive(octets(segment(80, 1)));
    socket.inbox.push({ octets: octets(segment(80, 2)), source: '' }, { octets: octets(segment(80, 3)), source: '' });
    expect(log).toEqual([]);
    await turn();
    expect(log).toEqual([1, 2, 3].map((n) => `127.0.0.1.7 > 127.0.0.1.80: Flags [F.], seq ${n}, ack 1`).concat(['end']));
    expect(device.counters).toMatchObject({ rxPackets: 3, rxBytes: 120, wakeUps: 1, passedOver: 0, lastError: '' });
    device.close();
  });

  test('packets for others are passed over: another port, another address of ours, after the release', async () => {
    const { socket, device, log } = bench();
    device.ports.claim(V4, 80);
    socket.arrive(octets(segment(81)));
    socket.arrive(octets(segment(80, 1, Address.from('127.0.0.2'))));
    socket.arrive(Uint8Array.of(0x45, 0, 0, 10));
    device.ports.release(V4, 80);
    socket.arrive(octets(segment(80)));
    await turn();
    expect([log, device.counters.rxPackets]).toEqual([[], 0]);
    expect(device.counters.passedOver).toBe(3); // what is too short to have a port is nobody's
    device.close();
  });

  test('poll() delivers at once what has arrived', () => {
    const { socket, device, log } = bench();
    device.ports.claim(V4, 80);
    socket.inbox.push({ octets: octets(segment(80)), source: '' });
    device.poll();
    expect(log).toEqual([expect.any(String), 'end']);
    device.close();
  });

  test('65,535 octets, whatever the MTU; beyond it the size of the segments is known', () => {
    const { socket, device } = bench({ mtu: 1500 });
    const got: number[][] = [];
    device.open((packet) => got.push([packet.length, packet.gsoSize]), () => undefined);
    device.ports.claim(V4, 80);
    const large = segment(80, 1, V4, 65_495);
    socket.inbox.push({ octets: octets(large), source: '' }, { octets: octets(segment(80, 1, V4, 1460)), source: '' });
    device.poll();
    expect(got).toEqual([[65_535, 1460], [1500, 0]]);
    device.close();
  });

  test('IPv6 comes without its header: one is made of what is known', () => {
    const { socket, device, log } = bench({ addresses: ['::1'] });
    device.ports.claim(V6, 80);
    socket.inbox.push({ octets: octets(segment(80, 1, V6, 10), 40), source: '::1' }, { octets: octets(segment(80, 1, V6), 40), source: 'nonsense' });
    device.poll();
    expect(log).toEqual([expect.stringContaining('::1.7 > ::1.80'), 'end']);
    expect(log[0]).not.toContain('bad');
    device.close();
  });

  test('errors of reading are noted, and nothing is thrown', () => {
    const { socket, device } = bench();
    socket.fail('Network is down');
    socket.fail('something new');
    expect(device.counters.lastError).toBe('something new');
    device.close();
  });
});

describe('what goes out', () => {
  test('in order, copied, once the turn is over', async () => {
    const { socket, device } = bench();
    const packet = segment(80, 1);
    expect(device.send(packet)).toBe(true);
    packet.view.setUint32(24, 2);
    expect(device.send(packet)).toBe(true);
    packet.bytes.fill(0);
    expect(socket.sent).toEqual([]);
    await turn();
    expect(socket.sent.map((s) => [s.to, s.octets.length, s.octets[27]])).toEqual([['127.0.0.1', 40, 1], ['127.0.0.1', 40, 2]]);
    expect(device.counters).toMatchObject({ txPackets: 2, txBytes: 80, txFull: 0 });
    device.close();
  });

  test('a full queue refuses, and has room again later', async () => {
    const { device, socket } = bench({ sendQueue: 2 });
    expect([1, 2, 3].map((n) => device.send(segment(80, n)))).toEqual([true, true, false]);
    expect(device.counters.txFull).toBe(1);
    await turn();
    expect(device.send(segment(80, 4))).toBe(true);
    await turn();
    expect(socket.sent.map((s) => s.octets[27])).toEqual([1, 2, 4]);
    device.close();
  });

  test.each([
    ['No buffer space available', { txFull: 1, txRefused: 0, lastError: '' }],
    ['Resource temporarily unavailable', { txFull: 1, txRefused: 0, lastError: '' }],
    ['Operation not permitted', { txFull: 0, txRefused: 1, lastError: 'EPERM' }],
    ['Message too long', { txFull: 0, txRefused: 1, lastError: 'EMSGSIZE' }],
  ])('the kernel says "%s"', async (refusal, counted) => {
    const { device, socket } = bench({ sendQueue: 1 });
    socket.refusal = refusal;
    expect(device.send(segment(80))).toBe(true);
    await turn();
    expect(device.counters).toMatchObject({ ...counted, txPackets: 0 });
    expect(device.send(segment(80))).toBe(true); // the queue is empty again
    device.close();
  });

  test('never to an address beyond loopback, nor of the other IP version', () => {
    const { device, socket } = bench();
    const away = segment(80);
    away.bytes.set([192, 0, 2, 1], 16);
    const empty = new Packet(40);
    for (const packet of [away, segment(80, 1, V6), empty]) expect(device.send(packet)).toBe(false);
    expect([device.counters.txRefused, socket.requests]).toEqual([3, []]);
    device.close();
    const six = bench({ addresses: ['::1'] });
    const beyond = segment(80, 1, V6);
    beyond.bytes[24] = 0x20;
    expect([six.device.send(beyond), six.device.send(segment(80, 1, V4)), six.device.send(segment(80, 1, V6))]).toEqual([false, false, true]);
    six.device.close();
  });

  test('without a header of our own the kernel writes the one of IPv6', async () => {
    const { device, socket } = bench({ addresses: ['::1'] }, false);
    device.send(segment(80, 1, V6));
    await turn();
    expect(socket.sent.map((s) => [s.to, s.octets.length])).toEqual([['::1', 20]]);
    device.close();
  });
});

test('the filter is renewed at once for a port more, and once a turn for ports less', async () => {
  const { device, socket } = bench();
  for (const port of [80, 81, 82]) device.ports.claim(V4, port);
  expect(socket.options).toEqual([[1, 26], [1, 26], [1, 26]]);
  for (const port of [80, 81, 82]) device.ports.release(V4, port);
  expect(socket.options).toHaveLength(3);
  await turn();
  expect(socket.options).toHaveLength(4);
  device.ports.claim(V4, 80);
  device.ports.release(V4, 80);
  device.close();
  await turn();
  expect(socket.options).toHaveLength(5);
});

describe('how it ends', () => {
  test('what was sent goes out first; then nothing is sent, delivered or claimed; closing twice is closing once', async () => {
    const { device, socket, log } = bench();
    device.ports.claim(V4, 80);
    socket.arrive(octets(segment(80)));
    device.send(segment(80, 1));
    device.close();
    device.close();
    expect([socket.sent.length, socket.closed]).toEqual([1, 1]);
    expect([device.send(segment(80)), device.ports.claim(V4, 80)]).toEqual([false, false]);
    device.ports.release(V4, 80);
    device.poll();
    await turn();
    expect(log).toEqual([]);
  });

  test('a socket that is lost is told once, with what mends it', () => {
    const lost: DeviceError[] = [];
    const { socket, device } = bench({ onLost: (error) => lost.push(error) });
    socket.fail('-9');
    socket.close();
    device.close();
    expect(lost.map((e) => e.code)).toEqual(['ELOST']);
  });
});

describe('options', () => {
  const check = (options: Partial<RawOptions>): unknown => checkRawOptions({ addresses: ['127.0.0.1'], clock: new ManualClock(), ...options });
  test.each<[string, Partial<RawOptions>]>([
    ['no address', { addresses: [] }], ['an address elsewhere', { addresses: ['192.0.2.1'] }], ['no address at all', { addresses: ['localhost'] }],
    ['both versions', { addresses: ['127.0.0.1', '::1'] }], ['a small MTU', { mtu: 67 }], ['a small MTU for IPv6', { addresses: ['::1'], mtu: 1279 }],
    ['a large MTU', { mtu: 65_536 }], ['a broken MTU', { mtu: 1500.5 }], ['no queue', { sendQueue: 0 }],
  ])('%s: EOPTION, with advice', (_what, options) => {
    expect(errorOf(() => check(options))).toMatchObject({ code: 'EOPTION', mend: expect.stringMatching(/.+/) });
  });

  test('defaults', () => {
    expect(check({})).toEqual({ addresses: [V4], version: 4, mtu: 65_535, sendQueue: 1024, guard: true });
  });
});

describe('the package', () => {
  const failing = (message: string, code: string) => (): never => {
    throw Object.assign(new Error(message), { code });
  };
  test.each([
    ['not installed', failing('Cannot find module \'raw-socket\'\nRequire stack: …', 'MODULE_NOT_FOUND'), /not installed/, /apt-get install -y make g\+\+ python3 && npm install --include=optional raw-socket/],
    ['not built', failing('Cannot find module \'./build/Release/raw.node\'\nRequire stack: …', 'MODULE_NOT_FOUND'), /cannot be loaded: .*raw\.node'\.$/, /npm rebuild raw-socket/],
    ['built for another Node', failing('was compiled against a different Node.js version', 'ERR_DLOPEN_FAILED'), /compiled against/, /npm rebuild raw-socket.*--device tun/],
  ])('%s: ENORAWSOCKET, with the command that mends it', (_what, load, message, mend) => {
    expect(errorOf(() => loadRawPackage(load))).toMatchObject({ code: 'ENORAWSOCKET', message: expect.stringMatching(message), mend: expect.stringMatching(mend) });
  });
});

test('claims are counted for each address and port; only our addresses have ports', () => {
  const changes: [boolean, number[]][] = [];
  const guard: RstGuard = new RstGuard([V4, Address.from('127.0.0.2')], false, (more) => changes.push([more, [...guard.list]]));
  expect([guard.claim(V4, 80), guard.claim(V4, 80), guard.claim(Address.from('127.0.0.2'), 81), guard.claim(Address.from('127.0.0.3'), 80)]).toEqual([true, true, true, false]);
  expect([guard.lastRefusal, changes.splice(0)]).toEqual(['EADDRNOTAVAIL', [[true, [80]], [true, [80, 81]]]]);
  guard.release(V4, 80);
  expect([guard.has(V4.w3, 80), changes]).toEqual([true, []]);
  guard.release(V4, 80);
  guard.release(V4, 80);
  expect([guard.has(V4.w3, 80), changes]).toEqual([false, [[false, [81]]]]);
  guard.close();
  expect([guard.has(Address.from('127.0.0.2').w3, 81), guard.claim(V4, 80)]).toEqual([false, false]);
});
