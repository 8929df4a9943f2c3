/** Sixth: the URG bit, RFC 9293 §3.8.5 and §3.10.7.4; and urgent data that we send. */
import { Signal } from '../../../../src/tcp/tcb.js';
import { WORLDS } from '../../../support/engine.js';
import { closeWait, closing, established, finWait1, finWait2, lastAck, timeWait } from '../../../support/states.js';

const urgent = (bench: { connection: { takeSignals(): number } }): boolean => (bench.connection.takeSignals() & Signal.Urgent) !== 0;

describe.each(WORLDS)('URG, $name', (world) => {
  test.each([{ state: 'ESTABLISHED', make: established }, { state: 'FIN-WAIT-1', make: finWait1 }, { state: 'FIN-WAIT-2', make: finWait2 }])(
    'the user is told in $state', ({ make }) => {
      const bench = make({ world });
      const ack = bench.tcb.snd(bench.tcb.sndUna);
      bench.play({ flags: 'U.', seq: 1, ack, data: 10, urg: 4 });
      expect(urgent(bench)).toBe(true);
      expect(bench.tcb.rcv(bench.tcb.rcvUp)).toBe(5);
      expect(bench.rules).toContain('urgent-new');
    });

  test.each([{ state: 'CLOSE-WAIT', make: closeWait }, { state: 'CLOSING', make: closing }, { state: 'LAST-ACK', make: lastAck }, { state: 'TIME-WAIT', make: timeWait }])(
    'ignored in $state', ({ make }) => {
      const bench = make({ world });
      bench.play({ flags: 'U.', seq: 2, ack: bench.tcb.snd(bench.tcb.sndUna), urg: 4 });
      expect(urgent(bench)).toBe(false);
    });

  test('once for each advance of the pointer', () => {
    const bench = established({ world });
    bench.play({ flags: 'U.', seq: 1, ack: 1, data: 10, urg: 50 });
    expect(urgent(bench)).toBe(true);
    bench.play({ flags: 'U.', seq: 11, ack: 1, data: 10, urg: 40 }); // the same place
    expect(urgent(bench)).toBe(false);
    bench.play({ flags: 'U.', seq: 21, ack: 1, data: 10, urg: 20 }); // an earlier one
    expect(urgent(bench)).toBe(false);
    bench.play({ flags: 'U.', seq: 31, ack: 1, data: 10, urg: 60 });
    expect(urgent(bench)).toBe(true);
  });

  test('the pointer may come before its text (MUST-61, RFC 6093)', () => {
    const bench = established({ world });
    bench.play({ flags: 'U.', seq: 1, ack: 1, urg: 1000 });
    expect(urgent(bench)).toBe(true);
    expect(bench.tcb.urgentReceiving).toBe(true);
    bench.play({ flags: '.', seq: 1, ack: 1, data: 1000 });
    bench.receive(999);
    expect(bench.tcb.urgentReceiving).toBe(true);
    bench.receive(1);
    expect(bench.tcb.urgentReceiving).toBe(false);
  });

  test('urgent text of which the first part was here before: the pointer still means the same octet', () => {
    const bench = established({ world });
    bench.play({ flags: '.', seq: 1, ack: 1, data: 100 });
    bench.play({ flags: 'U.', seq: 51, ack: 1, data: 100, urg: 80 });
    expect(urgent(bench)).toBe(true);
    expect(bench.tcb.rcv(bench.tcb.rcvUp)).toBe(131);
  });

  test('urgent text received, but not yet consumed, is still urgent', () => {
    const bench = established({ world });
    bench.play({ flags: '.', seq: 1, ack: 1, data: 100 });
    bench.play({ flags: 'U.', seq: 101, ack: 1, urg: 0 }); // up to here: the user has read none of it
    expect(urgent(bench)).toBe(true);
  });

  test('urgent data already consumed is not', () => {
    const bench = established({ world });
    bench.play({ flags: '.', seq: 1, ack: 1, data: 100 });
    bench.receive();
    bench.play({ flags: 'U.', seq: 101, ack: 1, urg: 0 });
    expect(urgent(bench)).toBe(false);
  });

  test('SEND urgent: URG and the pointer to the octet after it, until it is acknowledged', () => {
    const bench = established({ world, config: { nagle: false } });
    bench.send(50, true);
    expect(bench.drain()).toEqual(['P.U 1:51 ack 1 urg 50']);
    expect(bench.rules).toContain('urgent-sent');
    bench.send(10);
    expect(bench.drain()).toEqual(['P. 51:61 ack 1']);
    expect(bench.pass(1_000_000)[0]).toBe('P.U 1:51 ack 1 urg 50');
    bench.play({ flags: '.', seq: 1, ack: 51 });
    expect(bench.tcb.urgentSending).toBe(false);
  });

  test('every segment before the urgent pointer says so', () => {
    const bench = established({ world });
    bench.send(2920, true);
    expect(bench.drain()).toEqual(['.U 1:1461 ack 1 urg 2920', 'P.U 1461:2921 ack 1 urg 1460']);
  });
});
