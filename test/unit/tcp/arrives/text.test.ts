/** Seventh: the segment text. RFC 9293 §3.10.7.4, SHLD-31; acknowledging it is in receive/ack-policy.test.ts. */
import { Signal } from '../../../../src/tcp/tcb.js';
import { WORLDS } from '../../../support/engine.js';
import { closeWait, closing, established, finWait1, finWait2, lastAck, timeWait } from '../../../support/states.js';

const soon = { delayedAck: 0 };

describe.each(WORLDS)('text, $name', (world) => {
  test.each([
    { state: 'ESTABLISHED', make: established, una: 1, nxt: 1 },
    { state: 'FIN-WAIT-1', make: finWait1, una: 1, nxt: 2 },
    { state: 'FIN-WAIT-2', make: finWait2, una: 2, nxt: 2 },
  ])('delivered and acknowledged in $state', ({ state, make, una, nxt }) => {
    const bench = make({ world, config: soon });
    expect(bench.play({ flags: 'P.', seq: 1, ack: una, data: 100 })).toEqual([`. ${nxt}:${nxt} ack 101`]);
    expect(bench.connection.takeSignals()).toBe(Signal.Readable);
    expect(bench.receive()).toBe(100);
    expect(bench.state).toBe(state);
    expect(bench.rules).toContain('text-delivered');
  });

  test.each([
    { state: 'CLOSE-WAIT', make: closeWait, una: 1 },
    { state: 'CLOSING', make: closing, una: 1 },
    { state: 'LAST-ACK', make: lastAck, una: 1 },
    { state: 'TIME-WAIT', make: timeWait, una: 2 },
  ])('ignored in $state: the peer has said FIN', ({ state, make, una }) => {
    const bench = make({ world, config: soon });
    bench.play({ flags: 'P.', seq: 2, ack: una, data: 100 });
    expect(bench.state).toBe(state);
    expect(bench.tcb.rcv(bench.tcb.rcvNxt)).toBe(2);
    expect(bench.receive()).toBe('connection-closing');
  });

  test('text before an empty FIN in CLOSE-WAIT is old, and acknowledged', () => {
    const bench = established({ world, config: soon });
    bench.play({ flags: 'FP.', seq: 1, ack: 1, data: 50 });
    expect(bench.play({ flags: 'FP.', seq: 1, ack: 1, data: 50 })).toEqual(['. 1:1 ack 52']);
    expect(bench.state).toBe('CLOSE-WAIT');
    expect(bench.receive()).toBe(50);
  });

  test('out of order: kept, a duplicate ACK for each segment, delivered with the gap', () => {
    const bench = established({ world });
    expect(bench.play({ flags: '.', seq: 101, ack: 1, data: 100 })).toEqual(['. 1:1 ack 1']);
    expect(bench.play({ flags: '.', seq: 301, ack: 1, data: 100 })).toEqual(['. 1:1 ack 1']);
    expect(bench.receive()).toBe(0);
    expect(bench.rules.filter((r) => r === 'text-out-of-order')).toHaveLength(2);
    expect(bench.play({ flags: '.', seq: 1, ack: 1, data: 100 })).toEqual(['. 1:1 ack 201']); // at once (RFC 5681 §4.2)
    expect(bench.rules).toEqual(expect.arrayContaining(['text-gap-filled', 'send-gap-ack']));
    expect(bench.play({ flags: '.', seq: 201, ack: 1, data: 100 })).toEqual(['. 1:1 ack 401']);
    expect(bench.receive()).toBe(400);
  });

  test('duplicate ACKs are not merged, even when segments come in one batch (RFC 5681 §4.2)', () => {
    const bench = established({ world });
    for (const seq of [101, 201, 301]) bench.inject({ flags: '.', seq, ack: 1, data: 100 });
    expect(bench.connection.owesSeparateAck).toBe(true);
    expect(bench.drain()).toEqual(['. 1:1 ack 1', '. 1:1 ack 1', '. 1:1 ack 1']);
  });

  test('ACKs of text in order are merged when segments come in one batch (MUST-58, MUST-59)', () => {
    const bench = established({ world, config: soon });
    for (const seq of [1, 101, 201, 301]) bench.inject({ flags: '.', seq, ack: 1, data: 100 });
    expect(bench.drain()).toEqual(['. 1:1 ack 401']);
  });

  test('overlapping pieces, in any order, give each octet once', () => {
    const bench = established({ world });
    const pieces = [[50, 100], [1, 30], [140, 60], [20, 40], [10, 5], [60, 10], [1, 10]] as const;
    for (const [seq, data] of pieces) bench.play({ flags: '.', seq, ack: 1, data });
    expect(bench.tcb.rcv(bench.tcb.rcvNxt)).toBe(200);
    expect(bench.receive()).toBe(199); // receive() checks each octet
  });

  test('more separate runs than the limit are dropped, and it still works out', () => {
    const bench = established({ world, config: { reassemblyRanges: 2 } });
    for (const seq of [101, 301, 501]) expect(bench.play({ flags: '.', seq, ack: 1, data: 100 })).toEqual(['. 1:1 ack 1']);
    expect(bench.rules).toContain('text-dropped');
    for (const seq of [1, 201, 401]) bench.play({ flags: '.', seq, ack: 1, data: 100 });
    expect(bench.tcb.rcv(bench.tcb.rcvNxt)).toBe(501);
    bench.play({ flags: '.', seq: 501, ack: 1, data: 100 });
    expect(bench.receive()).toBe(600);
  });

  test('text that does not fit is cut, kept text out of order never overruns the buffer', () => {
    const bench = established({ world, config: { receiveBuffer: 1000, receiveBufferMax: 1000 } });
    bench.play({ flags: '.', seq: 501, ack: 1, data: 900 });
    bench.play({ flags: '.', seq: 1, ack: 1, data: 500 });
    expect(bench.tcb.rcv(bench.tcb.rcvNxt)).toBe(1001);
    expect(bench.receive()).toBe(1000);
  });

  test('orphans refuse text with RST (RFC 9293 §3.6.1, RFC 2525 §2.16)', () => {
    for (const acked of [1, 2]) {
      const bench = established({ world });
      bench.release();
      expect(bench.drain()).toEqual(['F. 1:1 ack 1']);
      expect(bench.clear().play({ flags: 'P.', seq: 1, ack: acked, data: 5 })).toEqual([`R ${acked}:${acked}`]);
      expect(bench.state).toBe('CLOSED');
      expect(bench.rules).toContain('text-unwanted');
      expect(bench.connection.nextDeadline()).toBe(Infinity);
    }
  });

  test('orphans still deliver what was queued, and end in peace with a peer that says FIN', () => {
    const bench = established({ world, config: { nagle: false } });
    bench.send(2000);
    bench.release();
    expect(bench.drain()).toEqual(['. 1:1461 ack 1', 'FP. 1461:2001 ack 1']);
    bench.play({ flags: 'F.', seq: 1, ack: 2002 });
    expect(bench.state).toBe('TIME-WAIT');
  });
});
