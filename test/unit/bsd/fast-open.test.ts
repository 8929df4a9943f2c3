import { keysOf } from '../../../src/bsd/fast-open.js';
import { Errno, Linux } from '../../../src/bsd/constants.js';
import { IpHeader, readIp } from '../../../src/wire/ip.js';
import { Packet } from '../../../src/wire/packet.js';
import { Segment } from '../../../src/wire/segment.js';
import { readTcp } from '../../../src/wire/tcp.js';
import { at, CallBench, ok, outcome, PEER, result } from '../../support/socket-calls.js';
import { text } from '../../support/segments.js';

const peer = at(PEER.address.toString(), PEER.port);
const COOKIE = '0102030405060708';

/** What was sent, in short, with its cookie. */
function sent(bench: CallBench): string[] {
  const lines: string[] = [];
  for (let packet = bench.calls.takePacket(); packet !== undefined; packet = bench.calls.takePacket()) {
    const segment = new Segment();
    const ip = new IpHeader();
    const whole = Packet.of(packet.octets);
    readIp(whole, ip);
    readTcp(whole, ip, segment);
    const { cookieLength, cookie } = segment.options;
    bench.ourPort = segment.srcPort;
    lines.push(`${segment.has(0x02) ? 'S' : ''}${segment.has(0x10) ? '.' : ''} ${segment.dataLength}${cookieLength < 0 ? '' : ` cookie ${cookie.slice(0, cookieLength).join(',')}`}`);
  }
  return lines;
}

/** A host that has the peer's cookie. */
function learned(): CallBench {
  const bench = new CallBench();
  const fd = bench.tcp(Linux.SOCK_NONBLOCK);
  bench.calls.sendto(fd, text(0, 10), Linux.MSG_FASTOPEN, peer);
  sent(bench);
  bench.arrive({ flags: 'S.', ack: 1, mss: 1000, cookie: COOKIE });
  bench.calls.setsockopt(fd, Linux.SOL_SOCKET, Linux.SO_LINGER, Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0));
  bench.calls.close(fd);
  sent(bench);
  return bench;
}

describe('sendto(2) with MSG_FASTOPEN', () => {
  test('without a cookie asks for one; the text must be sent again', () => {
    const bench = new CallBench();
    const fd = bench.tcp(Linux.SOCK_NONBLOCK);
    expect([outcome(bench.calls.sendto(fd, text(0, 10), Linux.MSG_FASTOPEN, peer)), sent(bench)]).toEqual([-Errno.EINPROGRESS, ['S 0 cookie ']]);
  });

  test('without a cookie, blocking: waits for the handshake and sends then', () => {
    const bench = new CallBench();
    const call = bench.calls.sendto(bench.tcp(), text(0, 10), Linux.MSG_FASTOPEN, peer);
    sent(bench);
    expect(call.result).toBeUndefined();
    const answers = bench.arrive({ flags: 'S.', ack: 1, mss: 1000 });
    expect([outcome(call), answers.at(-1)]).toEqual([10, 'P. 1:11 ack 1']);
  });

  test('with a cookie the text goes with the SYN', () => {
    const bench = learned();
    const fd = bench.tcp(Linux.SOCK_NONBLOCK);
    expect([outcome(bench.calls.sendto(fd, text(0, 10), Linux.MSG_FASTOPEN, peer)), sent(bench)]).toEqual([10, ['S 10 cookie 1,2,3,4,5,6,7,8']]);
  });

  test('on a connection is EISCONN', () => {
    const bench = new CallBench();
    const fd = bench.connected(0);
    expect(outcome(bench.calls.sendto(fd, text(0, 1), Linux.MSG_FASTOPEN, peer))).toBe(-Errno.EISCONN);
  });

  test('is EOPNOTSUPP where settings forbid it', () => {
    const bench = new CallBench();
    bench.calls.sysctl('net.ipv4.tcp_fastopen', 0);
    expect(outcome(bench.calls.sendto(bench.tcp(), text(0, 1), Linux.MSG_FASTOPEN, peer))).toBe(-Errno.EOPNOTSUPP);
  });

  test('that is refused says so', () => {
    const bench = learned();
    const call = bench.calls.sendto(bench.tcp(), text(0, 10), Linux.MSG_FASTOPEN, peer);
    sent(bench);
    bench.arrive({ flags: 'R.', ack: 11 });
    expect(outcome(call)).toBe(-Errno.ECONNREFUSED);
  });
});

describe('TCP_FASTOPEN_CONNECT', () => {
  function deferred(): { bench: CallBench; fd: number; connected: number } {
    const bench = learned();
    const fd = bench.tcp(Linux.SOCK_NONBLOCK);
    ok(bench.calls.setsockopt(fd, Linux.SOL_TCP, Linux.TCP_FASTOPEN_CONNECT, 1));
    return { bench, fd, connected: outcome(bench.calls.connect(fd, peer)) };
  }

  test('with a cookie connect says 0 and sends nothing; it may be written to', () => {
    const { bench, fd, connected } = deferred();
    expect([connected, sent(bench), bench.revents(fd, Linux.POLLOUT), outcome(bench.calls.connect(fd, peer))]).toEqual([0, [], Linux.POLLOUT, -Errno.EISCONN]);
  });

  test('the first write sends the SYN, with its text', () => {
    const { bench, fd } = deferred();
    expect([outcome(bench.calls.write(fd, text(0, 10))), sent(bench)]).toEqual([10, ['S 10 cookie 1,2,3,4,5,6,7,8']]);
  });

  test('without a cookie it is an ordinary connect that asks for one', () => {
    const bench = new CallBench();
    const fd = bench.tcp(Linux.SOCK_NONBLOCK);
    bench.calls.setsockopt(fd, Linux.SOL_TCP, Linux.TCP_FASTOPEN_CONNECT, 1);
    expect([outcome(bench.calls.connect(fd, peer)), sent(bench)]).toEqual([-Errno.EINPROGRESS, ['S 0 cookie ']]);
  });
});

describe('TCP_FASTOPEN_NO_COOKIE', () => {
  const bare = (bench: CallBench): number => {
    const fd = bench.tcp(Linux.SOCK_NONBLOCK);
    ok(bench.calls.setsockopt(fd, Linux.SOL_TCP, Linux.TCP_FASTOPEN_NO_COOKIE, 1));
    return fd;
  };

  test('sends text with the SYN, and no option', () => {
    const bench = new CallBench();
    expect([outcome(bench.calls.sendto(bare(bench), text(0, 10), Linux.MSG_FASTOPEN, peer)), sent(bench)]).toEqual([10, ['S 10']]);
  });

  test('lets connect wait for the first text', () => {
    const bench = new CallBench();
    const fd = bare(bench);
    bench.calls.setsockopt(fd, Linux.SOL_TCP, Linux.TCP_FASTOPEN_CONNECT, 1);
    expect([outcome(bench.calls.connect(fd, peer)), sent(bench)]).toEqual([0, []]);
  });

  test('on a listener takes any SYN\'s text', () => {
    const bench = new CallBench();
    bench.calls.sysctl('net.ipv4.tcp_fastopen', 2);
    const listener = bench.listener();
    bench.calls.setsockopt(listener, Linux.SOL_TCP, Linux.TCP_FASTOPEN, 5);
    ok(bench.calls.setsockopt(listener, Linux.SOL_TCP, Linux.TCP_FASTOPEN_NO_COOKIE, 1));
    expect(bench.arrive({ flags: 'S', mss: 1000, data: text(0, 10) })).toEqual(['S. 0:0 ack 11']);
  });
});

describe('TCP_FASTOPEN on a listener', () => {
  test('text with the SYN can be read, and answered, before the handshake is done', () => {
    const bench = new CallBench();
    bench.calls.sysctl('net.ipv4.tcp_fastopen', 0x202);
    const listener = bench.listener();
    ok(bench.calls.setsockopt(listener, Linux.SOL_TCP, Linux.TCP_FASTOPEN, 5));
    const accepting = bench.calls.accept(listener);
    expect(bench.arrive({ flags: 'S', mss: 1000, data: text(0, 10) })).toEqual(['S. 0:0 ack 11']);
    const fd = result(accepting).value;
    expect([outcome(bench.calls.read(fd, 100)), bench.revents(fd, Linux.POLLOUT), outcome(bench.calls.write(fd, text(0, 5))), bench.sent()])
      .toEqual([10, Linux.POLLOUT, 5, ['P. 1:6 ack 11']]);
    expect(bench.calls.tcpInfo(fd).tcpi_options & Linux.TCPI_OPT_SYN_DATA).not.toBe(0);
  });
});

test('a key of sysctl is four words, each with its least octet first', () => {
  expect(keysOf('00000001-02000000-0-ff')).toEqual([Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 255, 0, 0, 0)]);
});

describe('tcp_ecn', () => {
  test.each([[0, 'S'], [1, 'SEW'], [2, 'S']])('%p: our SYN is %s', (value, flags) => {
    const bench = new CallBench();
    bench.calls.sysctl('net.ipv4.tcp_ecn', value);
    bench.calls.connect(bench.tcp(Linux.SOCK_NONBLOCK), peer);
    expect(bench.sent()[0].split(' ')[0]).toBe(flags);
  });
});

test('a SYN queue that is full is answered with cookies, whose ACK is a connection', () => {
  const bench = new CallBench();
  const listener = bench.listener(0);
  for (let port = 1; port <= 3; port++) bench.arrive({ flags: 'S', mss: 1000 }, { address: PEER.address, port });
  expect(bench.recorder.rules.filter((rule) => rule.includes('cookie'))).not.toEqual([]);
  expect(bench.calls.tcpInfo(listener).tcpi_unacked).toBe(0);
});
