import { Errno, Linux } from '../../../src/bsd/constants.js';
import { CallBench, ok, outcome, result } from '../../support/socket-calls.js';
import { text } from '../../support/segments.js';

const second = (n: number): Uint8Array => {
  const octets = new Uint8Array(16);
  octets[0] = n;
  return octets;
};

test('a buffer that is nowhere is EFAULT, but only once its text could be sent', () => {
  const bench = new CallBench();
  const fd = bench.accepted();
  const nowhere = (): number => outcome(bench.calls.begin({ name: 'send', fd, octets: new Uint8Array(0), flags: Linux.MSG_NOSIGNAL, nowhere: 5 }));
  expect(nowhere()).toBe(-Errno.EFAULT);
  bench.calls.shutdown(fd, Linux.SHUT_WR);
  expect(nowhere()).toBe(-Errno.EPIPE);
});

describe('recv(2)', () => {
  test('a blocking read ends when text arrives', () => {
    const bench = new CallBench();
    const fd = bench.accepted();
    const call = bench.calls.read(fd, 100);
    bench.arrive({ flags: 'P.', seq: 1, ack: 1, data: 10 });
    expect(result(call).octets).toEqual(text(0, 10));
  });

  test('nothing there is EAGAIN for one who does not wait', () => {
    const bench = new CallBench();
    expect(outcome(bench.calls.recv(bench.accepted(), 10, Linux.MSG_DONTWAIT))).toBe(-Errno.EAGAIN);
  });

  test('SO_RCVTIMEO ends the wait with EAGAIN', () => {
    const bench = new CallBench();
    const fd = bench.accepted();
    bench.calls.setsockopt(fd, Linux.SOL_SOCKET, Linux.SO_RCVTIMEO, second(2));
    const call = bench.calls.read(fd, 10);
    bench.pass(3_000_000);
    expect([outcome(call), call.endedAt - call.startedAt]).toEqual([-Errno.EAGAIN, 2_000_000]);
  });

  test('MSG_WAITALL waits for all of it', () => {
    const bench = new CallBench();
    const fd = bench.accepted();
    const call = bench.calls.recv(fd, 20, Linux.MSG_WAITALL);
    bench.arrive({ flags: 'P.', seq: 1, ack: 1, data: 15 });
    expect(call.result).toBeUndefined();
    bench.arrive({ flags: 'P.', seq: 16, ack: 1, data: 15 });
    expect(result(call).value).toBe(20);
  });

  test('SO_RCVLOWAT holds a read back until so much is there', () => {
    const bench = new CallBench();
    const fd = bench.accepted();
    bench.calls.setsockopt(fd, Linux.SOL_SOCKET, Linux.SO_RCVLOWAT, 12);
    const call = bench.calls.read(fd, 100);
    bench.arrive({ flags: 'P.', seq: 1, ack: 1, data: 10 });
    expect(call.result).toBeUndefined();
    bench.arrive({ flags: 'P.', seq: 11, ack: 1, data: 10 });
    expect(result(call).value).toBe(20);
  });

  test('MSG_PEEK leaves the text where it is', () => {
    const bench = new CallBench();
    const fd = bench.accepted();
    bench.arrive({ flags: 'P.', seq: 1, ack: 1, data: 10 });
    expect([outcome(bench.calls.recv(fd, 4, Linux.MSG_PEEK)), outcome(bench.calls.read(fd, 100))]).toEqual([4, 10]);
  });

  test('MSG_TRUNC counts the text and throws it away', () => {
    const bench = new CallBench();
    const fd = bench.accepted();
    bench.arrive({ flags: 'P.', seq: 1, ack: 1, data: 10 });
    const { value, octets } = ok(bench.calls.recv(fd, 6, Linux.MSG_TRUNC));
    expect([value, octets?.length, outcome(bench.calls.read(fd, 100))]).toEqual([6, 0, 4]);
  });

  test('the end of the stream is 0, again and again', () => {
    const bench = new CallBench();
    const fd = bench.accepted();
    bench.arrive({ flags: 'F.', seq: 1, ack: 1 });
    expect([outcome(bench.calls.read(fd, 10)), outcome(bench.calls.read(fd, 10))]).toEqual([0, 0]);
  });

  test('text that came before a RST is read before the error, the error once, then 0', () => {
    const bench = new CallBench();
    const fd = bench.accepted();
    bench.arrive({ flags: 'P.', seq: 1, ack: 1, data: 10 });
    bench.arrive({ flags: 'R', seq: 11 });
    expect([1, 2, 3].map(() => outcome(bench.calls.read(fd, 100)))).toEqual([10, -Errno.ECONNRESET, 0]);
  });

  test('a blocking read ends with the RST', () => {
    const bench = new CallBench();
    const call = bench.calls.read(bench.accepted(), 100);
    bench.arrive({ flags: 'R', seq: 1 });
    expect(outcome(call)).toBe(-Errno.ECONNRESET);
  });

  test.each([['fresh', false], ['listening', true]])('a %s socket is ENOTCONN', (_what, listening) => {
    const bench = new CallBench();
    expect(outcome(bench.calls.read(listening ? bench.listener() : bench.tcp(), 10))).toBe(-Errno.ENOTCONN);
  });

  test('TCP_INQ tells how much is left, and 1 at the end of the stream', () => {
    const bench = new CallBench();
    const fd = bench.accepted();
    bench.calls.setsockopt(fd, Linux.SOL_TCP, Linux.TCP_INQ, 1);
    bench.arrive({ flags: 'FP.', seq: 1, ack: 1, data: 10 });
    const left = (n: number): number | undefined => ok(bench.calls.recvmsg(fd, n, 0, 64)).control?.[0]?.data[0];
    expect([left(4), left(6)]).toEqual([6, 1]);
  });
});

describe('send(2)', () => {
  test('a fresh socket is EPIPE', () => {
    const bench = new CallBench();
    expect(outcome(bench.calls.write(bench.tcp(), text(0, 1)))).toBe(-Errno.EPIPE);
  });

  test('after a RST it is ECONNRESET once, then EPIPE', () => {
    const bench = new CallBench();
    const fd = bench.accepted();
    bench.arrive({ flags: 'R', seq: 1 });
    expect([1, 2].map(() => outcome(bench.calls.write(fd, text(0, 1))))).toEqual([-Errno.ECONNRESET, -Errno.EPIPE]);
  });

  test('one who does not wait gets as much in as the buffer takes, then EAGAIN', () => {
    const bench = new CallBench();
    const fd = bench.accepted(Linux.SOCK_NONBLOCK, 1000);
    bench.calls.setsockopt(fd, Linux.SOL_SOCKET, Linux.SO_SNDBUF, 5000);
    const taken = outcome(bench.calls.write(fd, text(0, 100_000)));
    expect([taken, outcome(bench.calls.write(fd, text(0, 1)))]).toEqual([10_000, -Errno.EAGAIN]);
  });

  test('a blocking write ends when the last octet is in the buffer', () => {
    const bench = new CallBench();
    const fd = bench.accepted(0, 4000);
    bench.calls.setsockopt(fd, Linux.SOL_SOCKET, Linux.SO_SNDBUF, 2500);
    const call = bench.calls.write(fd, text(0, 9000));
    expect(call.result).toBeUndefined();
    bench.arrive({ flags: '.', seq: 1, ack: 4001, wnd: 4000 });
    expect(result(call).value).toBe(9000);
  });

  test('text waits for the handshake', () => {
    const bench = new CallBench();
    const { fd } = bench.connecting();
    bench.calls.fcntl(fd, Linux.F_SETFL, 0);
    const call = bench.calls.write(fd, text(0, 10));
    expect(call.result).toBeUndefined();
    expect(bench.arrive({ flags: 'S.', ack: 1, mss: 1000 }).at(-1)).toBe('P. 1:11 ack 1');
  });

  test('after SHUT_WR it is EPIPE', () => {
    const bench = new CallBench();
    const fd = bench.accepted();
    bench.calls.shutdown(fd, Linux.SHUT_WR);
    expect(outcome(bench.calls.write(fd, text(0, 1)))).toBe(-Errno.EPIPE);
  });
});
