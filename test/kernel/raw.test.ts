/**
 * The raw device against the kernel's TCP on lo: the kernel keeps silent for our ports and answers when the guard is off; 8 MiB
 * each way at once, super-segments included; nobody else's connection is touched; ports are shared fairly with other programs.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createConnection, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { openRaw } from '../../src/device/raw.js';
import { Host } from '../../src/net/host.js';
import { RealClock } from '../../src/stack/clock.js';
import type { Endpoint } from '../../src/stack/endpoint.js';
import { Address } from '../../src/util/address.js';
import { SECOND } from '../../src/util/units.js';
import { compiled } from '../support/compiled.js';
import { Exchange, expectedHash, startPeer } from '../support/exchange.js';
import { describeIf } from '../support/kernel.js';
import { Caller, connect, echo, openWorld, type RawWorld, rawUnavailable, until } from '../support/raw.js';
import { Recorder } from '../support/recorder.js';
import { covered } from '../support/coverage.js';
import { ResetWatch } from '../support/resets.js';

const TOTAL = 8 * 1024 * 1024;
const LISTEN = '0A';
/** Ports of this file alone: other tests in the same namespace look at theirs. */
let nextPort = 21_000;

/** Kernel listeners on a port, as /proc/net/tcp and tcp6 have them. */
const kernelListeners = (port: number): number => ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => readFileSync(file, 'utf8').split('\n').slice(1))
  .map((line) => line.trim().split(/\s+/))
  .filter((f) => f.length > 3 && f[1].endsWith(`:${port.toString(16).toUpperCase().padStart(4, '0')}`) && f[3] === LISTEN).length;

/** A kernel server that sends back what it reads. */
async function kernelEcho(host: string, port = 0): Promise<{ port: number; server: Server }> {
  const server = createServer((socket) => socket.on('error', () => undefined).pipe(socket));
  server.listen(port, host);
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, server };
}

/** A kernel client: sends, reads to the end. @returns what it read, or the error's code */
function kernelClient(host: string, port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    let read = '';
    const socket: Socket = createConnection({ host, port }, () => socket.end(text));
    socket.on('data', (data) => { read += String(data); });
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
    socket.on('close', () => resolve(read));
  });
}

describeIf(rawUnavailable(), 'the raw device and the kernel', () => {
  let watch: ResetWatch;
  beforeEach(() => { watch = new ResetWatch(); });
  afterEach(() => watch.close());

  describe.each(['127.0.0.1', '127.1.2.3', '::1'])('on %s', (address) => {
    test('glasstcp serves: the handshake, text both ways and the end, and no RST', async () => {
      const { stack, device } = await openWorld(address);
      const port = nextPort++;
      stack.listen({ port }, (l) => l.accept()?.attach(echo));
      expect(await kernelClient(address, port, 'hello, kernel')).toBe('hello, kernel');
      expect(await until(() => stack.demux.size === 0)).toBe(true);
      stack.stop();
      expect([watch.take(), stack.rejects.total, device.counters.passedOver, device.counters.lastError]).toEqual([[], 0, 0, '']);
      expect(stack.counters.checksumsOffloaded).toBeGreaterThan(3);
    });

    test('glasstcp connects: the same, and TIME-WAIT holds the port until its end', async () => {
      const { stack } = await openWorld(address, {}, { msl: SECOND / 2 });
      const { port, server } = await kernelEcho(address);
      const mine = new Caller('hello, kernel');
      const e = connect(stack, address, port, mine);
      const { localPort } = e.connection;
      expect(kernelListeners(localPort)).toBe(1);
      expect(await until(() => e.state === 'TIME-WAIT')).toBe(true);
      expect([mine.answer, kernelListeners(localPort)]).toEqual(['hello, kernel', 1]);
      expect(await until(() => mine.closed)).toBe(true);
      expect([mine.failure, kernelListeners(localPort)]).toEqual([null, 0]);
      stack.stop();
      server.close();
      expect(watch.take()).toEqual([]);
    });
  });

  describe.each([['the option', { guard: false }, undefined], ['the environment', {}, 'off']])('with the guard switched off by %s the kernel answers for our ports', (_by, options, env) => {
    beforeEach(() => { if (env !== undefined) process.env.GLASSTCP_RST_GUARD = env; });
    afterEach(() => { delete process.env.GLASSTCP_RST_GUARD; });

    test('glasstcp serves: a RST, and the kernel\'s client is refused', async () => {
      const { stack } = await openWorld('127.0.0.1', options);
      const port = nextPort++;
      stack.listen({ port }, (l) => l.accept()?.attach(echo));
      expect(await kernelClient('127.0.0.1', port, 'hello')).toBe('ECONNREFUSED');
      stack.stop();
      expect(watch.take()[0]).toMatch(new RegExp(`127\\.0\\.0\\.1\\.${port} > .*\\[R`));
    });

    test('glasstcp connects: the SYN,ACK draws a RST, and the connection fails', async () => {
      const { stack } = await openWorld('127.0.0.1', options);
      const { port, server } = await kernelEcho('127.0.0.1');
      const mine = new Caller('hello');
      connect(stack, '127.0.0.1', port, mine, 5000);
      expect(await until(() => mine.closed)).toBe(true);
      expect([mine.answer, mine.failure]).toEqual(['', 'reset']);
      stack.stop();
      server.close();
      expect(watch.take()[0]).toMatch(new RegExp(`127\\.0\\.0\\.1\\.5000 > 127\\.0\\.0\\.1\\.${port}: .*\\[R\\]`));
    });
  });

  async function exchange(address: string, role: 'serves' | 'connects', mtu: number): Promise<RawWorld> {
    const world = await openWorld(address, { mtu });
    const { stack, received } = world;
    const port = nextPort++;
    const mine = new Exchange(TOTAL, 1, role === 'connects' ? 'first' : 'last');
    let e: Endpoint | undefined;
    const peer = role === 'serves'
      ? (stack.listen({ port }, (l) => { e = l.accept(); e?.attach(mine); }), startPeer(['connect', address, port, TOTAL, 2, 'first']))
      : startPeer(['listen', address, port, TOTAL, 2, 'last']);
    try {
      if (role === 'connects') {
        expect(await peer.next()).toEqual({ listening: true });
        e = connect(stack, address, port, mine);
      }
      expect(await peer.next()).toEqual({ received: TOTAL, sha256: expectedHash(TOTAL, 1) });
      expect(await until(() => mine.closed)).toBe(true);
      expect({ received: mine.received, sha256: mine.sha256, failure: e?.failure }).toEqual({ received: TOTAL, sha256: expectedHash(TOTAL, 2), failure: null });
      expect(stack.rejects.total).toBe(0);
      expect(new Set(received.map((p) => p.port))).toEqual(new Set([e?.connection.localPort ?? -1]));
      return world;
    } finally {
      peer.child.kill();
      stack.stop();
    }
  }

  const largest = ({ received }: RawWorld): number => received.reduce((most, { octets }) => Math.max(most, octets), 0);

  describe('8 MiB each way at once, intact', () => {
    test.each(['serves', 'connects'] as const)('glasstcp %s, on 127.0.0.1: packets of more than 16 KiB come', async (role) => {
      expect(largest(await exchange('127.0.0.1', role, 65_535))).toBeGreaterThan(16_384);
      expect(watch.take()).toEqual([]);
    }, 120_000);

    test.each(['serves', 'connects'] as const)('glasstcp %s with an MTU of 1500: the kernel leaves cutting to a network card that is not there', async (role) => {
      expect(largest(await exchange('127.0.0.1', role, 1500))).toBeGreaterThan(1500);
      expect(watch.take()).toEqual([]);
    }, 120_000);

    test.each(['serves', 'connects'] as const)('glasstcp %s, on ::1', async (role) => {
      expect(largest(await exchange('::1', role, 65_535))).toBeGreaterThan(16_384);
      expect(watch.take()).toEqual([]);
    }, 120_000);
  });

  test('a busy transfer of other programs beside ours is not touched, and costs us nothing', async () => {
    const { stack, device } = await openWorld('127.0.0.1');
    const port = nextPort++;
    stack.listen({ port }, (l) => l.accept()?.attach(echo));
    const others = nextPort++;
    const big = 4 * TOTAL;
    const serving = startPeer(['listen', '127.0.0.1', others, big, 1, 'last']);
    expect(await serving.next()).toEqual({ listening: true });
    const calling = startPeer(['connect', '127.0.0.1', others, big, 2, 'first']);
    const reports = Promise.all([serving.next(), calling.next()]);
    let talks = 0;
    let done = false;
    void reports.then(() => { done = true; });
    do {
      expect(await kernelClient('127.0.0.1', port, `hello ${talks}`)).toBe(`hello ${talks}`);
      talks++;
    } while (!done && talks < 1000);
    expect(await reports).toEqual([{ received: big, sha256: expectedHash(big, 2) }, { received: big, sha256: expectedHash(big, 1) }]);
    const { rxPackets, passedOver } = device.counters;
    stack.stop();
    expect(watch.take()).toEqual([]);
    expect({ passedOver, rejects: stack.rejects.total }).toEqual({ passedOver: 0, rejects: 0 });
    expect(rxPackets).toBeLessThan(100 + 8 * talks); // a talk is half a dozen packets or so; the transfer, a thousand
  }, 120_000);

  test('the same port of an address that is not ours is another program\'s', async () => {
    const { port, server } = await kernelEcho('127.0.0.2');
    const { stack, device, received } = await openWorld('127.0.0.1');
    stack.listen({ port }, (l) => l.accept()?.attach(echo));
    expect(await kernelClient('127.0.0.2', port, 'for the kernel')).toBe('for the kernel');
    expect([received, stack.counters.packetsIn]).toEqual([[], 0]);
    expect(device.counters.passedOver).toBeGreaterThan(0);
    expect(await kernelClient('127.0.0.1', port, 'for glasstcp')).toBe('for glasstcp');
    stack.stop();
    server.close();
    expect(watch.take()).toEqual([]);
  });

  test('what the segments were taken with is told: checksum offloaded', async () => {
    const tracer = new Recorder();
    const { stack } = await openWorld('127.0.0.1', {}, {}, covered(tracer));
    const port = nextPort++;
    stack.listen({ port }, (l) => l.accept()?.attach(echo));
    expect(await kernelClient('127.0.0.1', port, 'hello')).toBe('hello');
    stack.stop();
    expect(tracer.rules).toContain('checksum-offloaded');
  });

  describe('ports', () => {
    test('one that another program has: address-in-use, for listeners, connections and node:net\'s face', async () => {
      const { port, server } = await kernelEcho('127.0.0.1');
      const device = await openRaw({ addresses: ['127.0.0.1'], clock: new RealClock() });
      const host = new Host({ device, addresses: ['127.0.0.1'], clock: new RealClock() });
      const [error] = (await once(host.createServer().listen(port).once('listening', () => { throw new Error('it listens'); }), 'error')) as [NodeJS.ErrnoException];
      expect(error.code).toBe('EADDRINUSE');
      host.close();
      const { stack } = await openWorld('127.0.0.1');
      expect(stack.listen({ port }, () => undefined)).toBe('address-in-use');
      expect(stack.connect({ remote: Address.from('127.0.0.1'), remotePort: 9, localPort: port }, echo)).toBe('address-in-use');
      stack.stop();
      server.close();
    });

    test('ours are reserved: another program gets EADDRINUSE, until we let go', async () => {
      const { stack } = await openWorld('127.0.0.1');
      const port = nextPort++;
      const listener = stack.listen({ port }, () => undefined);
      if (typeof listener === 'string') throw new Error(listener);
      await expect(kernelEcho('127.0.0.1', port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
      await expect(kernelEcho('0.0.0.0', port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
      listener.close();
      const { server } = await kernelEcho('127.0.0.1', port);
      server.close();
      stack.stop();
    });

    test('stopping the stack frees them all', async () => {
      const { stack } = await openWorld('127.0.0.1');
      const { port, server } = await kernelEcho('127.0.0.1');
      const listens = nextPort++;
      stack.listen({ port: listens }, () => undefined);
      const e = connect(stack, '127.0.0.1', port, new Caller('hello'));
      expect([kernelListeners(listens), kernelListeners(e.connection.localPort)]).toEqual([1, 1]);
      stack.stop();
      expect([kernelListeners(listens), kernelListeners(e.connection.localPort)]).toEqual([0, 0]);
      server.close();
    });

    test('children inherit neither the raw socket nor the ports', async () => {
      const { stack } = await openWorld('127.0.0.1');
      const port = nextPort++;
      stack.listen({ port }, () => undefined);
      const child = spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => {}, 1000)'], { stdio: ['ignore', 'pipe', 'ignore'] });
      await once(child.stdout, 'data');
      stack.stop();
      expect(kernelListeners(port)).toBe(0);
      expect(readFileSync('/proc/net/raw', 'utf8').trim().split('\n')).toHaveLength(1); // the head of the table
      child.kill();
    });
  });

  test('thousands of ports at a time, more than the filter holds', async () => {
    const { stack, device } = await openWorld('127.0.0.1', {}, { msl: 0 });
    for (let port = 10_000; port < 12_100; port++) expect(device.ports.claim(Address.from('127.0.0.1'), port)).toBe(true);
    const port = nextPort++;
    stack.listen({ port }, (l) => l.accept()?.attach(echo));
    expect(await kernelClient('127.0.0.1', port, 'hello')).toBe('hello');
    const { server, port: elsewhere } = await kernelEcho('127.0.0.1');
    expect(await kernelClient('127.0.0.1', elsewhere, 'others')).toBe('others');
    expect(await until(() => device.counters.passedOver > 0)).toBe(true);
    server.close();
    stack.stop();
    expect(watch.take()).toEqual([]);
  }, 60_000);

  describe('a process of its own', () => {
    let program: ReturnType<typeof compiled>;
    beforeAll(() => { program = compiled(['util', 'wire', 'trace', 'tcp', 'stack', 'device']); });
    afterAll(() => program.remove());

    /** Opens the device, listens on a port, says so, and stays; or says why it cannot. */
    const script = (port: number): string => `
      const { openRaw } = require('${program.folder}/device/raw.js');
      const { RealClock } = require('${program.folder}/stack/clock.js');
      const { Address } = require('${program.folder}/util/address.js');
      openRaw({ addresses: ['127.0.0.1'], clock: new RealClock() }).then((device) => {
        console.log(device.ports.claim(Address.from('127.0.0.1'), ${port}) ? 'ready' : 'refused');
        if (process.argv.includes('leave')) device.close();
      }, (error) => console.log(error.code + ' | ' + error.message + ' | ' + error.mend));
    `;

    test('killed without mercy leaves no listener behind', async () => {
      const port = nextPort++;
      const child = spawn(process.execPath, ['-e', script(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
      const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
      expect([line, kernelListeners(port)]).toEqual(['ready', 1]);
      child.kill('SIGKILL');
      await once(child, 'exit');
      expect(await until(() => kernelListeners(port) === 0, 5000)).toBe(true);
      const { server } = await kernelEcho('127.0.0.1', port);
      server.close();
    });

    test('close() leaves nothing that keeps the process alive', () => {
      const run = spawnSync(process.execPath, ['-e', script(nextPort++), 'leave'], { encoding: 'utf8', timeout: 20_000 });
      expect([run.status, run.stdout.trim(), run.stderr]).toEqual([0, 'ready', '']);
    });

    test('without CAP_NET_RAW: EPERM, and what to do', () => {
      const run = spawnSync('setpriv', ['--bounding-set', '-net_raw', process.execPath, '-e', script(nextPort++)], { encoding: 'utf8', timeout: 20_000 });
      expect([run.status, run.stderr]).toEqual([0, '']);
      expect(run.stdout).toMatch(/^EPERM \| .*CAP_NET_RAW.* \| .*sudo.*--isolated.*setcap cap_net_raw\+ep/);
    });

    test('lo is down: says so', () => {
      const run = spawnSync('unshare', ['--net', process.execPath, '-e', script(nextPort++)], { encoding: 'utf8', timeout: 20_000 });
      expect([run.status, run.stderr]).toEqual([0, '']);
      expect(run.stdout).toMatch(/^(EADDRNOTAVAIL|EGUARD) \| .*127\.0\.0\.1.* \| .*sudo ip link set lo up/);
    });
  });

  test('no firewall is touched', async () => {
    const rules = (): string => ['iptables-save', 'nft'].map((tool) => {
      const run = spawnSync(tool, tool === 'nft' ? ['list', 'ruleset'] : [], { encoding: 'utf8', env: { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin` } });
      return (run.stdout ?? '').split('\n').filter((line) => !line.startsWith('#')).join('\n');
    }).join('\n');
    const before = rules();
    const { stack } = await openWorld('127.0.0.1');
    stack.listen({ port: nextPort++ }, () => undefined);
    expect(rules()).toBe(before);
    stack.stop();
  });
});
