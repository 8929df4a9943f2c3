/** RETRANSMISSION TIMEOUT, R1, R2 and the USER TIMEOUT: RFC 9293 §3.10.8, §3.8.3, RFC 6298 §5. */
import { Signal } from '../../../../src/tcp/tcb.js';
import { MILLISECOND, MINUTE, SECOND } from '../../../../src/util/units.js';
import { WORLDS } from '../../../support/engine.js';
import { established, finWait1, synReceived, synSent } from '../../../support/states.js';

const times = (lines: readonly [number, string][]): number[] => lines.map(([at]) => at / MILLISECOND);

describe.each(WORLDS)('the SYN, $name', (world) => {
  test('again after 1, 2, 4 … s; given up after exactly 3 minutes (MUST-23)', () => {
    const bench = synSent({ world });
    expect(bench.timed(3 * MINUTE - 1)).toEqual([1, 3, 7, 15, 31, 63, 127].map((s) => [s * SECOND, 'S 0:0']));
    expect(bench.state).toBe('SYN-SENT');
    expect(bench.timed(1)).toEqual([]);
    expect(bench.state).toBe('CLOSED');
    expect(bench.connection.failure).toBe('timed-out');
    expect(bench.connection.takeSignals() & Signal.Failed).toBeTruthy();
  });

  test('R2 for the SYN is a setting of its own', () => {
    const bench = synSent({ world, config: { r2Syn: 5 * SECOND } });
    expect(times(bench.timed(5 * SECOND))).toEqual([1000, 3000]);
    expect(bench.state).toBe('CLOSED');
  });

  test('the SYN,ACK likewise', () => {
    const bench = synReceived({ world });
    expect(bench.timed(7 * SECOND)).toEqual([1, 3, 7].map((s) => [s * SECOND, 'S. 0:0 ack 1']));
    bench.pass(3 * MINUTE);
    expect(bench.state).toBe('CLOSED');
  });

  test('R1: the user is told after three retransmissions (SHLD-9, SHLD-10)', () => {
    const bench = synSent({ world });
    bench.pass(6_999_999);
    expect(bench.connection.takeSignals() & Signal.Delivery).toBe(0);
    bench.pass(1);
    expect(bench.connection.takeSignals() & Signal.Delivery).toBeTruthy();
    expect(bench.rules).toContain('r1-reached');
    bench.pass(60 * SECOND);
    expect(bench.connection.takeSignals()).toBe(0); // once
  });
});

describe.each(WORLDS)('text, $name', (world) => {
  test('again after the RTO, which doubles each time up to the maximum; R2 ends it', () => {
    // A handshake in no time measures 0: RTO = its minimum, 200 ms.
    const bench = established({ world });
    bench.send(100);
    expect(bench.drain()).toEqual(['P. 1:101 ack 1']);
    const lines = bench.timed(924 * SECOND - 1);
    const doubling = [200, 600, 1400, 3000, 6200, 12_600, 25_400, 51_000, 102_200, 204_600];
    expect(times(lines)).toEqual([...doubling, ...[324_600, 444_600, 564_600, 684_600, 804_600]]);
    expect(new Set(lines.map(([, line]) => line))).toEqual(new Set(['P. 1:101 ack 1']));
    expect(bench.state).toBe('ESTABLISHED');
    bench.wait(1);
    expect(bench.state).toBe('CLOSED');
    expect(bench.connection.failure).toBe('timed-out');
    expect(bench.rules.at(-1)).toBe('r2-reached');
  });

  test('with the values of the RFCs: minimum 1 s', () => {
    const bench = established({ world, config: { rtoMin: SECOND } });
    bench.send(100);
    bench.drain();
    expect(times(bench.timed(15 * SECOND))).toEqual([1000, 3000, 7000, 15_000]);
  });

  test('without a measurement the RTO is 1 s (RFC 6298 2.1)', () => {
    const bench = synSent({ world });
    bench.pass(1 * SECOND);
    bench.play({ flags: 'S.', seq: 0, ack: 1 });
    expect(bench.tcb.srtt).toBe(-1); // Karn: the SYN was sent twice
    expect(bench.rules).toContain('syn-rto-reset');
    bench.send(10);
    bench.drain();
    expect(times(bench.timed(9 * SECOND))).toEqual([3000, 9000]); // RFC 6298 (5.7)
  });

  test('the RTO follows the round trips: SRTT + 4 RTTVAR (RFC 6298 2.2)', () => {
    const bench = synSent({ world });
    bench.wait(400 * MILLISECOND);
    bench.play({ flags: 'S.', seq: 0, ack: 1 });
    expect([bench.tcb.srtt, bench.tcb.rto]).toEqual([400_000, 400_000 + 4 * 200_000]);
    bench.send(10);
    bench.drain();
    expect(times(bench.timed(1200 * MILLISECOND))).toEqual([1200]);
  });

  test('only the earliest segment goes at the timeout (5.4); the others as ACKs come', () => {
    const bench = established({ world, config: { nagle: false } });
    bench.send(4000);
    expect(bench.drain()).toHaveLength(3);
    expect(bench.pass(200 * MILLISECOND)).toEqual(['. 1:1461 ack 1']);
    expect(bench.play({ flags: '.', seq: 1, ack: 1461 })).toEqual(['. 1461:2921 ack 1', 'P. 2921:4001 ack 1']);
  });

  test('an ACK of new text starts the timer afresh (5.3), of everything stops it (5.2)', () => {
    const bench = established({ world, config: { nagle: false } });
    bench.send(2920);
    bench.drain();
    bench.wait(150 * MILLISECOND);
    bench.play({ flags: '.', seq: 1, ack: 1461 });
    const { rto } = bench.tcb;
    expect(bench.timed(rto)).toEqual([[rto, '. 1461:2921 ack 1'.replace('.', 'P.')]]);
    bench.play({ flags: '.', seq: 1, ack: 2921 });
    expect(bench.connection.nextDeadline()).toBe(Infinity);
  });

  test('an old ACK or a duplicate does not restart the timer', () => {
    const bench = established({ world });
    bench.send(100);
    bench.drain();
    bench.wait(150 * MILLISECOND);
    bench.play({ flags: '.', seq: 1, ack: 1 });
    expect(times(bench.timed(50 * MILLISECOND))).toEqual([50]);
  });

  test('the back-off stays until a clean sample (Karn)', () => {
    const bench = established({ world, config: { nagle: false } });
    bench.send(100);
    bench.drain();
    bench.pass(600 * MILLISECOND); // twice
    bench.play({ flags: '.', seq: 1, ack: 101 });
    expect(bench.tcb.rto).toBe(800_000);
    bench.send(100);
    bench.drain();
    bench.play({ flags: '.', seq: 1, ack: 201 });
    expect(bench.tcb.rto).toBe(200_000);
  });

  test('with timestamps the ACK of a retransmission is a clean sample (RFC 7323 §4)', () => {
    const bench = established({ world, config: { timestamps: true }, syn: { ts: [77, 0] } });
    bench.send(100);
    bench.drain();
    bench.pass(200 * MILLISECOND);
    bench.wait(30 * MILLISECOND);
    bench.play({ flags: '.', seq: 1, ack: 101, ts: [78, 1200] });
    expect(bench.tcb.rtt.latest).toBe(30_000);
    expect(bench.tcb.rtt.backoff).toBe(0);
  });

  test('R2 counts from the last progress', () => {
    const bench = established({ world, config: { r2: 10 * SECOND, nagle: false } });
    bench.send(2920);
    bench.drain();
    bench.pass(9 * SECOND);
    bench.play({ flags: '.', seq: 1, ack: 1461 });
    bench.pass(9 * SECOND);
    expect(bench.state).toBe('ESTABLISHED');
    bench.pass(1 * SECOND);
    expect(bench.state).toBe('CLOSED');
  });

  test('the FIN is under R2, too', () => {
    const bench = finWait1({ world, config: { r2: 100 * SECOND } });
    bench.pass(100 * SECOND - 1);
    expect(bench.state).toBe('FIN-WAIT-1');
    bench.pass(1);
    expect(bench.state).toBe('CLOSED');
  });
});

describe('USER TIMEOUT', () => {
  const config = { userTimeout: 5 * SECOND };

  test('text unacknowledged for so long: aborted, the user is told', () => {
    const bench = established({ config });
    bench.wait(60 * SECOND);
    bench.send(10);
    bench.drain();
    bench.pass(5 * SECOND - 1);
    expect(bench.state).toBe('ESTABLISHED');
    bench.pass(1);
    expect(bench.state).toBe('CLOSED');
    expect(bench.connection.failure).toBe('user-timeout');
    expect(bench.connection.takeSignals() & Signal.Failed).toBeTruthy();
  });

  test('progress starts it anew; an idle connection has none', () => {
    const bench = established({ config: { ...config, nagle: false } });
    bench.send(2920);
    bench.drain();
    bench.pass(4 * SECOND);
    bench.play({ flags: '.', seq: 1, ack: 1461 });
    bench.pass(4 * SECOND);
    bench.play({ flags: '.', seq: 1, ack: 2921 });
    bench.wait(3600 * SECOND).in('ESTABLISHED');
  });

  test('it holds for the handshake', () => {
    const bench = synSent({ config });
    bench.pass(5 * SECOND);
    expect(bench.connection.failure).toBe('user-timeout');
  });

  test('a FIN that a closed window keeps back waits from CLOSE on, not from the last ACK', () => {
    const bench = established({ config });
    bench.play({ flags: '.', seq: 1, ack: 1, wnd: 0 });
    bench.wait(3600 * SECOND);
    bench.close();
    bench.drain();
    bench.pass(5 * SECOND - 1);
    expect(bench.state).toBe('FIN-WAIT-1');
    bench.pass(1);
    expect(bench.state).toBe('CLOSED');
  });
});
