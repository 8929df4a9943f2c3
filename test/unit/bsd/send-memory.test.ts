/** How much a send puts into the buffer, and when one who waits goes on: counts of a Linux kernel. */
import { Errno, Linux } from '../../../src/bsd/constants.js';
import { text } from '../../support/segments.js';
import { CallBench, outcome, result } from '../../support/socket-calls.js';

const { SOL_SOCKET, SOL_TCP, SO_SNDBUF } = Linux;

function open(buffer: number, window: number, mss = 1000): { bench: CallBench; fd: number } {
  const bench = new CallBench();
  const fd = bench.accepted(Linux.SOCK_NONBLOCK, window, mss);
  if (buffer > 0) bench.calls.setsockopt(fd, SOL_SOCKET, SO_SNDBUF, buffer);
  return { bench, fd };
}

describe('one who does not wait', () => {
  // buffer as set, window, segment, octets that Linux took
  test.each([[21_000, 50_000, 1000, 60_000], [0, 50_000, 1460, 64_240], [0, 3000, 1000, 27_000]])('SO_SNDBUF %i, window %i, segments of %i: %i octets', (buffer, window, mss, taken) => {
    const { bench, fd } = open(buffer, window, mss);
    expect(outcome(bench.calls.write(fd, text(0, 200_000)))).toBe(taken);
    expect(outcome(bench.calls.write(fd, text(0, 1)))).toBe(-Errno.EAGAIN);
  });

  test('small writes join in a buffer that was not sent', () => {
    const { bench, fd } = open(10_000, 4000);
    expect(outcome(bench.calls.write(fd, text(0, 4000)))).toBe(4000);
    for (let i = 0; i < 100; i++) bench.calls.write(fd, text(0, 10));
    const { octets = new Uint8Array(0) } = bench.calls.getsockopt(fd, SOL_SOCKET, Linux.SO_MEMINFO, 36).result ?? {};
    expect(new DataView(octets.buffer, octets.byteOffset).getUint32(20, true)).toBeLessThan(5000 + 6 * 832);
  });
});

test('one who waits goes on when a third is free', () => {
  const bench = new CallBench();
  const fd = bench.accepted(0, 50_000, 1000);
  bench.calls.setsockopt(fd, SOL_SOCKET, SO_SNDBUF, 15_000);
  const call = bench.calls.write(fd, text(0, 36_000));
  bench.arrive({ flags: '.', seq: 1, ack: 10_001, wnd: 50_000 });
  expect(call.result).toBeUndefined();
  bench.arrive({ flags: '.', seq: 1, ack: 20_001, wnd: 50_000 });
  expect(result(call).value).toBe(36_000);
});

test('the user is known to wait, and to wait no longer', () => {
  const { bench, fd } = open(5000, 50_000);
  bench.calls.write(fd, text(0, 200_000));
  const starved = (): boolean[] => [...bench.calls.stack.demux].map((endpoint) => endpoint.connection.tcb.starved);
  expect(starved()).toEqual([true]);
  bench.arrive({ flags: '.', seq: 1, ack: 10_001, wnd: 50_000 });
  bench.arrive({ flags: '.', seq: 1, ack: 35_001, wnd: 50_000 });
  expect(outcome(bench.calls.write(fd, text(0, 10)))).toBe(10);
  expect(starved()).toEqual([false]);
});

test('TCP_NOTSENT_LOWAT: no new buffer while so much waits to be sent, and half of it is writable', () => {
  const { bench, fd } = open(0, 1000);
  bench.calls.setsockopt(fd, SOL_TCP, Linux.TCP_NOTSENT_LOWAT, 1500);
  expect(outcome(bench.calls.write(fd, text(0, 100_000)))).toBe(2500);
  const writable = (): number => result(bench.calls.poll([{ fd, events: Linux.POLLOUT }], 0)).value;
  expect(writable()).toBe(0);
  bench.arrive({ flags: '.', seq: 1, ack: 1001, wnd: 1000 });
  expect(writable()).toBe(1);
});
