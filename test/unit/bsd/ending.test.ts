import { Errno, Linux } from '../../../src/bsd/constants.js';
import { at, CallBench, ok, outcome, PEER, PORT } from '../../support/socket-calls.js';
import { text } from '../../support/segments.js';

const linger = (on: number, seconds: number): Uint8Array => Uint8Array.of(on, 0, 0, 0, seconds, 0, 0, 0);

describe('shutdown(2)', () => {
  test('SHUT_WR sends a FIN and leaves reading open', () => {
    const bench = new CallBench();
    const fd = bench.accepted();
    bench.calls.shutdown(fd, Linux.SHUT_WR);
    expect(bench.sent()).toEqual(['F. 1:1 ack 1']);
    bench.arrive({ flags: 'P.', seq: 1, ack: 2, data: 10 });
    expect(outcome(bench.calls.read(fd, 100))).toBe(10);
  });

  test('SHUT_RD sends nothing and makes reading the end of the stream', () => {
    const bench = new CallBench();
    const fd = bench.accepted();
    bench.calls.shutdown(fd, Linux.SHUT_RD);
    expect([bench.sent(), outcome(bench.calls.read(fd, 100))]).toEqual([[], 0]);
  });

  test('SHUT_RD ends a read that waits', () => {
    const bench = new CallBench();
    const fd = bench.accepted();
    const call = bench.calls.read(fd, 10);
    bench.calls.shutdown(fd, Linux.SHUT_RD);
    expect(outcome(call)).toBe(0);
  });

  test('a socket without a connection is ENOTCONN', () => {
    const bench = new CallBench();
    expect(outcome(bench.calls.shutdown(bench.tcp(), Linux.SHUT_RDWR))).toBe(-Errno.ENOTCONN);
  });

  test('a direction that there is not is EINVAL', () => {
    const bench = new CallBench();
    expect(outcome(bench.calls.shutdown(bench.accepted(), 3))).toBe(-Errno.EINVAL);
  });

  test('a listener that stops receiving listens no more', () => {
    const bench = new CallBench();
    const fd = bench.listener();
    bench.calls.shutdown(fd, Linux.SHUT_RD);
    expect([outcome(bench.calls.accept(fd)), bench.arrive({ flags: 'S' })]).toEqual([-Errno.EINVAL, ['R. -10000:-10000 ack 1']]);
  });

  test('a handshake of ours is given up, and SO_ERROR says ECONNRESET', () => {
    const bench = new CallBench();
    const { fd } = bench.connecting();
    expect([outcome(bench.calls.shutdown(fd, Linux.SHUT_WR)), bench.soError(fd)]).toEqual([0, Errno.ECONNRESET]);
  });
});

describe('close(2)', () => {
  test('an idle connection ends with a FIN, and the descriptor is free', () => {
    const bench = new CallBench();
    const fd = bench.accepted();
    bench.calls.close(fd);
    expect([bench.sent(), outcome(bench.calls.read(fd, 1)), bench.tcp()]).toEqual([['F. 1:1 ack 1'], -Errno.EBADF, fd]);
  });

  test('unread text makes it a RST', () => {
    const bench = new CallBench();
    const fd = bench.accepted();
    bench.arrive({ flags: 'P.', seq: 1, ack: 1, data: 10 });
    bench.calls.close(fd);
    expect(bench.sent()).toEqual(['R. 1:1 ack 11']);
  });

  test('SO_LINGER of no time makes it a RST', () => {
    const bench = new CallBench();
    const fd = bench.accepted();
    bench.calls.setsockopt(fd, Linux.SOL_SOCKET, Linux.SO_LINGER, linger(1, 0));
    bench.calls.close(fd);
    expect(bench.sent()).toEqual(['R. 1:1 ack 1']);
  });

  test('SO_LINGER makes it wait for the acknowledgement of the FIN', () => {
    const bench = new CallBench();
    const fd = bench.accepted();
    bench.calls.setsockopt(fd, Linux.SOL_SOCKET, Linux.SO_LINGER, linger(1, 5));
    const call = bench.calls.close(fd);
    expect(call.result).toBeUndefined();
    bench.pass(100_000);
    bench.arrive({ flags: '.', seq: 1, ack: 2 });
    expect([outcome(call), call.endedAt - call.startedAt]).toEqual([0, 100_000]);
  });

  test('SO_LINGER waits no longer than it says', () => {
    const bench = new CallBench();
    const fd = bench.accepted();
    bench.calls.setsockopt(fd, Linux.SOL_SOCKET, Linux.SO_LINGER, linger(1, 5));
    const call = bench.calls.close(fd);
    bench.pass(6_000_000);
    expect(call.endedAt - call.startedAt).toBe(5_000_000);
  });

  test('a listener resets the connections that nobody has accepted', () => {
    const bench = new CallBench();
    const fd = bench.listener();
    bench.shake();
    bench.calls.close(fd);
    expect(bench.sent()).toEqual(['R. 1:1 ack 1']);
  });

  test('a connection that lingers keeps its port from one who does not reuse addresses', () => {
    const bench = new CallBench();
    bench.calls.close(bench.accepted());
    bench.calls.close(3);
    const fd = bench.tcp();
    const plain = outcome(bench.calls.bind(fd, at('0.0.0.0', PORT)));
    bench.calls.setsockopt(fd, Linux.SOL_SOCKET, Linux.SO_REUSEADDR, 1);
    expect([plain, outcome(bench.calls.bind(fd, at('0.0.0.0', PORT)))]).toEqual([-Errno.EADDRINUSE, 0]);
  });

  test('TCP_LINGER2 below 0 ends FIN-WAIT-2 at once with a RST', () => {
    const bench = new CallBench();
    const fd = bench.accepted();
    bench.calls.setsockopt(fd, Linux.SOL_TCP, Linux.TCP_LINGER2, -1);
    bench.calls.close(fd);
    bench.sent();
    expect(bench.arrive({ flags: '.', seq: 1, ack: 2 })).toEqual(['R 2:2']);
  });
});

test('closeAll() resets what is open and ends the calls that wait', () => {
  const bench = new CallBench();
  const fd = bench.accepted();
  const call = bench.calls.read(fd, 1);
  bench.calls.closeAll();
  expect([bench.sent(), outcome(call), bench.calls.descriptors]).toEqual([['R. 1:1 ack 1'], -Errno.EINTR, []]);
});

test('MSG_OOB sends an urgent octet', () => {
  const bench = new CallBench();
  ok(bench.calls.send(bench.accepted(), text(0, 3), Linux.MSG_OOB));
  expect(bench.sent()).toEqual(['P.U 1:4 ack 1 urg 3']);
});

test('getpeername is ENOTCONN before the handshake is done, and tells the peer after', () => {
  const bench = new CallBench();
  const { fd } = bench.connecting();
  const before = outcome(bench.calls.getpeername(fd));
  bench.arrive({ flags: 'S.', ack: 1 });
  expect([before, ok(bench.calls.getpeername(fd)).address?.port]).toEqual([-Errno.ENOTCONN, PEER.port]);
});
