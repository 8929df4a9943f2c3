/** Checksums left to a network card: taken where packets never left the host, and nowhere else; wrong ones never. */
import { Recorder as Tap } from '../../../src/device/recorder.js';
import { Netem } from '../../../src/device/netem.js';
import { Stack } from '../../../src/stack/stack.js';
import type { Address } from '../../../src/util/address.js';
import { seq } from '../../../src/util/seq.js';
import { checksumFold, pseudoHeaderSum } from '../../../src/wire/checksum.js';
import type { Packet } from '../../../src/wire/packet.js';
import { printPacket } from '../../../src/wire/print.js';
import { covered } from '../../support/coverage.js';
import { HostBench, IRS, ISS, PEER, PEER6, socket, US, US6, Wire } from '../../support/host.js';
import { Recorder } from '../../support/recorder.js';
import { buildPacket, type Shape } from '../../support/segments.js';

const onLoopback = (): Wire => Object.assign(new Wire(), { partialChecksums: true });

function segment(shape: Shape, from: Address, to: Address): Packet {
  return buildPacket(shape, socket(from, 5000), socket(to, 80), seq(IRS), seq(ISS));
}

const tcpStart = (packet: Packet): number => (packet.view.getUint8(0) >> 4 === 4 ? 20 : 40);

/** As the kernel leaves it on lo: the pseudo-header's sum, folded, not inverted. */
function partial(packet: Packet, from: Address, to: Address): Packet {
  const start = tcpStart(packet);
  packet.view.setUint16(start + 16, checksumFold(pseudoHeaderSum(from, to, 6, packet.length - start)));
  return packet;
}

describe.each([['IPv4', PEER, US], ['IPv6', PEER6, US6]])('%s', (_name, from, to) => {
  const syn = { flags: 'S', seq: 0, mss: 1460 };

  test('the partial sum is accepted, counted and shown on a device whose packets never left the host', () => {
    const bench = new HostBench({}, onLoopback());
    bench.stack.listen({ port: 80 }, () => undefined);
    const [answer, ...more] = bench.packets(partial(segment(syn, from, to), from, to));
    expect([answer, more]).toEqual([expect.stringMatching(/^S\. 0:0 ack 1/), []]);
    expect(bench.stack.counters.checksumsOffloaded).toBe(1);
    expect(bench.recorder.rules.slice(0, 3)).toEqual(['open-passive', 'checksum-offloaded', 'listen-takes-syn']);
    expect(bench.stack.rejects.total).toBe(0);
  });

  test('its text is not summed: there is nothing to compare the sum with', () => {
    const bench = new HostBench({}, onLoopback());
    const packet = partial(segment({ flags: '.', seq: 1, ack: 1, data: 100 }, from, to), from, to);
    packet.bytes[packet.end - 1] ^= 1;
    expect(bench.packets(packet)).toEqual(['R 1:1']);
    expect(bench.recorder.rules[0]).toBe('checksum-offloaded');
  });

  test('a right checksum is a checksum there, too, and not said to be offloaded', () => {
    const bench = new HostBench({}, onLoopback());
    expect(bench.packets(segment(syn, from, to))).toEqual([expect.stringMatching(/^R\..* ack 1$/)]);
    expect([bench.stack.counters.checksumsOffloaded, bench.recorder.rules]).toEqual([0, ['stray-reset', 'send-stray-reset']]);
  });

  test('any other sum is discarded there', () => {
    const right = partial(segment(syn, from, to), from, to);
    const sum = right.view.getUint16(tcpStart(right) + 16);
    // One off, inverted, octets exchanged, nothing.
    for (const wrong of [(sum + 1) & 0xffff, ~sum & 0xffff, ((sum & 0xff) << 8) | (sum >> 8), 0]) {
      const bench = new HostBench({}, onLoopback());
      right.view.setUint16(tcpStart(right) + 16, wrong);
      expect(bench.packets(right)).toEqual([]);
      expect([bench.stack.rejects.toRecord(), bench.stack.counters.checksumsOffloaded]).toEqual([{ 'bad-tcp-checksum': 1 }, 0]);
      expect(bench.recorder.rules).toEqual(['discarded']);
    }
  });

  test('a partial sum for another length is wrong', () => {
    const bench = new HostBench({}, onLoopback());
    const packet = segment({ flags: '.', seq: 1, ack: 1, data: 100 }, from, to);
    packet.view.setUint16(tcpStart(packet) + 16, checksumFold(pseudoHeaderSum(from, to, 6, packet.length - tcpStart(packet) + 1)));
    expect(bench.packets(packet)).toEqual([]);
    expect(bench.stack.rejects.toRecord()).toEqual({ 'bad-tcp-checksum': 1 });
  });

  test('every other device discards the partial sum', () => {
    const bench = new HostBench();
    bench.stack.listen({ port: 80 }, () => undefined);
    expect(bench.packets(partial(segment(syn, from, to), from, to))).toEqual([]);
    expect([bench.stack.rejects.toRecord(), bench.stack.counters.checksumsOffloaded]).toEqual([{ 'bad-tcp-checksum': 1 }, 0]);
  });

  test('as a line it is said to be offloaded', () => {
    expect(printPacket(partial(segment(syn, from, to), from, to))).toContain('[checksum offloaded]');
  });
});

test('what stands between device and stack passes on what the device is', () => {
  const ports = { claim: () => true, release: () => undefined };
  const bench = new HostBench();
  const wire = Object.assign(onLoopback(), { ports });
  const tracer = new Recorder();
  const wrapped = new Netem(new Tap(wire, bench.clock, () => undefined), { clock: bench.clock });
  expect([wrapped.partialChecksums, wrapped.ports]).toEqual([true, ports]);
  const stack = new Stack({ device: wrapped, clock: bench.clock, addresses: [US], secret: new Uint8Array(16), tracer: covered(tracer) });
  wire.receive(partial(segment({ flags: 'S', seq: 0 }, PEER, US), PEER, US), 1);
  expect([stack.counters.checksumsOffloaded, tracer.rules[0]]).toEqual([1, 'checksum-offloaded']);
  const plain = new Netem(new Tap(new Wire(), bench.clock, () => undefined), { clock: bench.clock });
  expect([plain.partialChecksums, plain.ports]).toEqual([false, undefined]);
});
