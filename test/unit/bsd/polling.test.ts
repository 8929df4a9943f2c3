import { Linux } from '../../../src/bsd/constants.js';
import { CallBench, ok, result } from '../../support/socket-calls.js';
import { text } from '../../support/segments.js';

const ALL = Linux.POLLIN | Linux.POLLOUT | Linux.POLLPRI | Linux.POLLRDHUP;
const { POLLIN, POLLOUT, POLLERR, POLLHUP, POLLRDHUP, POLLPRI, POLLNVAL } = Linux;

const SITUATIONS: readonly (readonly [string, (bench: CallBench) => number, number])[] = [
  ['a fresh socket', (b) => b.tcp(), POLLOUT | POLLHUP],
  ['a listener with nobody', (b) => b.listener(), 0],
  ['a listener with somebody', (b) => { const fd = b.listener(); b.shake(); return fd; }, POLLIN],
  ['a handshake under way', (b) => b.connecting().fd, 0],
  ['an open connection', (b) => b.accepted(), POLLOUT],
  ['text to be read', (b) => { const fd = b.accepted(); b.arrive({ flags: 'P.', seq: 1, ack: 1, data: 1 }); return fd; }, POLLIN | POLLOUT],
  ['the peer has finished', (b) => { const fd = b.accepted(); b.arrive({ flags: 'F.', seq: 1, ack: 1 }); return fd; }, POLLIN | POLLOUT | POLLRDHUP],
  ['a RST has come', (b) => { const fd = b.accepted(); b.arrive({ flags: 'R', seq: 1 }); return fd; }, POLLIN | POLLOUT | POLLERR | POLLHUP | POLLRDHUP],
  ['a refused handshake', (b) => { const { fd } = b.connecting(); b.arrive({ flags: 'R.', ack: 1 }); return fd; }, POLLIN | POLLOUT | POLLERR | POLLHUP | POLLRDHUP],
  ['both directions shut', (b) => { const fd = b.accepted(); b.calls.shutdown(fd, Linux.SHUT_RDWR); return fd; }, POLLIN | POLLOUT | POLLHUP | POLLRDHUP],
  ['an urgent octet', (b) => { const fd = b.accepted(); b.arrive({ flags: 'PU.', seq: 1, ack: 1, data: 2, urg: 2 }); return fd; }, POLLIN | POLLOUT | POLLPRI],
  ['a full send buffer', (b) => { const fd = b.accepted(Linux.SOCK_NONBLOCK); b.calls.write(fd, text(0, 500_000)); return fd; }, 0],
  ['no such descriptor', () => 99, POLLNVAL],
];

describe('poll(2) says', () => {
  test.each(SITUATIONS)('%s', (_what, prepare, expected) => {
    const bench = new CallBench();
    expect(bench.revents(prepare(bench), ALL)).toBe(expected);
  });
});

test('poll waits until there is something to say', () => {
  const bench = new CallBench();
  const fd = bench.accepted();
  const call = bench.calls.poll([{ fd, events: POLLIN }], 1000);
  bench.pass(250_000);
  expect(call.result).toBeUndefined();
  bench.arrive({ flags: 'P.', seq: 1, ack: 1, data: 1 });
  expect([result(call), call.endedAt - call.startedAt]).toEqual([{ value: 1, errno: 0, revents: [POLLIN] }, 250_000]);
});

test('poll waits no longer than it is told', () => {
  const bench = new CallBench();
  const call = bench.calls.poll([{ fd: bench.accepted(), events: POLLIN }], 1000);
  bench.pass(2_000_000);
  expect([result(call).value, call.endedAt - call.startedAt]).toEqual([0, 1_000_000]);
});

test('a negative descriptor is passed over', () => {
  const bench = new CallBench();
  expect(ok(bench.calls.poll([{ fd: -1, events: ALL }], 0))).toEqual({ value: 0, errno: 0, revents: [0] });
});
