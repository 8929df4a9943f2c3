import { Linux } from '../../../src/bsd/constants.js';
import { SocketCalls } from '../../../src/bsd/socket-calls.js';
import { at, CallBench, OURS } from '../../support/socket-calls.js';

test('the SYN is Linux\'s with its default settings', () => {
  const calls = new SocketCalls({ addresses: [OURS] });
  calls.connect(calls.socket(Linux.AF_INET, Linux.SOCK_STREAM | Linux.SOCK_NONBLOCK).result?.value ?? -1, at('192.0.2.1', 1));
  const bench = new CallBench();
  bench.calls.sysctl('net.ipv4.tcp_sack', 1);
  const fd = bench.tcp(Linux.SOCK_NONBLOCK);
  bench.calls.connect(fd, at('192.0.2.1', 1));
  expect(bench.sentFully()).toEqual(['S 0:0 win 64240 <mss 1460, sackOK, scale 7>']);
});

test('a SYN is sent again after 1, 1, 1, 1, 1, 2, 4 … seconds, and the attempt ends after 131', () => {
  const bench = new CallBench();
  const { fd } = bench.connecting();
  const at0 = bench.calls.now;
  const times: number[] = [];
  while (bench.calls.nextDeadline() !== Infinity) {
    bench.calls.advanceTo(bench.calls.nextDeadline());
    if (bench.sent().length > 0) times.push((bench.calls.now - at0) / 1e6);
  }
  expect([times, (bench.calls.now - at0) / 1e6, bench.soError(fd)]).toEqual([[1, 2, 3, 4, 5, 7, 11, 19, 35, 67], 131, 110]);
});

test.each([
  ['net.ipv4.tcp_sack', '0', 'set'],
  ['net/ipv4/tcp_sack', '1', 'set'],
  ['/proc/sys/net/ipv4/tcp_rmem', '4096\t87380 1000000', 'set'],
  ['net.ipv4.tcp_sack', 'yes', 'unsupported value'],
  ['net.ipv4.tcp_congestion_control', 'bbr', 'unsupported value'],
  ['net.ipv4.no_such_setting', '1', 'unknown'],
  ['glasstcp.requireTimestamps', '1', 'set'],
  ['glasstcp.userTimeoutMin', '1e6', 'set'],
  ['glasstcp.synText', 'queue', 'set'],
  ['glasstcp.synText', 'dance', 'unsupported value'],
  ['glasstcp.requireTimestamps', 'yes', 'unsupported value'],
  ['glasstcp.rtoMin', '0', 'unsupported value'],
  ['glasstcp.ipOptions', '1', 'unsupported value'],
  ['glasstcp.noSuchSetting', '1', 'unknown'],
])('%s = %s is %s', (name, value, answer) => {
  expect(new CallBench().calls.sysctl(name, value)).toBe(answer);
});

test('a setting is read as it was written, spaces made one', () => {
  const { calls } = new CallBench();
  calls.sysctl('net.ipv4.tcp_rmem', ' 1000\t2000   3000');
  expect([calls.sysctl('net.ipv4.tcp_rmem'), calls.sysctl('net.ipv4.none')]).toEqual(['1000 2000 3000', undefined]);
});

test.each([['0x402', '1026'], ['0X70403', '459779'], ['017', '15'], ['0', '0']])('%s is read as C does: %s', (value, decimal) => {
  const { calls } = new CallBench();
  expect([calls.sysctl('net.ipv4.tcp_fastopen', value), calls.sysctl('net.ipv4.tcp_fastopen')]).toEqual(['set', decimal]);
});

test('a timer changes for connections that are open', () => {
  const bench = new CallBench();
  const fd = bench.accepted();
  bench.calls.setsockopt(fd, Linux.SOL_SOCKET, Linux.SO_KEEPALIVE, 1);
  bench.calls.sysctl('net.ipv4.tcp_keepalive_time', 5);
  expect(bench.pass(5_000_000)).toEqual(['. 0:0 ack 1']);
});

test('ip_local_port_range bounds the ports of new connections', () => {
  const bench = new CallBench();
  bench.calls.sysctl('net.ipv4.ip_local_port_range', '5000 5000');
  bench.connecting();
  expect(bench.ourPort).toBe(5000);
});

test('with all ports of the range in use connect is EADDRNOTAVAIL', () => {
  const bench = new CallBench();
  bench.calls.sysctl('net.ipv4.ip_local_port_range', '5000 5000');
  bench.connecting();
  const { errno } = bench.calls.connect(bench.tcp(), at('192.0.2.1', 40_000)).result ?? { errno: 0 };
  expect(errno).toBe(99);
});

test('a setting of glasstcp\'s own goes over what Linux\'s say', () => {
  const bench = new CallBench();
  bench.calls.sysctl('glasstcp.sack', 0);
  bench.calls.sysctl('net.ipv4.tcp_sack', 1);
  bench.connecting();
  expect([bench.sentFully().join().includes('sackOK'), bench.calls.sysctl('glasstcp.sack')]).toEqual([false, '0']);
});

test('a sysctl leaves the profile\'s own settings of the host as they are', () => {
  const calls = new SocketCalls({ addresses: [OURS], profile: 'own' });
  calls.sysctl('net.ipv4.tcp_sack', 0);
  expect([calls.stack.config.acceptSourceRoutes, calls.stack.config.retries2]).toEqual([true, Infinity]);
});

test('source routes are taken if accept_source_route, or a setting of our own, says so', () => {
  const calls = new SocketCalls({ addresses: [OURS] });
  const accepted = (): boolean => calls.stack.config.acceptSourceRoutes;
  const before = accepted();
  calls.sysctl('net.ipv4.conf.all.accept_source_route', 1);
  const set = accepted();
  calls.sysctl('glasstcp.acceptSourceRoutes', 0);
  expect([before, set, accepted()]).toEqual([false, true, false]);
});

test('tcp_min_tso_segs is the least length of a burst', () => {
  const bench = new CallBench();
  bench.calls.sysctl('net.ipv4.tcp_min_tso_segs', 7);
  bench.accepted();
  expect([...bench.calls.stack.demux].map(({ connection }) => connection.tcb.config.burstSegments)).toEqual([7]);
});
