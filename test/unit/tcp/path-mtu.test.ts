/** Path MTU discovery: RFC 1191, RFC 8201, RFC 5927 §7. */
import { MINUTE } from '../../../src/util/units.js';
import { IpHeader, readIp } from '../../../src/wire/ip.js';
import { Packet } from '../../../src/wire/packet.js';
import type { Bench, Setup } from '../../support/engine.js';
import { established, synSent, unopened } from '../../support/states.js';

const eager = { nagle: false };

/** An open connection with so many octets outstanding. */
function sending(octets: number, setup: Setup = {}): Bench {
  const bench = established({ ...setup, config: { ...eager, ...setup.config } });
  bench.send(octets);
  bench.drain();
  return bench.clear();
}

/** Don't Fragment on the packet sent last. */
function lastDf(bench: Bench): boolean {
  const last = bench.recorder.sent.at(-1);
  if (last === undefined) throw new Error('nothing was sent');
  const ip = new IpHeader();
  readIp(Packet.of(last.bytes), ip);
  return ip.dontFragment;
}

test('what was too large goes again at once, the rest does not, and cwnd stays (RFC 1191 §6.4)', () => {
  const bench = sending(2000);
  bench.connection.pathMtu(1000, bench.now);
  expect(bench.drain()).toEqual(['. 1:961 ack 1', '. 961:1461 ack 1']);
  expect([bench.tcb.cwnd / bench.tcb.sndMss, bench.tcb.ssthresh, bench.tcb.inRecovery]).toEqual([10, Infinity, false]); // ten segments, as before
});

test('several messages about one window make each segment go again once (RFC 1191 §6.4)', () => {
  const bench = sending(1460);
  bench.connection.pathMtu(1000, bench.now);
  bench.drain();
  bench.connection.pathMtu(1000, bench.now);
  expect(bench.drain()).toEqual([]);
});

test.each([[1500, 1492], [1492, 1006], [9000, 8166], [1006, 552]])('from %p octets a router that does not say how much leads to %p (RFC 1191 §7)', (mtu, next) => {
  const bench = sending(10, { mtu });
  bench.connection.pathMtu(0, bench.now);
  expect(bench.tcb.mtu).toBe(next);
});

test('without mtuPlateaus: 552 octets at once, without DF, as Linux', () => {
  const bench = sending(10, { config: { mtuPlateaus: false } });
  bench.connection.pathMtu(0, bench.now);
  expect([bench.drain(), bench.tcb.mtu, lastDf(bench)]).toEqual([['P. 1:11 ack 1'], 552, false]);
});

describe('paths narrower than minPathMtu', () => {
  test('552 octets without DF, as Linux; all that does not fit goes again', () => {
    const bench = sending(500);
    bench.connection.pathMtu(300, bench.now);
    expect(bench.drain()).toEqual(['P. 1:501 ack 1']);
    expect([bench.tcb.mtu, bench.tcb.sndMss, lastDf(bench)]).toEqual([552, 512, false]);
    expect(bench.rules).toContain('may-fragment');
  });

  test('with minPathMtu 68 segments shrink (RFC 1191 §3)', () => {
    const bench = sending(500, { config: { minPathMtu: 68 } });
    bench.connection.pathMtu(300, bench.now);
    expect(bench.drain()).toEqual(['. 1:261 ack 1', 'P. 261:501 ack 1']);
    expect(lastDf(bench)).toBe(true);
  });

  test('segments never shrink below 48 octets less options: one packet for each octet would be an attack', () => {
    const bench = sending(500, { config: { minPathMtu: 68 } });
    bench.connection.pathMtu(68, bench.now);
    expect([bench.drain().length, bench.tcb.sndMss, lastDf(bench)]).toEqual([10, 48, false]);
  });

  test('"do": DF stays, and the user hears why nothing gets through', () => {
    const bench = sending(500, { config: { pathMtuDiscovery: 'do' } });
    bench.connection.pathMtu(300, bench.now);
    bench.drain();
    expect([lastDf(bench), bench.tcb.softError]).toEqual([true, 'packet-too-big']);
  });
});

describe('not believed', () => {
  test('IPv6: less than 1280 (RFC 8201 §4)', () => {
    const bench = sending(1440, { ipv6: true });
    expect(bench.connection.pathMtu(1279, bench.now)).toBeNull();
    expect([bench.tcb.mtu, bench.rules]).toEqual([1500, ['too-big-ignored']]);
    bench.connection.pathMtu(1280, bench.now);
    expect(bench.tcb.mtu).toBe(1280);
  });

  test('verifyTooBig: nothing of ours was larger (RFC 5927 §7)', () => {
    const bench = sending(500, { config: { verifyTooBig: true } });
    bench.connection.pathMtu(540, bench.now);
    expect(bench.tcb.mtu).toBe(1500);
    bench.send(1460);
    bench.drain();
    bench.connection.pathMtu(1000, bench.now);
    expect(bench.tcb.mtu).toBe(1000);
  });

  test.each(['probe', 'dont'] as const)('"%s": the user does not want it heeded', (pathMtuDiscovery) => {
    const bench = sending(1460, { config: { pathMtuDiscovery } });
    bench.connection.pathMtu(1000, bench.now);
    expect([bench.tcb.mtu, bench.drain(), bench.rules]).toEqual([1500, [], ['too-big-ignored']]);
  });
});

test.each([['want', true], ['do', true], ['probe', true], ['dont', false]] as const)('"%s": DF %p', (pathMtuDiscovery, df) => {
  const bench = unopened({ config: { pathMtuDiscovery } });
  bench.connection.openActive(bench.now);
  bench.drain();
  expect(lastDf(bench)).toBe(df);
});

test('changed during the connection: "probe" goes back to the device\'s MTU', () => {
  const bench = sending(1460);
  bench.connection.pathMtu(1000, bench.now);
  bench.connection.setPathMtuDiscovery('probe', bench.now);
  expect([bench.tcb.mtu, bench.tcb.sndMss]).toEqual([1500, 1460]);
});

test('after ten minutes the larger size is tried again (RFC 1191 §6.3)', () => {
  const bench = sending(1460);
  bench.connection.pathMtu(1000, bench.now);
  bench.drain();
  bench.play({ flags: '.', seq: 1, ack: 1461 });
  bench.wait(10 * MINUTE - 1);
  bench.send(1000);
  expect(bench.drain()).toEqual(['. 1461:2421 ack 1', 'P. 2421:2461 ack 1']);
  bench.play({ flags: '.', seq: 1, ack: 2461 });
  bench.clear().wait(1);
  bench.send(1460);
  expect(bench.drain()).toEqual(['P. 2461:3921 ack 1']);
  expect(bench.rules).toContain('path-mtu-aged');
});

test('the MSS we announce is what we can receive, not what the path to the peer carries (RFC 6691)', () => {
  const bench = synSent({ mtu: 1500 });
  bench.connection.pathMtu(1000, bench.now);
  bench.pass(1_000_000);
  const syn = Packet.of(bench.recorder.sent.at(-1)?.bytes ?? new Uint8Array(1));
  expect(syn.view.getUint16(42)).toBe(1460);
});

test('a connection to a path already known starts with its size', () => {
  const bench = established();
  expect(bench.connection.learnPathMtu({ mtu: 1000, fragment: false, expires: bench.now + MINUTE }, bench.now)).toBeUndefined();
  bench.send(1000);
  expect(bench.drain()).toEqual(['. 1:961 ack 1']); // the rest is Nagle's
});
