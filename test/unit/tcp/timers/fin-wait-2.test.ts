/** How long an orphan waits for the peer's FIN (Linux: tcp_fin_timeout, TCP_LINGER2), and TIME-WAIT under RST (RFC 1337). */
import { SECOND } from '../../../../src/util/units.js';
import { finWait1, finWait2, timeWait } from '../../../support/states.js';

describe('FIN-WAIT-2 of an orphan', () => {
  test('lasts as long as was set last', () => {
    const bench = finWait1();
    bench.connection.setTimers({ finWait2Timeout: 5 * SECOND }, bench.now);
    bench.release();
    bench.play({ flags: '.', seq: 1, ack: 2 });
    bench.wait(5 * SECOND - 1);
    expect(bench.state).toBe('FIN-WAIT-2');
    bench.wait(1).in('CLOSED');
  });

  test('lasts 3.5 RTO at least', () => {
    const bench = finWait2({ config: { finWait2Timeout: 0 } });
    bench.release();
    bench.drain();
    bench.wait(3.5 * bench.tcb.rto - 1);
    expect(bench.state).toBe('FIN-WAIT-2');
    bench.wait(1).in('CLOSED');
  });

  test('not wanted: RST in answer to the ACK of our FIN', () => {
    const bench = finWait1({ config: { finWait2Timeout: -1 } });
    bench.release();
    expect(bench.play({ flags: '.', seq: 1, ack: 2 })).toEqual(['R 2:2']);
    expect(bench.rules).toContain('fin-wait-2-refused');
    expect(bench.state).toBe('CLOSED');
  });

  test('of a connection that somebody holds has no end', () => {
    finWait2({ config: { finWait2Timeout: SECOND } }).wait(3600 * SECOND).in('FIN-WAIT-2');
  });
});

describe('RST in TIME-WAIT', () => {
  test('ends it (RFC 9293 §3.10.7.4)', () => {
    const bench = timeWait();
    expect(bench.play({ flags: 'R', seq: 2 })).toEqual([]);
    expect(bench.state).toBe('CLOSED');
  });

  test('does not with rfc1337: the wait goes on as it was', () => {
    const bench = timeWait({ config: { rfc1337: true } });
    bench.wait(10 * SECOND);
    expect(bench.play({ flags: 'R', seq: 2 })).toEqual([]);
    expect(bench.rules).toContain('time-wait-ignores-reset');
    bench.wait(50 * SECOND - 1).in('TIME-WAIT').wait(1).in('CLOSED');
  });
});

test.each([
  { what: 'text from before', shape: { flags: 'P.', seq: -99, ack: 2, data: 100 } },
  { what: 'an ACK from outside the window', shape: { flags: '.', seq: -5, ack: 2 } },
  { what: 'text beyond the window', shape: { flags: 'P.', seq: 100_000, ack: 2, data: 10 } },
])('TIME-WAIT: $what is answered with an ACK', ({ shape }) => {
  const bench = timeWait();
  expect(bench.play(shape)).toEqual(['. 2:2 ack 2']);
  expect(bench.state).toBe('TIME-WAIT');
});
