import { spawnSync } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { DeviceError } from '../../src/device/errors.js';
import { ip } from '../../src/device/ip-command.js';
import { type TunDevice, openTun } from '../../src/device/tun.js';
import { Address } from '../../src/util/address.js';
import type { Clock } from '../../src/util/clock.js';
import { checksum, pseudoHeaderSum } from '../../src/wire/checksum.js';
import { IpHeader, readIp } from '../../src/wire/ip.js';
import { writeIpv4 } from '../../src/wire/ipv4.js';
import { writeIpv6 } from '../../src/wire/ipv6.js';
import { Packet } from '../../src/wire/packet.js';
import { compiled } from '../support/compiled.js';
import { describeKernel } from '../support/kernel.js';

const UDP = 17;
const clock: Clock = { now: () => performance.now() * 1000, alarm: () => ({ set: () => undefined }) };

interface Family {
  readonly udp: 'udp4' | 'udp6';
  readonly version: number;
  readonly local: string;
  readonly kernel: string;
  readonly ours: string;
}

const families: Family[] = [
  { udp: 'udp4', version: 4, local: '192.0.2.1/24', kernel: '192.0.2.1', ours: '192.0.2.2' },
  { udp: 'udp6', version: 6, local: '2001:db8::1/64', kernel: '2001:db8::1', ours: '2001:db8::2' },
];
const addresses = families.map(({ local }) => ({ local }));

/** A UDP datagram from us to the kernel, `offset` octets into its buffer. */
function datagram(family: Family, port: number, text: Uint8Array, offset = 0): Packet {
  const packet = new Packet(2000);
  const [src, dst] = [Address.from(family.ours), Address.from(family.kernel)];
  const length = 8 + text.length;
  const at = offset + (family.version === 4
    ? writeIpv4(packet.view, offset, length, UDP, src, dst, 64, 0, 1)
    : writeIpv6(packet.view, offset, length, UDP, src, dst, 64, 0, 0));
  packet.view.setUint16(at, 4321);
  packet.view.setUint16(at + 2, port);
  packet.view.setUint16(at + 4, length);
  packet.bytes.set(text, at + 8);
  packet.view.setUint16(at + 6, checksum(packet.view, at, at + length, pseudoHeaderSum(src, dst, UDP, length)));
  packet.start = offset;
  packet.end = at + length;
  return packet;
}

async function boundSocket(family: Family): Promise<Socket> {
  const socket = createSocket(family.udp);
  socket.bind(0, family.kernel);
  await once(socket, 'listening');
  return socket;
}

async function until(condition: () => boolean, what: string): Promise<void> {
  const end = performance.now() + 5000;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`timed out: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

const failureOf = (act: () => unknown): DeviceError => {
  try {
    act();
  } catch (error) {
    if (error instanceof DeviceError) return error;
    throw error;
  }
  throw new Error('no error was thrown');
};

describeKernel('TUN', () => {
  let tun: TunDevice;
  afterEach(() => tun.close());

  describe.each(families)('$udp', (family) => {
    it('receives what the kernel sends, byte for byte, stamped on arrival', async () => {
      tun = openTun({ addresses, clock });
      const seen: { at: number; protocol: number; payload: Uint8Array; src: string; dst: string }[] = [];
      let batches = 0;
      tun.open((packet, at) => {
        const header = new IpHeader();
        expect(readIp(packet, header)).toBe(0);
        const payload = packet.bytes.slice(header.payloadStart + 8, packet.end);
        seen.push({ at, protocol: header.protocol, payload, src: header.src.toString(), dst: header.dst.toString() });
      }, () => batches++);
      const socket = await boundSocket(family);
      const text = Uint8Array.from({ length: 1200 }, (_, i) => i * 7);
      const before = clock.now();
      socket.send(text, 4321, family.ours);
      await until(() => seen.length > 0 && batches > 0, 'the datagram');
      socket.close();
      // Exactly one packet: no router solicitations, no duplicate address detection.
      expect(seen).toEqual([{ at: expect.any(Number), protocol: UDP, payload: text, src: family.kernel, dst: family.ours }]);
      expect(seen[0].at).toBeGreaterThan(before);
      expect(seen[0].at).toBeLessThan(clock.now());
      expect(tun.counters).toMatchObject({ rxPackets: 1, rxBytes: 1200 + (family.version === 4 ? 28 : 48), txPackets: 0, lastError: '' });
    });

    it.each([0, 24])('sends what the kernel receives (packet at octet %d of its buffer)', async (offset) => {
      tun = openTun({ addresses, clock });
      const socket = await boundSocket(family);
      const message = once(socket, 'message') as Promise<[Buffer, { address: string; port: number }]>;
      const text = Uint8Array.from({ length: 999 }, (_, i) => i * 3);
      expect(tun.send(datagram(family, socket.address().port, text, offset))).toBe(true);
      const [received, from] = await message;
      socket.close();
      expect(Uint8Array.from(received)).toEqual(text);
      expect(from).toMatchObject({ address: family.ours, port: 4321 });
      expect(tun.counters.txPackets).toBe(1);
    });
  });

  it('takes a burst in batches, in order, and lets other work in between', async () => {
    tun = openTun({ addresses, clock, batch: 8 });
    const family = families[0];
    const seen: number[] = [];
    const batches: number[] = [];
    let turns = 0;
    tun.open((packet) => seen.push(packet.view.getUint32(packet.start + 28)), () => batches.push(seen.length));
    const socket = await boundSocket(family);
    let sent = 0;
    for (let i = 0; i < 100; i++) {
      const text = new Uint8Array(4);
      new DataView(text.buffer).setUint32(0, i);
      socket.send(text, 4321, family.ours, () => sent++);
    }
    const count = (): void => {
      turns++;
      if (seen.length < 100) setImmediate(count);
    };
    setImmediate(count);
    await until(() => seen.length === 100 && sent === 100, 'all packets');
    socket.close();
    expect(seen).toEqual(Array.from({ length: 100 }, (_, i) => i));
    const sizes = batches.map((n, i) => n - (batches[i - 1] ?? 0));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(8);
    expect(turns).toBeGreaterThanOrEqual(sizes.length / 2);
  });

  it('what a receiver throws surfaces as an ordinary uncaught exception, and its ticks run', () => {
    tun = openTun({ addresses, clock });
    const program = compiled(['util', 'wire', 'device']);
    const script = `
      const { openTun } = require('${program.folder}/device/tun.js');
      const clock = { now: () => performance.now() * 1000, alarm: () => ({ set() {} }) };
      const tun = openTun({ name: 'other%d', addresses: [{ local: '198.51.100.1/24' }], clock });
      tun.open(() => { process.nextTick(() => console.log('tick')); throw new Error('boom'); }, () => undefined);
      process.on('uncaughtException', (e) => { console.log(e.message); setImmediate(() => tun.close()); });
      const socket = require('node:dgram').createSocket('udp4');
      socket.send('x', 9, '198.51.100.2', () => socket.close());`;
    const run = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8', timeout: 10_000 });
    program.remove();
    expect([run.stdout.trim().split('\n').sort(), run.stderr, run.status]).toEqual([['boom', 'tick'], '', 0]);
  });

  it('keeps the process alive while it is open, and no longer; closing twice is fine', () => {
    tun = openTun({ addresses, clock });
    const program = compiled(['util', 'wire', 'device']);
    const script = `
      const { openTun } = require('${program.folder}/device/tun.js');
      const clock = { now: () => performance.now() * 1000, alarm: () => ({ set() {} }) };
      const tun = openTun({ name: 'other%d', addresses: [], clock });
      tun.open(() => undefined, () => undefined);
      setTimeout(() => {
        tun.close(); tun.close();
        console.log('closed', tun.name, tun.send({ bytes: new Uint8Array(20), start: 0, end: 20 }));
      }, 300).unref();`;
    const run = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8', timeout: 10_000 });
    program.remove();
    expect([run.stdout, run.stderr, run.status]).toEqual(['closed other0 false\n', '', 0]);
  });

  it('survives garbage collection while it waits', () => {
    tun = openTun({ addresses, clock });
    const program = compiled(['util', 'wire', 'device']);
    const script = `
      const { openTun } = require('${program.folder}/device/tun.js');
      const clock = { now: () => performance.now() * 1000, alarm: () => ({ set() {} }) };
      (() => {
        const tun = openTun({ name: 'other%d', addresses: [{ local: '198.51.100.1/24' }], clock });
        tun.open(() => { console.log('received'); tun.close(); }, () => undefined);
      })();
      for (let i = 0; i < 5; i++) gc();
      setTimeout(() => {
        for (let i = 0; i < 5; i++) gc();
        const socket = require('node:dgram').createSocket('udp4');
        socket.send('x', 9, '198.51.100.2', () => socket.close());
      }, 50);`;
    const run = spawnSync(process.execPath, ['--expose-gc', '-e', script], { encoding: 'utf8', timeout: 10_000 });
    program.remove();
    expect([run.stdout, run.stderr, run.status]).toEqual(['received\n', '', 0]);
  });

  it('counts what the kernel refuses, and never throws', () => {
    tun = openTun({ addresses, clock });
    const junk = new Packet(100);
    junk.end = 40;
    expect(tun.send(junk)).toBe(false);
    ip('link', 'set', 'dev', tun.name, 'down');
    expect(tun.send(datagram(families[0], 9, new Uint8Array(4)))).toBe(false);
    expect(tun.counters).toMatchObject({ txRefused: 2, txPackets: 0, lastError: 'EIO' });
  });

  it('tells when its interface is deleted', async () => {
    const lost: DeviceError[] = [];
    tun = openTun({ addresses, clock, onLost: (error) => lost.push(error) });
    tun.open(() => undefined, () => undefined);
    ip('link', 'delete', 'dev', tun.name);
    await until(() => lost.length > 0, 'the news');
    expect(lost.map((e) => e.code)).toEqual(['ELOST']);
    expect(tun.send(datagram(families[0], 9, new Uint8Array(4)))).toBe(false);
  });

  it('sets name and MTU', () => {
    tun = openTun({ name: 'look', mtu: 9000, addresses, clock });
    expect([tun.name, tun.mtu, tun.offload]).toEqual(['look', 9000, null]);
    expect(ip('link', 'show', 'dev', 'look')).toContain('mtu 9000');
  });

  it('explains what cannot be', () => {
    tun = openTun({ name: 'taken', addresses, clock });
    expect(failureOf(() => openTun({ name: 'taken', addresses: [], clock }))).toMatchObject({ code: 'EBUSY', mend: expect.stringContaining('another name') });
    expect(failureOf(() => openTun({ name: 'lo', addresses: [], clock }))).toMatchObject({ code: 'EINVAL' });
    expect(failureOf(() => openTun({ name: 'far too long a name', addresses: [], clock }))).toMatchObject({ code: 'EOPTION' });
    expect(failureOf(() => openTun({ mtu: 10, addresses: [], clock }))).toMatchObject({ code: 'EOPTION' });
    const refused = failureOf(() => openTun({ name: 'odd', addresses: [{ local: 'nowhere' }], clock }));
    expect(refused).toMatchObject({ code: 'ECOMMAND', message: expect.stringContaining('nowhere'), mend: expect.stringContaining('ip -4 addr add nowhere') });
    // Nothing is left of an interface that could not be configured.
    expect(ip('-br', 'link')).not.toContain('odd');
  });
});
