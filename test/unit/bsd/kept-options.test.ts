/** Options without effect: taken, kept and read as Linux has it. */
import { Errno, Linux } from '../../../src/bsd/constants.js';
import { at, CallBench, outcome, PORT } from '../../support/socket-calls.js';

const { SOL_SOCKET, SOL_TCP, SOL_IP } = Linux;

test.each([
  ['SO_BROADCAST is a truth', SOL_SOCKET, Linux.SO_BROADCAST, 7, 1],
  ['SO_INCOMING_CPU is a number', SOL_SOCKET, Linux.SO_INCOMING_CPU, 3, 3],
  ['SO_TXREHASH -1 is the default', SOL_SOCKET, Linux.SO_TXREHASH, -1, 1],
  ['TCP_THIN_DUPACK is gone', SOL_TCP, Linux.TCP_THIN_DUPACK, 1, 0],
  ['IP_RECVTOS is a truth', SOL_IP, Linux.IP_RECVTOS, 5, 1],
])('%s', (_name, level, option, value, read) => {
  const bench = new CallBench();
  const fd = bench.tcp();
  expect(outcome(bench.calls.setsockopt(fd, level, option, value))).toBe(0);
  expect(bench.int(fd, level, option)).toBe(read);
});

test.each([
  ['SO_ZEROCOPY', SOL_SOCKET, Linux.SO_ZEROCOPY, 2, Errno.EINVAL],
  ['SO_BUSY_POLL', SOL_SOCKET, Linux.SO_BUSY_POLL, -1, Errno.EINVAL],
  ['SO_PASSCRED', SOL_SOCKET, Linux.SO_PASSCRED, 1, Errno.EOPNOTSUPP],
])('%s has its limits', (_name, level, option, value, errno) => {
  const bench = new CallBench();
  expect(outcome(bench.calls.setsockopt(bench.tcp(), level, option, value))).toBe(-errno);
});

test('an accepted socket has a copy of its own', () => {
  const bench = new CallBench();
  const listener = bench.listener();
  bench.calls.setsockopt(listener, SOL_SOCKET, Linux.SO_ZEROCOPY, 1);
  bench.shake();
  const fd = outcome(bench.calls.accept(listener));
  bench.calls.setsockopt(listener, SOL_SOCKET, Linux.SO_ZEROCOPY, 0);
  expect(bench.int(fd, SOL_SOCKET, Linux.SO_ZEROCOPY)).toBe(1);
});

test('SO_MAX_PACING_RATE reads as 64 bits for whoever has room', () => {
  const bench = new CallBench();
  expect(bench.calls.getsockopt(bench.tcp(), SOL_SOCKET, Linux.SO_MAX_PACING_RATE, 8).result?.octets).toEqual(new Uint8Array(8).fill(0xff));
});

test('IP_FREEBIND lets bind(2) take any address', () => {
  const bench = new CallBench();
  const fd = bench.tcp();
  expect(outcome(bench.calls.bind(fd, at('198.51.100.1', PORT)))).toBe(-Errno.EADDRNOTAVAIL);
  bench.calls.setsockopt(fd, SOL_IP, Linux.IP_FREEBIND, 1);
  expect(outcome(bench.calls.bind(fd, at('198.51.100.1', PORT)))).toBe(0);
});

test('SO_RCVLOWAT is bounded by half of the largest buffer, and makes room', () => {
  const bench = new CallBench();
  const fd = bench.accepted();
  bench.calls.setsockopt(fd, SOL_SOCKET, Linux.SO_RCVLOWAT, 300_000);
  expect(bench.int(fd, SOL_SOCKET, Linux.SO_RCVBUF)).toBe(600_000);
  bench.calls.setsockopt(fd, SOL_SOCKET, Linux.SO_RCVLOWAT, -1);
  expect(bench.int(fd, SOL_SOCKET, Linux.SO_RCVLOWAT)).toBe(6_291_456 / 2);
});

test('TCP_WINDOW_CLAMP tells the window of a connection', () => {
  const bench = new CallBench();
  const fd = bench.accepted();
  expect(bench.int(fd, SOL_TCP, Linux.TCP_WINDOW_CLAMP)).toBe(64_076);
  bench.calls.setsockopt(fd, SOL_TCP, Linux.TCP_WINDOW_CLAMP, 5000);
  expect(bench.int(fd, SOL_TCP, Linux.TCP_WINDOW_CLAMP)).toBe(5000);
});
