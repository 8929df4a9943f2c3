import { Errno, Linux } from '../../../src/bsd/constants.js';
import { at, CallBench, OURS, outcome, PEER, result } from '../../support/socket-calls.js';

describe('connect(2)', () => {
  test('a blocking connect ends at the instant of the SYN,ACK', () => {
    const bench = new CallBench();
    const { call } = bench.connecting(0);
    expect(call.result).toBeUndefined();
    bench.pass(30_000);
    bench.arrive({ flags: 'S.', ack: 1, mss: 1000 });
    expect([result(call).value, call.endedAt - call.startedAt]).toEqual([0, 30_000]);
  });

  test('a non-blocking connect is EINPROGRESS, again it is EALREADY, then 0 and EISCONN', () => {
    const bench = new CallBench();
    const { fd, call } = bench.connecting();
    const again = (): number => outcome(bench.calls.connect(fd, at(PEER.address.toString(), PEER.port)));
    const told = [outcome(call), again()];
    bench.arrive({ flags: 'S.', ack: 1, mss: 1000 });
    expect([...told, again(), again()]).toEqual([-Errno.EINPROGRESS, -Errno.EALREADY, 0, -Errno.EISCONN]);
  });

  test('a refusal is SO_ERROR once, and the next connect then says ECONNABORTED', () => {
    const bench = new CallBench();
    const { fd } = bench.connecting();
    bench.arrive({ flags: 'R.', ack: 1 });
    const errors = [bench.soError(fd), bench.soError(fd)];
    expect([...errors, outcome(bench.calls.connect(fd, at('192.0.2.1', 1)))]).toEqual([Errno.ECONNREFUSED, 0, -Errno.ECONNABORTED]);
  });

  test('a blocking connect to a port that nobody has is ECONNREFUSED, and the socket can be used again', () => {
    const bench = new CallBench();
    const { fd, call } = bench.connecting(0);
    bench.arrive({ flags: 'R.', ack: 1 });
    expect(outcome(call)).toBe(-Errno.ECONNREFUSED);
    expect(bench.calls.connect(fd, at('192.0.2.1', 1)).result).toBeUndefined();
  });

  test('SO_SNDTIMEO ends the wait with EINPROGRESS, and the handshake goes on', () => {
    const bench = new CallBench();
    const fd = bench.tcp();
    const second = new Uint8Array(16);
    second[0] = 1;
    bench.calls.setsockopt(fd, Linux.SOL_SOCKET, Linux.SO_SNDTIMEO, second);
    const call = bench.calls.connect(fd, at('192.0.2.1', 1));
    bench.pass(1_000_000);
    expect([outcome(call), bench.calls.tcpInfo(fd).tcpi_state]).toEqual([-Errno.EINPROGRESS, Linux.TCP_SYN_SENT]);
  });

  test('AF_UNSPEC takes an open connection down with a RST', () => {
    const bench = new CallBench();
    const fd = bench.connected();
    outcome(bench.calls.connect(fd, { family: Linux.AF_UNSPEC, address: '0.0.0.0', port: 0 }));
    expect(bench.sent()).toEqual(['R. 1:1 ack 1']);
  });

  test.each([
    ['of the other family', { family: Linux.AF_INET6, address: '2001:db8::1', port: 1 }, Errno.EAFNOSUPPORT],
    ['that is multicast', at('224.0.0.1', 1), Errno.ENETUNREACH],
  ])('an address %s is refused', (_what, address, errno) => {
    const bench = new CallBench();
    expect(outcome(bench.calls.connect(bench.tcp(), address))).toBe(-errno);
  });

  test('a listener cannot connect', () => {
    const bench = new CallBench();
    expect(outcome(bench.calls.connect(bench.listener(), at('192.0.2.1', 1)))).toBe(-Errno.EISCONN);
  });
});

describe('where no route leads', () => {
  test('connect(2) says so; a subnet of ours and what was named are reached', () => {
    const bench = new CallBench({ addresses: ['192.0.2.2/24'], routes: ['198.51.100.0/24'] });
    const to = (address: string): number => outcome(bench.calls.connect(bench.tcp(Linux.SOCK_NONBLOCK), at(address, 80)));
    expect(['203.0.113.1', '192.0.2.9', '198.51.100.7'].map(to)).toEqual([-Errno.ENETUNREACH, -Errno.EINPROGRESS, -Errno.EINPROGRESS]);
  });

  test.each(['127.0.0.1', '0.0.0.0', OURS])('%s is ourselves, where nobody listens', (address) => {
    const bench = new CallBench();
    expect(outcome(bench.calls.connect(bench.tcp(), at(address, 80)))).toBe(-Errno.ECONNREFUSED);
  });
});

test('a writer that waits for the handshake saves its last ACK: the text carries it', () => {
  const bench = new CallBench();
  const { fd } = bench.connecting();
  bench.calls.fcntl(fd, Linux.F_SETFL, 0);
  bench.calls.write(fd, Uint8Array.of(1, 2, 3));
  expect(bench.arrive({ flags: 'S.', ack: 1, mss: 1000 })).toEqual(['P. 1:4 ack 1']);
});

test('an ICMP error that ends a handshake stays in the error queue: POLLERR goes on', () => {
  const bench = new CallBench();
  const { fd } = bench.connecting();
  for (const endpoint of bench.calls.stack.demux) endpoint.connection.icmpArrives(3, 1, bench.calls.now);
  bench.int(fd, Linux.SOL_SOCKET, Linux.SO_ERROR);
  expect((bench.calls.poll([{ fd, events: 0 }], 0).result?.revents?.[0] ?? 0) & Linux.POLLERR).toBe(Linux.POLLERR);
});
