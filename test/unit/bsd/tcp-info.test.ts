import { Linux } from '../../../src/bsd/constants.js';
import { decodeTcpInfo, encodeTcpInfo, TCP_INFO_FIELDS } from '../../../src/bsd/tcp-info.js';
import { CallBench, ok } from '../../support/socket-calls.js';
import { text } from '../../support/segments.js';

test('no two fields of struct tcp_info overlap, and none leaves its 280 octets', () => {
  const taken = new Set<number>([6, 7]);
  for (const [offset, size] of TCP_INFO_FIELDS) {for (let i = offset; i < offset + size; i++) {
    expect(taken.has(i)).toBe(false);
    taken.add(i);
  }}
  expect(Math.max(...taken)).toBe(279);
});

test('octets decode to the numbers they were made of', () => {
  const info = { ...decodeTcpInfo(new Uint8Array(280)), tcpi_state: 1, tcpi_rto: 204_000, tcpi_snd_wscale: 7, tcpi_rcv_wscale: 9, tcpi_bytes_acked: 2 ** 40, tcpi_accecn_opt_seen: 3 };
  expect(decodeTcpInfo(encodeTcpInfo(info))).toEqual(info);
});

test('a kernel that knows fewer fields gives those it has', () => {
  const info = decodeTcpInfo(new Uint8Array(104));
  expect([info.tcpi_total_retrans, info.tcpi_pacing_rate]).toEqual([0, undefined]);
});

test('an open connection tells state, window in segments, and times in µs', () => {
  const bench = new CallBench();
  const { fd } = bench.connecting();
  bench.pass(50_000);
  bench.arrive({ flags: 'S.', ack: 1, mss: 1000, wnd: 5000 });
  bench.calls.write(fd, text(0, 2000));
  expect(bench.calls.tcpInfo(fd)).toMatchObject({
    tcpi_state: Linux.TCP_ESTABLISHED, tcpi_rtt: 50_000, tcpi_rttvar: 25_000, tcpi_snd_cwnd: 10, tcpi_snd_mss: 1000, tcpi_unacked: 2, tcpi_snd_ssthresh: 0x7fff_ffff, tcpi_snd_wnd: 5000,
  });
});

test('getsockopt(TCP_INFO) gives the octets of the same', () => {
  const bench = new CallBench();
  const fd = bench.accepted();
  const { octets = new Uint8Array(0) } = ok(bench.calls.getsockopt(fd, Linux.SOL_TCP, Linux.TCP_INFO, 1000));
  const { tcpi_pacing_rate: a, tcpi_max_pacing_rate: b, ...rest } = decodeTcpInfo(octets);
  expect([a, b]).toEqual([2 ** 64, 2 ** 64]);
  expect(bench.calls.tcpInfo(fd)).toMatchObject(rest);
});

test('a listener tells its queue: who waits, and how many may', () => {
  const bench = new CallBench();
  const fd = bench.listener(5);
  bench.shake();
  expect(bench.calls.tcpInfo(fd)).toMatchObject({ tcpi_state: Linux.TCP_LISTEN, tcpi_unacked: 1, tcpi_sacked: 5 });
});

test('a timeout is Loss, a retransmission is counted', () => {
  const bench = new CallBench();
  const fd = bench.accepted();
  bench.calls.write(fd, text(0, 10));
  bench.pass(1_500_000);
  expect(bench.calls.tcpInfo(fd)).toMatchObject({ tcpi_ca_state: Linux.TCP_CA_Loss, tcpi_retrans: 1, tcpi_total_retrans: 3 });
});

test('a descriptor that is not open is refused', () => {
  expect(() => new CallBench().calls.tcpInfo(3)).toThrow(RangeError);
});
