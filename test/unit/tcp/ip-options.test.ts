/** IP options of a connection: RFC 9293 §3.9.2.1 (MUST-50 to MUST-53, MAY-10, MAY-11, SHLD-24), §3.7.1 (MUST-16). */
import { Address } from '../../../src/util/address.js';
import { seq } from '../../../src/util/seq.js';
import { IpHeader, PROTO_TCP, readIp } from '../../../src/wire/ip.js';
import { type IpOption, ipOptionArea, ipOptionsText, startRoute } from '../../../src/wire/ip-options.js';
import { writeIpv4 } from '../../../src/wire/ipv4.js';
import { IcmpMessage, readIcmp, writeIcmpError } from '../../../src/wire/icmp.js';
import { Packet } from '../../../src/wire/packet.js';
import { printPacket } from '../../../src/wire/print.js';
import { HostBench, IRS, ISS, PEER, socket, US } from '../../support/host.js';
import { buildPacket, type Shape } from '../../support/segments.js';
import { makeConfig } from '../../../src/tcp/config.js';

const at = (text: string): Address => Address.from(text);
const [A, B, C] = ['10.0.0.1', '10.0.0.2', '10.0.0.3'].map(at);
const route = (via: Address[], strict = false): IpOption => ({ kind: 'source-route', strict, via });
const silent = { signals: () => undefined };

/** A segment of the peer, from its port 40000 to our port 80, with octets as IP options. */
function routed(shape: Shape, octets: Uint8Array): Packet {
  const plain = buildPacket(shape, socket(PEER, 40_000), socket(US, 80), seq(IRS), seq(ISS));
  const packet = new Packet(plain.length + octets.length);
  packet.end = packet.bytes.length;
  packet.bytes.set(plain.bytes.subarray(20, plain.end), 20 + octets.length);
  writeIpv4(packet.view, 0, plain.length - 20, PROTO_TCP, PEER, US, 64, 0, 1, true, octets);
  return packet;
}

/** A route that has brought the packet here by these gateways. */
function completed(via: Address[], strict = false): Uint8Array {
  const area = ipOptionArea([route(via, strict)]);
  area[2] = 4 + 4 * via.length;
  return area;
}

/** Destination field and options of the packet sent last. */
function lastRoute(bench: HostBench): string {
  const packet = bench.lastSent();
  const ip = new IpHeader();
  expect(readIp(packet, ip)).toBe(0);
  return `${ip.dst.toString()} ${ipOptionsText(packet.bytes, ip.optionsStart, ip.optionsEnd)}`.trim();
}

function served(config = {}): HostBench {
  const bench = new HostBench({ config });
  bench.stack.listen({ port: 80 }, () => undefined);
  return bench;
}

describe('the user\'s options', () => {
  test('every segment goes by the source route given at OPEN; the checksum is the peer\'s (MUST-51)', () => {
    const bench = new HostBench();
    const e = bench.stack.connect({ remote: PEER, remotePort: 80, localPort: 5000, config: { ipOptions: ipOptionArea([route([A, B])]) } }, silent);
    if (typeof e === 'string') throw new Error(e);
    expect(lastRoute(bench)).toBe('10.0.0.1 lsrr | 10.0.0.2 192.0.2.1');
    expect(bench.out()).toEqual(['S 0:0']); // read with its checksum
    expect(bench.arrive(80, 5000, { flags: 'S.', seq: 0, ack: 1 })).toEqual(['. 1:1 ack 1']);
    expect(lastRoute(bench)).toBe('10.0.0.1 lsrr | 10.0.0.2 192.0.2.1');
  });

  test('segments of text are shorter by them, the MSS announced is not (MUST-16, RFC 6691)', () => {
    const bench = new HostBench({ config: { ipOptions: ipOptionArea([{ kind: 'record-route', slots: 9 }]) } });
    const e = bench.stack.connect({ remote: PEER, remotePort: 80, localPort: 5000 }, silent);
    if (typeof e === 'string') throw new Error(e);
    expect(bench.lastSent().view.getUint16(20 + 40 + 22)).toBe(1460);
    bench.arrive(80, 5000, { flags: 'S.', seq: 0, ack: 1, mss: 1460 });
    e.send(new Uint8Array(1420));
    expect([bench.out(), bench.lastSent().length]).toEqual([['P. 1:1421 ack 1'], 1500]);
  });

  test('set during the connection, and taken back', () => {
    const bench = new HostBench();
    const e = bench.stack.connect({ remote: PEER, remotePort: 80, localPort: 5000 }, silent);
    if (typeof e === 'string') throw new Error(e);
    bench.arrive(80, 5000, { flags: 'S.', seq: 0, ack: 1, mss: 1460 });
    expect(e.setIpOptions(ipOptionArea([{ kind: 'timestamp', slots: 2 }]))).toBe(true);
    e.send(new Uint8Array(10));
    expect([lastRoute(bench), e.info().sndMss]).toEqual(['192.0.2.1 ts', 1448]);
    expect(e.setIpOptions(new Uint8Array(0))).toBe(true);
    expect(e.info().sndMss).toBe(1460);
    expect(e.setIpOptions(Uint8Array.of(7, 9))).toBe(false);
  });

  test('a setting that is no option area is refused by name', () => {
    expect(() => makeConfig({ ipOptions: Uint8Array.of(131, 2, 0, 0) })).toThrow(/ipOptions/);
  });

  test('an ICMP error quotes them: it still finds its connection, by the end of the route', () => {
    const bench = new HostBench({ config: { ipOptions: ipOptionArea([route([A, B])]) } });
    const e = bench.stack.connect({ remote: PEER, remotePort: 80 }, silent);
    if (typeof e === 'string') throw new Error(e);
    const error = new Packet(600);
    writeIcmpError(bench.lastSent(), 3, 3, 0, B, error);
    bench.packets(error);
    expect(e.failure).toBe('refused');
    const message = new IcmpMessage();
    const ip = new IpHeader();
    expect(readIp(error, ip) + readIcmp(error, ip, message)).toBe(0);
    expect(message.quotedDst.toString()).toBe('192.0.2.1');
  });

  test('printPacket shows the route, where it is now, and a good checksum', () => {
    const bench = new HostBench({ config: { dscp: 10, ipOptions: ipOptionArea([route([A])]) } });
    bench.stack.connect({ remote: PEER, remotePort: 80, localPort: 5000 }, silent);
    expect(printPacket(bench.lastSent())).toMatch(/^192\.0\.2\.2\.5000 > 192\.0\.2\.1\.80: .*length 0 \[dscp 10, ip options lsrr \| 192\.0\.2\.1, now to 10\.0\.0\.1\]$/);
  });
});

describe('the way back', () => {
  test('a SYN came by a source route: SYN,ACK and all that follows go back the same way (MUST-53)', () => {
    const bench = served();
    bench.packets(routed({ flags: 'S', seq: 0 }, completed([A, B, C], true)));
    expect(lastRoute(bench)).toBe('10.0.0.3 ssrr | 10.0.0.2 10.0.0.1 192.0.2.1');
    expect(bench.recorder.rules).toContain('return-route');
    bench.arrive(40_000, 80, { flags: '.', seq: 1, ack: 1 });
    expect(bench.arrive(40_000, 80, { flags: 'P.', seq: 1, ack: 1, data: 5 }, { flags: 'F.', seq: 6, ack: 1 })).toEqual(['. 1:1 ack 7']);
    expect(lastRoute(bench)).toBe('10.0.0.3 ssrr | 10.0.0.2 10.0.0.1 192.0.2.1');
  });

  test('its area ends with an End of Option List', () => {
    const bench = served();
    bench.packets(routed({ flags: 'S', seq: 0 }, completed([A])));
    expect(Array.from(bench.lastSent().bytes.subarray(20, 28))).toEqual([131, 7, 4, 192, 0, 2, 1, 0]);
  });

  test('it takes its octets from each segment (MUST-16)', () => {
    const bench = served();
    bench.packets(routed({ flags: 'S', seq: 0, mss: 1460 }, completed([A, B, C])));
    expect([...bench.stack.demux][0].info().sndMss).toBe(1460 - 16);
  });

  test('a later route overrides it (SHLD-24), a segment without one does not', () => {
    const bench = served();
    bench.packets(routed({ flags: 'S', seq: 0 }, completed([A])));
    bench.packets(routed({ flags: '.', seq: 1, ack: 1 }, completed([C])));
    bench.arrive(40_000, 80, { flags: 'F.', seq: 1, ack: 1 });
    expect(lastRoute(bench)).toBe('10.0.0.3 lsrr | 192.0.2.1');
  });

  test('a segment outside the window changes nothing', () => {
    const bench = served();
    bench.packets(routed({ flags: 'S', seq: 0 }, completed([A])));
    bench.arrive(40_000, 80, { flags: '.', seq: 1, ack: 1 });
    bench.packets(routed({ flags: '.', seq: 5_000_000, ack: 1 }, completed([C])));
    expect(lastRoute(bench)).toBe('10.0.0.1 lsrr | 192.0.2.1');
  });

  test('the user\'s route goes before it (MUST-52)', () => {
    const bench = served({ ipOptions: ipOptionArea([route([B])]) });
    bench.packets(routed({ flags: 'S', seq: 0 }, completed([A])));
    expect(lastRoute(bench)).toBe('10.0.0.2 lsrr | 192.0.2.1');
    expect(bench.recorder.rules).toContain('source-route-overridden');
  });

  test('the user\'s other options go with it', () => {
    const bench = served({ ipOptions: ipOptionArea([{ kind: 'record-route', slots: 2 }]) });
    bench.packets(routed({ flags: 'S', seq: 0 }, completed([A])));
    expect(lastRoute(bench)).toBe('10.0.0.1 lsrr | 192.0.2.1,rr | 0.0.0.0 0.0.0.0');
  });

  test('acceptSourceRoutes false: the packet is dropped, as Linux does', () => {
    const bench = served({ acceptSourceRoutes: false });
    expect(bench.packets(routed({ flags: 'S', seq: 0 }, completed([A])))).toEqual([]);
    expect(bench.stack.rejects.toRecord()).toEqual({ 'source-routed': 1 });
  });

  test('a route that does not end here: we are no gateway', () => {
    const bench = served();
    const area = ipOptionArea([route([A, US])]);
    startRoute(area, at('192.0.2.9'));
    expect(bench.packets(routed({ flags: 'S', seq: 0 }, area))).toEqual([]);
    expect(bench.stack.rejects.toRecord()).toEqual({ 'source-routed': 1 });
  });
});

describe('received options are passed up', () => {
  test('a recorded route and times (MAY-10, MAY-11)', () => {
    const bench = served();
    bench.packets(routed({ flags: 'S', seq: 0 }, Uint8Array.of(7, 7, 8, 10, 0, 0, 1, 68, 8, 9, 0, 0, 0, 1, 0, 0)));
    const [e] = bench.stack.demux;
    expect(e.info().rcvIpOptions).toMatchObject({ recordRoute: [A], timestamps: { times: [{ address: null, time: 256 }], overflow: 0 } });
  });

  test.each([[[130, 4, 0, 0]], [[7, 1, 4, 0]], [[131, 3, 4, 0]], [[0, 99, 99, 99]], [[1, 1, 1, 200]]])('%p: the segment counts all the same (MUST-50)', (octets) => {
    const bench = served();
    expect(bench.packets(routed({ flags: 'S', seq: 0 }, Uint8Array.from(octets)))).toEqual(['S. 0:0 ack 1']);
  });
});
