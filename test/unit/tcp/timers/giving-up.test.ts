/** When it is enough: retries by count as Linux counts them, R2 by time, orphans (RFC 9293 §3.8.3, MUST-20, MUST-21, MUST-23). */
import { linuxConfig } from '../../../../src/tcp/config.js';
import { Signal } from '../../../../src/tcp/tcb.js';
import { HOUR, MILLISECOND, SECOND } from '../../../../src/util/units.js';
import { established, finWait1, synReceived, synReceivedActive, synSent } from '../../../support/states.js';

const seconds = (lines: readonly [number, string][]): number[] => lines.map(([at]) => at / SECOND);

describe('the SYN of a Linux host', () => {
  test('goes out again at 1, 2, 3, 4, 5, 7, 11, 19, 35, 67 s, and at 131 s it is enough', () => {
    const bench = synSent({ config: linuxConfig });
    expect(seconds(bench.timed(131 * SECOND - 1))).toEqual([1, 2, 3, 4, 5, 7, 11, 19, 35, 67]);
    expect(bench.state).toBe('SYN-SENT');
    bench.wait(1);
    expect([bench.state, bench.connection.failure]).toEqual(['CLOSED', 'timed-out']);
    expect(bench.rules).toContain('r2-reached');
  });

  test('without linear timeouts doubles from the first on', () => {
    const bench = synSent({ config: { ...linuxConfig, synLinearTimeouts: 0 } });
    expect(seconds(bench.timed(127 * SECOND - 1))).toEqual([1, 3, 7, 15, 31, 63]);
    bench.wait(1).in('CLOSED');
  });

  test('as often as the user says (TCP_SYNCNT)', () => {
    const bench = synSent({ config: { ...linuxConfig, synLinearTimeouts: 0 } });
    bench.connection.setTimers({ synRetries: 1 }, bench.now);
    expect(seconds(bench.timed(HOUR))).toEqual([1]);
    expect(bench.state).toBe('CLOSED');
  });

  test('not at all with 0 retries', () => {
    const bench = synSent({ config: { ...linuxConfig, synLinearTimeouts: 0, synRetries: 0 } });
    bench.wait(HOUR).in('CLOSED');
  });

  test('rtoMax bounds the doubling', () => {
    const bench = synSent({ config: { rtoMax: 5 * SECOND } });
    expect(seconds(bench.timed(17 * SECOND))).toEqual([1, 3, 7, 12, 17]);
  });
});

describe('the SYN,ACK of a Linux host', () => {
  test('goes out again at 1, 3, 7, 15, 31 s; at 63 s the handshake is dropped without a word', () => {
    const bench = synReceived({ config: linuxConfig });
    expect(seconds(bench.timed(63 * SECOND - 1))).toEqual([1, 3, 7, 15, 31]);
    expect(bench.state).toBe('SYN-RECEIVED');
    bench.wait(1).in('CLOSED');
  });

  test('of a simultaneous open is counted as the SYN is', () => {
    const bench = synReceivedActive({ config: { ...linuxConfig, synAckRetries: 1, synRetries: 3 } });
    expect(bench.pass(HOUR)).toHaveLength(3);
    expect(bench.state).toBe('CLOSED');
  });
});

describe('retries2', () => {
  /** RTO 200 ms, text outstanding. */
  const waiting = (retries2: number) => {
    const bench = established({ config: { ...linuxConfig, retries2 } });
    bench.send(100);
    bench.drain();
    return bench;
  };

  test('3: as long as 3 doublings take (3 s), counted from the first retransmission, at the next timeout', () => {
    const bench = waiting(3);
    expect(bench.timed(6200 * MILLISECOND - 1).map(([at]) => at / MILLISECOND)).toEqual([200, 600, 1400, 3000]);
    expect(bench.state).toBe('ESTABLISHED');
    bench.wait(1);
    expect([bench.state, bench.connection.failure]).toEqual(['CLOSED', 'timed-out']);
  });

  test('15: 924.6 s after the first retransmission', () => {
    const bench = waiting(15);
    const times = seconds(bench.timed(1_044_600_000 - 1));
    expect(times.slice(9)).toEqual([204.6, 324.6, 444.6, 564.6, 684.6, 804.6, 924.6]);
    bench.wait(1).in('CLOSED');
  });

  test('any progress begins the count anew', () => {
    const bench = established({ config: { ...linuxConfig, retries2: 3, nagle: false } });
    bench.send(2920);
    bench.drain();
    bench.pass(3 * SECOND);
    bench.play({ flags: '.', seq: 1, ack: 1461 });
    bench.pass(3 * SECOND);
    expect(bench.state).toBe('ESTABLISHED');
  });

  test('changes while the connection lives (MUST-21), and R2 as a time as well', () => {
    const bench = waiting(15);
    bench.connection.setTimers({ retries2: 3 }, bench.now);
    bench.pass(6200 * MILLISECOND);
    expect(bench.state).toBe('CLOSED');
    const other = waiting(15);
    other.connection.setTimers({ r2: SECOND }, other.now);
    other.pass(SECOND);
    expect(other.state).toBe('CLOSED');
  });
});

describe('an orphan', () => {
  const orphan = (orphanRetries: number) => {
    const bench = finWait1({ config: { orphanRetries } });
    bench.release();
    bench.drain();
    return bench.clear();
  };

  test('without a budget of its own has that of 8 doublings, over 100 s: ends at 204.6 s', () => {
    const bench = orphan(0);
    bench.pass(204_600_000 - 1);
    expect(bench.state).toBe('FIN-WAIT-1');
    bench.pass(1);
    expect(bench.state).toBe('CLOSED');
    expect(bench.rules).toContain('orphan-patience');
  });

  test('with 2 retries ends when they are spent', () => {
    const bench = orphan(2);
    bench.pass(3000 * MILLISECOND);
    expect(bench.state).toBe('CLOSED');
  });

  test('with no limit has that of everybody: R2', () => {
    const bench = orphan(Infinity);
    bench.pass(923 * SECOND);
    expect(bench.state).toBe('FIN-WAIT-1');
    bench.pass(SECOND);
    expect(bench.state).toBe('CLOSED');
  });
});

test('R1 is negative advice to IP, once (MUST-20)', () => {
  const bench = established();
  bench.send(10);
  bench.drain();
  bench.pass(1399 * MILLISECOND);
  expect(bench.rules).not.toContain('negative-advice');
  bench.pass(MILLISECOND);
  expect(bench.connection.takeSignals() & Signal.NegativeAdvice).toBeTruthy();
  bench.pass(100 * SECOND);
  expect(bench.rules.filter((r) => r === 'negative-advice')).toHaveLength(1);
});

test('a setting out of range is refused and changes nothing', () => {
  const bench = established();
  expect(() => { bench.connection.setTimers({ r1: 0 }, bench.now); }).toThrow(/r1 is 0, but must be 1 retransmission or more/);
  expect(bench.connection.timers.r1).toBe(3);
});
