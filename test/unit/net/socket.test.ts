/** What net/ does that node:net does not, or that only we can look into: windows, timers, settings, resets. */
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Socket } from '../../../src/net/socket.js';
import type { TcpConfig } from '../../../src/tcp/config.js';
import { KIB, MILLISECOND, MIB, SECOND } from '../../../src/util/units.js';
import { event, leftBehind, makePair, type Pair, SERVER, sleep } from './face.js';

let pair: Pair;

afterEach(() => {
  pair.client.close();
  pair.server.close();
});

const until = async (condition: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 1000 && !condition(); tries++) await sleep(5);
  if (!condition()) throw new Error('waited in vain');
};

/** A connection over a fresh pair: the client's socket and the server's. */
async function connection(config: Partial<TcpConfig> = {}): Promise<[Socket, Socket]> {
  pair = makePair(config);
  const server = pair.server.createServer().listen(80);
  const client = pair.client.connect({ host: SERVER, port: 80 });
  const [peer] = (await once(server, 'connection')) as [Socket];
  if (client.connecting) await once(client, 'connect');
  server.close();
  return [client, peer];
}

describe('backpressure', () => {
  it('a reader who stops closes the window; one who goes on opens it, and nothing is lost', async () => {
    const [client, peer] = await connection({ receiveBuffer: 256 * KIB, sendBuffer: 128 * KIB });
    const text = Buffer.alloc(2 * MIB, 'glass');
    let taken = false;
    client.write(text, () => {
      taken = true;
    });
    await until(() => client.info()?.sndWnd === 0);
    expect(taken).toBe(false);
    // In the window, and in the stream up to its mark (16 KiB in Node 20, 64 since 22) and one slice more; the rest waits on our side.
    expect(peer.info()?.unread).toBeGreaterThan(200 * KIB);
    expect(peer.bytesRead).toBeLessThan(peer.readableHighWaterMark + 64 * KIB);
    expect(client.bytesWritten).toBe(text.length);
    const got: Buffer[] = [];
    peer.on('data', (chunk: Buffer) => got.push(chunk));
    client.end();
    client.resume();
    await event(client, 'close');
    expect(taken).toBe(true);
    expect(Buffer.concat(got).equals(text)).toBe(true);
    expect(await leftBehind(pair)).toBe(0);
  });

  it('a listener that reads now and then gets it all, in slices of 64 KiB at most', async () => {
    const [client, peer] = await connection({ receiveBuffer: 128 * KIB });
    client.end(Buffer.alloc(MIB, 7));
    client.resume();
    const sizes: number[] = [];
    peer.on('data', (chunk: Buffer) => {
      sizes.push(chunk.length);
      peer.pause();
      setTimeout(() => peer.resume(), 1);
    });
    await event(peer, 'end');
    expect(sizes.reduce((a, b) => a + b)).toBe(MIB);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(64 * KIB);
  });

  it('a write that makes headway is no silence', async () => {
    const [client, peer] = await connection({ receiveBuffer: 64 * KIB, sendBuffer: 4 * MIB });
    let timeouts = 0;
    client.setTimeout(60).on('timeout', () => timeouts++);
    client.write(Buffer.alloc(6 * MIB));
    const reader = setInterval(() => void peer.read(), 15).unref();
    peer.once('close', () => clearInterval(reader));
    await until(() => peer.bytesRead > 1200 * KIB);
    expect(timeouts).toBe(0);
    clearInterval(reader);
    await event(client, 'timeout');
    expect(timeouts).toBe(1);
  });
});

describe('resets', () => {
  it('destroy(error) resets: the peer does not take a torn stream for a whole one', async () => {
    const [client, peer] = await connection();
    peer.resume();
    const told = once(peer, 'error').catch((error: unknown) => [error]);
    client.on('error', () => undefined).destroy(new Error('no more'));
    expect((await event(peer, 'error'))[0]).toMatchObject({ code: 'ECONNRESET', syscall: 'read' });
    await told;
    expect(await leftBehind(pair)).toBe(0);
  });

  it('pipeline() that breaks resets too', async () => {
    const [client, peer] = await connection();
    peer.resume();
    const failed = event(peer, 'error');
    const source = new Readable({
      read() {
        this.push('half of it');
        this.destroy(new Error('the disk is gone'));
      },
    });
    await expect(pipeline(source, client)).rejects.toThrow('the disk is gone');
    expect((await failed)[0]).toMatchObject({ code: 'ECONNRESET' });
  });

  it('a write cut short by destroy() never claims success', async () => {
    const [client] = await connection({ sendBuffer: 64 * KIB, receiveBuffer: 64 * KIB });
    const outcome = new Promise((resolve) => void client.write(Buffer.alloc(MIB), resolve));
    await until(() => client.info()?.sndWnd === 0);
    client.destroy();
    expect(await outcome).toMatchObject({ code: 'ERR_SOCKET_CLOSED' });
    expect(client.errored === null || (client.errored as NodeJS.ErrnoException).code === 'ERR_SOCKET_CLOSED').toBe(true);
  });
});

describe('failures', () => {
  const hasty = { rtoInitial: 10 * MILLISECOND, rtoMin: 10 * MILLISECOND, r2: 60 * MILLISECOND, r2Syn: 60 * MILLISECOND };

  it('nobody answers the SYN: connect ETIMEDOUT', async () => {
    pair = makePair(hasty);
    const socket = pair.client.connect({ host: '192.0.2.200', port: 80 });
    const [error] = await event(socket, 'error');
    expect(error).toMatchObject({ message: 'connect ETIMEDOUT 192.0.2.200:80', code: 'ETIMEDOUT', errno: -110, syscall: 'connect', address: '192.0.2.200', port: 80 });
    expect(pair.client.stack.demux.size).toBe(0);
  });

  it('the peer falls silent: read ETIMEDOUT', async () => {
    const [client] = await connection(hasty);
    pair.server.stack.stop();
    client.resume().write('hello?');
    expect((await event(client, 'error'))[0]).toMatchObject({ message: 'read ETIMEDOUT', errno: -110 });
    expect(await event(client, 'close')).toEqual([true]);
  });

  it.each([
    ['example.org', 'EINVAL'],
    ['192.0.2.300', 'EINVAL'],
    ['224.0.0.1', 'EINVAL'],
    ['255.255.255.255', 'EINVAL'],
    ['0.0.0.0', 'EINVAL'],
  ])('connect to %s: %s', async (host, code) => {
    pair = makePair();
    expect((await event(pair.client.connect({ host, port: 80 }), 'error'))[0]).toMatchObject({ code, syscall: 'connect' });
  });

  it('no address of the peer\'s family: ENETUNREACH', async () => {
    pair = makePair();
    const { Host } = await import('../../../src/net/host.js');
    const { createPipe } = await import('../../../src/device/pipe.js');
    const { RealClock } = await import('../../../src/stack/clock.js');
    const clock = new RealClock();
    const host = new Host({ device: createPipe({ clock })[0], addresses: ['192.0.2.9'], clock });
    const [error] = await event(host.connect({ host: '2001:db8::2', port: 80 }), 'error');
    expect(error).toMatchObject({ message: 'connect ENETUNREACH 2001:db8::2:80', errno: -101 });
    host.close();
  });
});

describe('settings', () => {
  it('setNoDelay() acts on the living connection', async () => {
    const [client, peer] = await connection();
    peer.resume();
    client.write('a');
    client.write('b');
    expect(client.info()?.notSent).toBe(1); // Nagle: "b" waits for the ACK of "a"
    client.setNoDelay(true);
    expect(client.info()?.notSent).toBe(0);
    client.write('c');
    expect(client.info()?.notSent).toBe(0);
    client.setNoDelay(false);
    client.write('d');
    expect(client.info()?.notSent).toBe(1);
  });

  it('noDelay in the options of connect() and of a server', async () => {
    pair = makePair();
    const server = pair.server.createServer({ noDelay: true }).listen(80);
    const client = pair.client.connect({ host: SERVER, port: 80, noDelay: true });
    const [peer] = (await once(server, 'connection')) as [Socket];
    if (client.connecting) await once(client, 'connect');
    for (const socket of [client, peer]) {
      socket.write('a');
      socket.write('b');
      expect(socket.info()?.notSent).toBe(0);
    }
  });

  it('setKeepAlive() starts and stops the timer, and probes go out', async () => {
    const [client] = await connection({ keepAliveInterval: 20 * MILLISECOND });
    const timers = (): string[] => (client.info()?.timers ?? []).map(({ name }) => name);
    const off = timers();
    client.setKeepAlive(true, 60_000);
    expect(timers()).toHaveLength(off.length + 1);
    client.setKeepAlive(false);
    expect(timers()).toEqual(off);
    const before = client.info()?.segmentsOut ?? 0;
    client.setKeepAlive(true, 20);
    await until(() => (client.info()?.segmentsOut ?? 0) >= before + 2);
    expect(client.readyState).toBe('open');
  });

  it('config of one connection alone', async () => {
    pair = makePair({ timestamps: true });
    pair.server.createServer({ config: { timestamps: false } }).listen(80);
    pair.server.createServer().listen(81);
    const plain = pair.client.connect({ host: SERVER, port: 80 });
    const stamped = pair.client.connect({ host: SERVER, port: 81 });
    const small = pair.client.connect({ host: SERVER, port: 81, config: { maxSegmentSize: 500 } });
    await Promise.all([plain, stamped, small].map((socket) => once(socket, 'connect')));
    expect([plain.info()?.timestamps, stamped.info()?.timestamps]).toEqual([false, true]);
    expect(small.info()?.sndMss).toBeLessThanOrEqual(500);
  });
});

describe('what it tells of itself', () => {
  it('both ends agree, and remember after the end', async () => {
    const [client, peer] = await connection();
    const facts = [client.localPort, client.remoteAddress, client.remotePort, client.localFamily];
    expect([peer.remotePort, peer.localAddress, peer.localPort, peer.remoteFamily]).toEqual(facts);
    expect(client.address()).toEqual({ address: '192.0.2.1', family: 'IPv4', port: client.localPort });
    client.destroy();
    await event(client, 'close');
    expect([client.localPort, client.remoteAddress, client.remotePort, client.localFamily]).toEqual(facts);
    expect(client.info()?.state).not.toBe('ESTABLISHED');
  });

  it('connectionId is the number under which the tracer knows it', async () => {
    const [client] = await connection();
    expect(client.connectionId).toBe(client.info() === undefined ? undefined : 1);
    expect(typeof client.connectionId).toBe('number');
  });

  it('IPv6', async () => {
    pair = makePair();
    const server = pair.server.createServer((socket) => socket.pipe(socket)).listen(7);
    expect(server.address()).toEqual({ address: '::', family: 'IPv6', port: 7 });
    const socket = pair.client.connect(7, '2001:db8:0::2');
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    socket.end('six');
    await event(socket, 'close');
    expect([text, socket.remoteAddress, socket.remoteFamily]).toEqual(['six', '2001:db8::2', 'IPv6']);
  });
});

it('a connection that ends in both directions at once leaves nothing behind', async () => {
  const [client, peer] = await connection({ msl: 1 * MILLISECOND, finWait2Timeout: 1 * SECOND });
  client.resume().end('x');
  peer.resume().end('y');
  await Promise.all([event(client, 'close'), event(peer, 'close')]);
  expect(await leftBehind(pair)).toBe(0);
});
