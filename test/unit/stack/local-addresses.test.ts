/** Addresses: MUST-43 to MUST-46, MUST-57, MUST-63 of RFC 9293; RFC 1122 §3.2.1.3; RFC 6724 §5. */
import { LocalAddresses, parseLocalAddress } from '../../../src/stack/local-addresses.js';
import { Address } from '../../../src/util/address.js';
import { seq } from '../../../src/util/seq.js';
import { IpHeader, readIp } from '../../../src/wire/ip.js';
import { HostBench, PEER, socket, US } from '../../support/host.js';
import { buildPacket } from '../../support/segments.js';

const silent = { signals: () => undefined };
const at = (text: string): Address => Address.from(text);
const ours = (...texts: string[]): LocalAddresses => {
  const parsed = texts.map(parseLocalAddress);
  return new LocalAddresses(parsed.map((p) => p.address), parsed.map(({ address, prefix }) => ({ address, prefix: prefix ?? (address.isV4 ? 32 : 128) })));
};

describe('no peer can be at (MUST-46)', () => {
  test.each([
    ['192.0.2.2/24', '192.0.2.255', true], ['192.0.2.2/24', '192.0.2.254', false], ['192.0.2.2/24', '192.0.3.255', false], ['192.0.2.2/30', '192.0.2.3', true],
    ['192.0.2.2/31', '192.0.2.3', false], ['192.0.2.3/32', '192.0.2.3', false], ['10.1.2.3/8', '10.255.255.255', true], ['10.1.2.3/8', '255.255.255.255', true],
    ['10.1.2.3/8', '239.1.2.3', true], ['10.1.2.3/8', '0.0.0.0', true], ['2001:db8::2/64', 'ff02::1', true], ['2001:db8::2/64', '::', true],
    ['2001:db8::2/64', '2001:db8::ffff:ffff:ffff:ffff', false],
  ])('ours %s, %s: %p', (local, remote, none) => expect(ours(local).isNoPeer(at(remote))).toBe(none));
});

describe('the source of a packet (MUST-63)', () => {
  test.each([
    ['127.0.0.1', true], ['::1', true], ['0.1.2.3', true], ['192.0.2.255', true], ['192.0.2.2', true], ['192.0.2.3', false], ['169.254.1.1', false], ['fe80::1', false],
  ])('%s: bad %p', (source, bad) => expect(ours('192.0.2.2/24', '2001:db8::2/64').isBadSource(at(source))).toBe(bad));

  test('a stack on a loopback address hears its neighbours there', () => expect(ours('127.0.0.1/8').isBadSource(at('127.0.0.1'))).toBe(false));
});

describe('which of our addresses speaks (MUST-44)', () => {
  test.each([
    [['192.0.2.2/24', '10.0.0.2/8'], '10.9.9.9', '10.0.0.2'], [['192.0.2.2/24', '10.0.0.2/8'], '198.51.100.1', '192.0.2.2'],
    [['192.0.2.2', '2001:db8::2'], '2001:db8::1', '2001:db8::2'], [['fe80::2', '2001:db8::2'], '2001:db8::1', '2001:db8::2'],
    [['2001:db8::2', 'fe80::2'], 'fe80::1', 'fe80::2'], [['2001:db8:1::2', '2001:db8:2::2'], '2001:db8:2::1', '2001:db8:2::2'],
    [['2001:db8:ffff::2/32', '2001:db9::2/48'], '2001:db8:0:1::1', '2001:db8:ffff::2'], [['169.254.0.2/16', '192.0.2.2/24'], '169.254.0.9', '169.254.0.2'],
    [['169.254.0.2/16', '192.0.2.2/24'], '198.51.100.1', '192.0.2.2'], [['127.0.0.1/8', '192.0.2.2/24'], '127.0.0.9', '127.0.0.1'],
  ])('of %p to %s: %s', (locals, remote, expected) => expect(ours(...locals).choose(at(remote))?.toString()).toBe(expected));

  test.each([[['2001:db8::2'], 'fe80::1'], [['127.0.0.1'], '192.0.2.1'], [['192.0.2.2'], '127.0.0.1'], [['192.0.2.2'], '2001:db8::1']])('of %p to %s: none', (locals, remote) => {
    expect(ours(...locals).choose(at(remote))).toBeUndefined();
  });

  test('a route goes before the rules', () => {
    const bench = new HostBench({ addresses: [US, at('192.0.2.3')], routes: (remote) => (remote.equals(PEER) ? at('192.0.2.3') : undefined) });
    for (const [remote, local] of [[PEER, '192.0.2.3'], [at('192.0.2.77'), '192.0.2.2']] as const) {
      const e = bench.stack.connect({ remote, remotePort: 80 }, silent);
      expect(typeof e === 'string' ? e : e.connection.local.toString()).toBe(local);
    }
  });

  test('the user\'s choice goes before both (MUST-43)', () => {
    const bench = new HostBench({ addresses: [US, at('192.0.2.3')], routes: () => US });
    const e = bench.stack.connect({ remote: PEER, remotePort: 80, local: at('192.0.2.3') }, silent);
    expect(typeof e === 'string' ? e : e.connection.local.toString()).toBe('192.0.2.3');
  });
});

test('OPEN to the broadcast address of a subnet of ours is refused (MUST-46)', () => {
  const bench = new HostBench({ networks: [{ address: US, prefix: 24 }] });
  expect(bench.stack.connect({ remote: at('192.0.2.255'), remotePort: 80 }, silent)).toBe('invalid-address');
});

test.each(['127.0.0.1', '0.1.2.3', '192.0.2.2', '192.0.2.255'])('a SYN from %s is dropped in silence (MUST-63)', (source) => {
  const bench = new HostBench({ networks: [{ address: US, prefix: 24 }] });
  bench.stack.listen({ port: 80 }, () => undefined);
  bench.wire.receive(buildPacket({ flags: 'S', seq: 0 }, socket(at(source), 5), socket(US, 80), seq(0), seq(0)), 1);
  expect([bench.wire.sent, bench.stack.rejects.toRecord()]).toEqual([[], { 'bad-source': 1 }]);
});

test('a passive connection speaks from the address the SYN was sent to (MUST-45)', () => {
  const bench = new HostBench({ addresses: [US, at('192.0.2.3')] });
  bench.stack.listen({ port: 80 }, () => undefined);
  bench.packets(buildPacket({ flags: 'S', seq: 0 }, socket(PEER, 5), socket(at('192.0.2.3'), 80), seq(0), seq(0)));
  const ip = new IpHeader();
  readIp(bench.lastSent(), ip);
  expect(ip.src.toString()).toBe('192.0.2.3');
});

test.each(['192.0.2.2/33', '2001:db8::2/129', '192.0.2.2/', '192.0.2.2/8/9', '192.0.2.2/x'])('"%s" is not an address with a prefix', (text) => {
  expect(() => parseLocalAddress(text)).toThrow(RangeError);
});
