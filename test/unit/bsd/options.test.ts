import { Errno, Linux } from '../../../src/bsd/constants.js';
import { at, CallBench, OURS, ok, outcome } from '../../support/socket-calls.js';
import { text } from '../../support/segments.js';

const { SOL_SOCKET, SOL_TCP, SOL_IP, SOL_IPV6 } = Linux;

/** What a fresh socket says, as Linux 6.18 does with its defaults. */
const INITIAL: readonly (readonly [string, number, number, number])[] = [
  ['SO_TYPE', SOL_SOCKET, Linux.SO_TYPE, 1], ['SO_ERROR', SOL_SOCKET, Linux.SO_ERROR, 0], ['SO_SNDBUF', SOL_SOCKET, Linux.SO_SNDBUF, 16_384],
  ['SO_RCVBUF', SOL_SOCKET, Linux.SO_RCVBUF, 131_072], ['SO_RCVLOWAT', SOL_SOCKET, Linux.SO_RCVLOWAT, 1], ['SO_SNDLOWAT', SOL_SOCKET, Linux.SO_SNDLOWAT, 1],
  ['SO_PROTOCOL', SOL_SOCKET, Linux.SO_PROTOCOL, 6], ['SO_DOMAIN', SOL_SOCKET, Linux.SO_DOMAIN, 2], ['SO_ACCEPTCONN', SOL_SOCKET, Linux.SO_ACCEPTCONN, 0],
  ['TCP_MAXSEG', SOL_TCP, Linux.TCP_MAXSEG, 536], ['TCP_KEEPIDLE', SOL_TCP, Linux.TCP_KEEPIDLE, 7200], ['TCP_KEEPINTVL', SOL_TCP, Linux.TCP_KEEPINTVL, 75],
  ['TCP_KEEPCNT', SOL_TCP, Linux.TCP_KEEPCNT, 9], ['TCP_SYNCNT', SOL_TCP, Linux.TCP_SYNCNT, 6], ['TCP_LINGER2', SOL_TCP, Linux.TCP_LINGER2, 60],
  ['TCP_QUICKACK', SOL_TCP, Linux.TCP_QUICKACK, 1], ['TCP_USER_TIMEOUT', SOL_TCP, Linux.TCP_USER_TIMEOUT, 0], ['TCP_NODELAY', SOL_TCP, Linux.TCP_NODELAY, 0],
  ['IP_TTL', SOL_IP, Linux.IP_TTL, 64], ['IP_TOS', SOL_IP, Linux.IP_TOS, 0], ['IP_MTU_DISCOVER', SOL_IP, Linux.IP_MTU_DISCOVER, 1],
];

describe('a fresh socket', () => {
  test.each(INITIAL)('%s', (_name, level, option, value) => {
    const bench = new CallBench();
    expect(bench.int(bench.tcp(), level, option)).toBe(value);
  });
});

/** What is set, and what is then said. */
const SET: readonly (readonly [string, number, number, number, number])[] = [
  ['SO_SNDBUF is doubled', SOL_SOCKET, Linux.SO_SNDBUF, 10_000, 20_000],
  ['SO_RCVBUF is doubled', SOL_SOCKET, Linux.SO_RCVBUF, 10_000, 20_000],
  ['SO_RCVBUF has a least size', SOL_SOCKET, Linux.SO_RCVBUF, 1, 2304],
  ['SO_SNDBUF has a least size', SOL_SOCKET, Linux.SO_SNDBUF, 1, 4608],
  ['SO_SNDBUF has a largest size', SOL_SOCKET, Linux.SO_SNDBUF, 10_000_000, 425_984],
  ['SO_KEEPALIVE is 0 or 1', SOL_SOCKET, Linux.SO_KEEPALIVE, 5, 1],
  ['TCP_NODELAY is 0 or 1', SOL_TCP, Linux.TCP_NODELAY, 5, 1],
  ['TCP_MAXSEG', SOL_TCP, Linux.TCP_MAXSEG, 1000, 1000],
  ['TCP_USER_TIMEOUT', SOL_TCP, Linux.TCP_USER_TIMEOUT, 3000, 3000],
  ['TCP_DEFER_ACCEPT goes by retransmissions', SOL_TCP, Linux.TCP_DEFER_ACCEPT, 5, 7],
  ['TCP_LINGER2 below 0', SOL_TCP, Linux.TCP_LINGER2, -5, -1],
  ['TCP_LINGER2 has a largest value', SOL_TCP, Linux.TCP_LINGER2, 1000, 120],
  ['IP_TOS without its ECN bits', SOL_IP, Linux.IP_TOS, 0x13, 0x10],
  ['IP_TTL', SOL_IP, Linux.IP_TTL, 7, 7],
];

describe('setsockopt(2)', () => {
  test.each(SET)('%s', (_name, level, option, value, said) => {
    const bench = new CallBench();
    const fd = bench.tcp();
    ok(bench.calls.setsockopt(fd, level, option, value));
    expect(bench.int(fd, level, option)).toBe(said);
  });

  test.each([
    ['a short value', SOL_TCP, Linux.TCP_NODELAY, Uint8Array.of(1), Errno.EINVAL],
    ['an option that is not known', SOL_TCP, 9999, 1, Errno.ENOPROTOOPT],
    ['an option that can only be asked for', SOL_SOCKET, Linux.SO_ERROR, 1, Errno.ENOPROTOOPT],
    ['an MSS below 88', SOL_TCP, Linux.TCP_MAXSEG, 87, Errno.EINVAL],
    ['a TTL of 0', SOL_IP, Linux.IP_TTL, 0, Errno.EINVAL],
    ['an option of IPv6 on an IPv4 socket', SOL_IPV6, Linux.IPV6_V6ONLY, 1, Errno.ENOPROTOOPT],
    ['a timeout with too many µs', SOL_SOCKET, Linux.SO_RCVTIMEO, Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 64, 66, 15, 0, 0, 0, 0, 0), Errno.EDOM],
    ['a congestion control that we do not have', SOL_TCP, Linux.TCP_CONGESTION, new TextEncoder().encode('cubic'), Errno.ENOENT],
  ])('%s is refused', (_what, level, option, value, errno) => {
    const bench = new CallBench();
    expect(outcome(bench.calls.setsockopt(bench.tcp(), level, option, value))).toBe(-errno);
  });

  test('TCP_NODELAY lets a short segment go that waited', () => {
    const bench = new CallBench();
    const fd = bench.accepted();
    bench.calls.write(fd, text(0, 10));
    bench.calls.write(fd, text(10, 10));
    expect(bench.sent()).toEqual(['P. 1:11 ack 1']);
    bench.calls.setsockopt(fd, SOL_TCP, Linux.TCP_NODELAY, 1);
    expect(bench.sent()).toEqual(['P. 11:21 ack 1']);
  });

  test('TCP_CORK holds short segments until it is drawn', () => {
    const bench = new CallBench();
    const fd = bench.accepted();
    bench.calls.setsockopt(fd, SOL_TCP, Linux.TCP_CORK, 1);
    bench.calls.write(fd, text(0, 10));
    expect(bench.sent()).toEqual([]);
    bench.calls.setsockopt(fd, SOL_TCP, Linux.TCP_CORK, 0);
    expect(bench.sent()).toEqual(['P. 1:11 ack 1']);
  });

  test('MSG_MORE holds a short segment until the next send', () => {
    const bench = new CallBench();
    const fd = bench.accepted();
    bench.calls.send(fd, text(0, 10), Linux.MSG_MORE);
    expect(bench.sent()).toEqual([]);
    bench.calls.send(fd, text(10, 10));
    expect(bench.sent()).toEqual(['P. 1:21 ack 1']);
  });

  test('SO_KEEPALIVE and TCP_KEEPIDLE make an idle connection send probes', () => {
    const bench = new CallBench();
    const fd = bench.accepted();
    bench.calls.setsockopt(fd, SOL_SOCKET, Linux.SO_KEEPALIVE, 1);
    bench.calls.setsockopt(fd, SOL_TCP, Linux.TCP_KEEPIDLE, 10);
    expect(bench.pass(10_000_000)).toEqual(['. 0:0 ack 1']);
  });

  test('TCP_USER_TIMEOUT on an open connection ends it with ETIMEDOUT', () => {
    const bench = new CallBench();
    const fd = bench.accepted();
    bench.calls.setsockopt(fd, SOL_TCP, Linux.TCP_USER_TIMEOUT, 1000);
    bench.calls.write(fd, text(0, 10));
    bench.pass(10_000_000);
    expect(bench.soError(fd)).toBe(Errno.ETIMEDOUT);
  });

  test('TCP_MAXSEG is announced in the SYN', () => {
    const bench = new CallBench();
    const fd = bench.tcp(Linux.SOCK_NONBLOCK);
    bench.calls.setsockopt(fd, SOL_TCP, Linux.TCP_MAXSEG, 1000);
    bench.calls.connect(fd, at('192.0.2.1', 1));
    expect(bench.sentFully()[0]).toContain('mss 1000');
  });
});

test('getsockopt gives no more than there is room for', () => {
  const bench = new CallBench();
  const fd = bench.tcp();
  expect([1, 4, 32].map((n) => ok(bench.calls.getsockopt(fd, SOL_IP, Linux.IP_TTL, n)).octets?.length)).toEqual([1, 4, 4]);
});

test('TCP_CONGESTION is reno, sixteen octets', () => {
  const bench = new CallBench();
  const { octets } = ok(bench.calls.getsockopt(bench.tcp(), SOL_TCP, Linux.TCP_CONGESTION, 32));
  expect([octets?.length, new TextDecoder().decode(octets?.slice(0, 5))]).toEqual([16, 'reno\0']);
});

test('IP_MTU is ENOTCONN without a connection, and the path\'s with one', () => {
  const bench = new CallBench();
  const fd = bench.tcp();
  expect([outcome(bench.calls.getsockopt(fd, SOL_IP, Linux.IP_MTU)), bench.int(bench.accepted(), SOL_IP, Linux.IP_MTU)]).toEqual([-Errno.ENOTCONN, 1500]);
});

test('getsockname of a bound socket tells what it is bound to', () => {
  const bench = new CallBench();
  const fd = bench.tcp();
  bench.calls.bind(fd, at(OURS, 1234));
  expect(ok(bench.calls.getsockname(fd)).address).toEqual(at(OURS, 1234));
});

test('O_NONBLOCK is set and told by fcntl', () => {
  const bench = new CallBench();
  const fd = bench.tcp();
  bench.calls.fcntl(fd, Linux.F_SETFL, Linux.O_RDWR | Linux.O_NONBLOCK);
  expect(ok(bench.calls.fcntl(fd, Linux.F_GETFL)).value).toBe(Linux.O_RDWR | Linux.O_NONBLOCK);
});

describe('ioctl', () => {
  test('SIOCOUTQ counts what is not acknowledged, SIOCOUTQNSD what was never sent', () => {
    const bench = new CallBench();
    const fd = bench.accepted(0, 1000);
    bench.calls.write(fd, text(0, 1500));
    const count = (request: number): number => new DataView(ok(bench.calls.ioctl(fd, request)).octets?.buffer ?? new ArrayBuffer(4)).getInt32(0, true);
    expect([count(Linux.SIOCOUTQ), count(Linux.SIOCOUTQNSD)]).toEqual([1500, 500]);
  });

  test('a request that is not known is ENOTTY', () => {
    const bench = new CallBench();
    expect(outcome(bench.calls.ioctl(bench.tcp(), 0x1234))).toBe(-Errno.ENOTTY);
  });
});

test.each([
  ['a datagram socket', Linux.AF_INET, Linux.SOCK_DGRAM, 0, Errno.ESOCKTNOSUPPORT],
  ['another family', Linux.AF_UNIX, Linux.SOCK_STREAM, 0, Errno.EAFNOSUPPORT],
  ['another protocol', Linux.AF_INET, Linux.SOCK_STREAM, Linux.IPPROTO_SCTP, Errno.EPROTONOSUPPORT],
])('%s is refused', (_what, domain, type, protocol, errno) => {
  const bench = new CallBench();
  expect(outcome(bench.calls.socket(domain, type, protocol))).toBe(-errno);
});

test('SO_MEMINFO counts what is unread and what is queued, and says how large both buffers are', () => {
  const bench = new CallBench();
  const fd = bench.accepted();
  bench.calls.setsockopt(fd, SOL_SOCKET, Linux.SO_SNDBUF, 10_000);
  bench.arrive({ flags: 'P.', seq: 1, ack: 1, data: text(0, 30) });
  bench.calls.write(fd, text(0, 40));
  const { octets = new Uint8Array(0) } = bench.calls.getsockopt(fd, SOL_SOCKET, Linux.SO_MEMINFO, 36).result ?? {};
  const view = new DataView(octets.buffer, octets.byteOffset);
  expect(Array.from({ length: 9 }, (_, i) => view.getUint32(4 * i, true))).toEqual([30, bench.int(fd, SOL_SOCKET, Linux.SO_RCVBUF), 0, 20_000, 0, 40, 0, 0, 0]);
});
