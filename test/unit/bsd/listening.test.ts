import { Errno, Linux } from '../../../src/bsd/constants.js';
import { at, at6, CallBench, ok, outcome, PEER, PORT, result } from '../../support/socket-calls.js';

const peer = (port: number) => ({ address: PEER.address, port });

describe('bind(2)', () => {
  test('an address that is not ours is EADDRNOTAVAIL', () => {
    const bench = new CallBench();
    expect(outcome(bench.calls.bind(bench.tcp(), at('198.51.100.1', PORT)))).toBe(-Errno.EADDRNOTAVAIL);
  });

  test('a port that another socket has is EADDRINUSE', () => {
    const bench = new CallBench();
    bench.listener();
    expect(outcome(bench.calls.bind(bench.tcp(), at('0.0.0.0', PORT)))).toBe(-Errno.EADDRINUSE);
  });

  test('two sockets with SO_REUSEADDR may have one port while neither listens', () => {
    const bench = new CallBench();
    const fds = [bench.tcp(), bench.tcp()];
    for (const fd of fds) bench.calls.setsockopt(fd, Linux.SOL_SOCKET, Linux.SO_REUSEADDR, 1);
    expect(fds.map((fd) => outcome(bench.calls.bind(fd, at('0.0.0.0', PORT))))).toEqual([0, 0]);
    expect(fds.map((fd) => outcome(bench.calls.listen(fd, 1)))).toEqual([0, -Errno.EADDRINUSE]);
  });

  test('IPv4 and an IPv6-only socket share a port', () => {
    const bench = new CallBench();
    bench.listener();
    const fd = ok(bench.calls.socket(Linux.AF_INET6, Linux.SOCK_STREAM)).value;
    bench.calls.setsockopt(fd, Linux.SOL_IPV6, Linux.IPV6_V6ONLY, 1);
    expect([outcome(bench.calls.bind(fd, at6('::', PORT))), outcome(bench.calls.listen(fd, 1))]).toEqual([0, 0]);
  });

  test('a second bind is EINVAL', () => {
    const bench = new CallBench();
    const fd = bench.tcp();
    bench.calls.bind(fd, at('0.0.0.0', PORT));
    expect(outcome(bench.calls.bind(fd, at('0.0.0.0', PORT + 1)))).toBe(-Errno.EINVAL);
  });

  test('port 0 is any free port', () => {
    const bench = new CallBench();
    const fd = bench.tcp();
    ok(bench.calls.bind(fd, at('0.0.0.0', 0)));
    expect(ok(bench.calls.getsockname(fd)).address?.port).toBeGreaterThanOrEqual(32_768);
  });
});

describe('accept(2)', () => {
  test('a blocking accept ends with the ACK of the handshake', () => {
    const bench = new CallBench();
    const call = bench.calls.accept(bench.listener());
    bench.arrive({ flags: 'S', mss: 1000 });
    expect(call.result).toBeUndefined();
    bench.arrive({ flags: '.', seq: 1, ack: 1 });
    expect(result(call)).toMatchObject({ value: 4, errno: 0, address: { family: Linux.AF_INET, address: '192.0.2.1', port: PEER.port } });
  });

  test('nothing to accept on a non-blocking listener is EAGAIN', () => {
    const bench = new CallBench();
    expect(outcome(bench.calls.accept(bench.listener(1, Linux.SOCK_NONBLOCK)))).toBe(-Errno.EAGAIN);
  });

  test('a socket that does not listen is EINVAL', () => {
    const bench = new CallBench();
    expect(outcome(bench.calls.accept(bench.tcp()))).toBe(-Errno.EINVAL);
  });

  test('at the limit of descriptors accept and socket are EMFILE, and the connection waits on', () => {
    const bench = new CallBench();
    const fd = bench.listener();
    bench.shake();
    bench.calls.limitDescriptors(fd + 1);
    expect([outcome(bench.calls.accept(fd)), outcome(bench.calls.socket(Linux.AF_INET, Linux.SOCK_STREAM))]).toEqual([-Errno.EMFILE, -Errno.EMFILE]);
    bench.calls.limitDescriptors(fd + 2);
    expect(outcome(bench.calls.accept(fd))).toBe(fd + 1);
  });

  test('the accepted socket has the listener\'s options, but blocks', () => {
    const bench = new CallBench();
    const fd = bench.listener(1, Linux.SOCK_NONBLOCK);
    bench.calls.setsockopt(fd, Linux.SOL_TCP, Linux.TCP_NODELAY, 1);
    bench.shake();
    const child = ok(bench.calls.accept(fd)).value;
    expect([bench.int(child, Linux.SOL_TCP, Linux.TCP_NODELAY), ok(bench.calls.fcntl(child, Linux.F_GETFL)).value]).toEqual([1, Linux.O_RDWR]);
  });

  test('a connection that was reset before it was accepted is accepted, and its first read says so', () => {
    const bench = new CallBench();
    const fd = bench.listener();
    bench.shake();
    bench.arrive({ flags: 'R', seq: 1 });
    const child = ok(bench.calls.accept(fd)).value;
    expect([outcome(bench.calls.read(child, 1)), outcome(bench.calls.read(child, 1))]).toEqual([-Errno.ECONNRESET, 0]);
  });

  test('with a backlog of 1 two connections wait, and the third SYN has no answer', () => {
    const bench = new CallBench();
    bench.listener(1);
    const answers = [1, 2, 3].map((n) => {
      const sent = bench.arrive({ flags: 'S', mss: 1000 }, peer(n));
      bench.arrive({ flags: '.', seq: 1, ack: 1 }, peer(n));
      return sent.length;
    });
    expect(answers).toEqual([1, 1, 0]);
  });

  test('a mapped address is told to an IPv6 socket that takes an IPv4 connection', () => {
    const bench = new CallBench();
    const fd = ok(bench.calls.socket(Linux.AF_INET6, Linux.SOCK_STREAM)).value;
    bench.calls.bind(fd, at6('::', PORT));
    bench.calls.listen(fd, 1);
    bench.shake();
    expect(ok(bench.calls.accept(fd)).address).toEqual({ family: Linux.AF_INET6, address: '::ffff:192.0.2.1', port: PEER.port });
  });
});
