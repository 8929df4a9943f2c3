import { Errno, Linux } from '../../../src/bsd/constants.js';
import { CallBench, ok, outcome } from '../../support/socket-calls.js';

/** "ab!cd", the third octet urgent. */
function urgent(inline = 0): { bench: CallBench; fd: number } {
  const bench = new CallBench();
  const fd = bench.accepted(Linux.SOCK_NONBLOCK);
  bench.calls.setsockopt(fd, Linux.SOL_SOCKET, Linux.SO_OOBINLINE, inline);
  bench.arrive({ flags: 'PU.', seq: 1, ack: 1, data: new TextEncoder().encode('ab!cd'), urg: 3 });
  return { bench, fd };
}
const read = (bench: CallBench, fd: number, flags = 0): string => new TextDecoder().decode(ok(bench.calls.recv(fd, 100, flags)).octets);
const number = (bench: CallBench, fd: number, request: number): number => ok(bench.calls.ioctl(fd, request)).octets?.[0] ?? -1;

test('reads end at the mark, and go on behind the octet that is kept apart', () => {
  const { bench, fd } = urgent();
  expect([read(bench, fd), number(bench, fd, Linux.SIOCATMARK), read(bench, fd)]).toEqual(['ab', 1, 'cd']);
});

test('MSG_OOB gives the octet once', () => {
  const { bench, fd } = urgent();
  const { octets, flags } = ok(bench.calls.recv(fd, 10, Linux.MSG_OOB));
  expect([octets, flags, outcome(bench.calls.recv(fd, 10, Linux.MSG_OOB))]).toEqual([Uint8Array.of(0x21), Linux.MSG_OOB, -Errno.EINVAL]);
});

test('SO_OOBINLINE leaves it in the stream', () => {
  const { bench, fd } = urgent(1);
  expect([read(bench, fd), read(bench, fd), outcome(bench.calls.recv(fd, 1, Linux.MSG_OOB))]).toEqual(['ab', '!cd', -Errno.EINVAL]);
});

test('SIOCINQ counts up to the mark', () => {
  const { bench, fd } = urgent();
  expect(number(bench, fd, Linux.SIOCINQ)).toBe(2);
});

test('an octet that is announced but not here is EAGAIN', () => {
  const bench = new CallBench();
  const fd = bench.accepted();
  bench.arrive({ flags: 'U.', seq: 1, ack: 1, data: 1, urg: 5 });
  expect(outcome(bench.calls.recv(fd, 1, Linux.MSG_OOB))).toBe(-Errno.EAGAIN);
});

test('the first segment of a large urgent send knows where it all ends, though the call is answered in parts', () => {
  const bench = new CallBench();
  const fd = bench.accepted(Linux.SOCK_NONBLOCK, 8000);
  bench.calls.setsockopt(fd, Linux.SOL_SOCKET, Linux.SO_SNDBUF, 20_000);
  expect(outcome(bench.calls.send(fd, new Uint8Array(20_000), Linux.MSG_OOB))).toBe(20_000);
  expect(bench.sent()[0]).toBe('.U 1:1001 ack 1 urg 20000');
});
