/** What the IP header says besides addresses: Diffserv (MUST-48, SHLD-21, SHLD-22, MAY-9), TTL (MUST-49), identification (RFC 6864). */
import { IpHeader, readIp } from '../../../src/wire/ip.js';
import { writeIpv4 } from '../../../src/wire/ipv4.js';
import { Packet } from '../../../src/wire/packet.js';
import { type Bench, START } from '../../support/engine.js';
import { HostBench, PEER, socket, US } from '../../support/host.js';
import { buildPacket } from '../../support/segments.js';
import { seq } from '../../../src/util/seq.js';
import { established, establishedPassive, synSent } from '../../support/states.js';

function headers(bench: Bench): IpHeader[] {
  return bench.recorder.sent.map(({ bytes }) => {
    const ip = new IpHeader();
    expect(readIp(Packet.of(bytes), ip)).toBe(0);
    return ip;
  });
}

/** A packet's Diffserv field set to a value, the header's checksum made good. */
function marked(packet: Packet, tos: number): Packet {
  writeIpv4(packet.view, 0, packet.length - 20, 6, PEER, US, 64, tos, 1);
  return packet;
}

describe.each([false, true])('IPv6 %p', (ipv6) => {
  test('DSCP and TTL of the settings are on every segment', () => {
    const bench = established({ ipv6, config: { dscp: 46, ttl: 7 } });
    bench.send(10);
    bench.drain();
    expect(headers(bench).map((ip) => [ip.dscp, ip.ttl])).toEqual([[46, 7]]);
  });

  test('changed during the connection: from the next segment on, retransmissions too (SHLD-21)', () => {
    const bench = established({ ipv6, config: { dscp: 46 } });
    bench.send(10);
    bench.drain();
    bench.connection.setDscp(8);
    bench.connection.setTtl(3);
    bench.pass(1_000_000);
    expect(headers(bench).map((ip) => [ip.dscp, ip.ttl]).slice(0, 2)).toEqual([[46, 64], [8, 3]]);
    expect(bench.connection.info()).toMatchObject({ dscp: 8, ttl: 3 });
  });

  test.each([0, 1, 32, 63])('DSCP %p goes out unchanged (SHLD-22)', (dscp) => {
    const bench = established({ ipv6 });
    bench.connection.setDscp(dscp);
    bench.send(1);
    bench.drain();
    expect([headers(bench)[0].dscp, headers(bench)[0].ecn]).toEqual([dscp, 0]);
  });
});

test('what cannot be is brought into range', () => {
  const { connection } = established();
  connection.setTtl(0);
  connection.setDscp(64 + 5);
  expect(connection.info()).toMatchObject({ ttl: 1, dscp: 5 });
  connection.setTtl(300);
  expect(connection.info().ttl).toBe(255);
});

test('the DSCP that arrived last is passed up (MAY-9), and not reflected', () => {
  const bench = new HostBench();
  bench.stack.listen({ port: 80 }, () => undefined);
  bench.packets(marked(buildPacket({ flags: 'S', seq: 0 }, socket(PEER, 5), socket(US, 80), seq(0), seq(0)), 0xb8));
  const [e] = bench.stack.demux;
  const ip = new IpHeader();
  readIp(bench.lastSent(), ip);
  expect([e.info().rcvDscp, ip.dscp]).toEqual([46, 0]);
});

test('a RST for nobody takes the class of what it answers, as on Linux', () => {
  const bench = new HostBench();
  bench.packets(marked(buildPacket({ flags: 'S', seq: 0 }, socket(PEER, 5), socket(US, 80), seq(0), seq(0)), 0xb8));
  const ip = new IpHeader();
  readIp(bench.lastSent(), ip);
  expect(ip.dscp).toBe(46);
});

test('each packet has an identification of its own, retransmissions too (RFC 6864 §4.3, not MAY-4)', () => {
  const bench = synSent({ config: { pathMtuDiscovery: 'dont' } });
  expect(bench.now).toBe(START);
  bench.pass(20_000_000);
  const ids = headers(bench).map((ip) => ip.id);
  expect(ids.length).toBeGreaterThan(3);
  expect(new Set(ids).size).toBe(ids.length);
});

test('an accepted connection has its listener\'s settings', () => {
  const bench = establishedPassive({ config: { dscp: 10, ttl: 99 } });
  bench.send(1);
  bench.drain();
  expect(headers(bench).map((ip) => [ip.dscp, ip.ttl])).toEqual([[10, 99]]);
});
