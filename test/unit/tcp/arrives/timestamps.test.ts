/** RFC 7323 on arrival: PAWS (§5), TS.Recent (§4.3), and segments that come without their timestamp (§3.2). */
import { Unsafe } from '../../../../src/tcp/unsafe.js';
import { HOUR } from '../../../../src/util/units.js';
import { WORLDS } from '../../../support/engine.js';
import { established, otherStates, synchronised } from '../../../support/states.js';

const setup = { config: { timestamps: true }, syn: { ts: [5000, 0] as const } };

test('without requireTimestamps a segment that lacks them is taken, as Linux does', () => {
  const bench = established({ ...setup, config: { timestamps: true, requireTimestamps: false, delayedAck: 0 } });
  expect(bench.play({ flags: '.', seq: 1, ack: 1, data: 10 })).toEqual(['. 1:1 ack 11']);
});

describe.each(WORLDS)('timestamps, $name', (world) => {
  describe.each(otherStates)('$state', ({ state, make, rcvNxt, sndNxt, sndUna }) => {
    const ack = sndUna === 0 ? 1 : sndUna;
    const ready = () => make({ ...setup, world });

    test('older than TS.Recent: ACK, dropped, even where the number is right', () => {
      const bench = ready();
      bench.inject({ flags: '.', seq: rcvNxt, ack, data: 5, ts: [4999, 0] });
      expect(bench.drainFully()).toEqual([`. ${sndNxt}:${sndNxt} ack ${rcvNxt} win ${state === 'SYN-RECEIVED' ? 65_535 : bench.tcb.lastWndSent} <ts 1000 5000>`]);
      expect(bench.state).toBe(state);
      expect(bench.rules[0]).toBe('paws-rejects');
      expect(bench.tcb.tsRecent).toBe(5000);
    });

    test('no timestamp: dropped in silence', () => {
      const bench = ready();
      expect(bench.play({ flags: '.', seq: rcvNxt, ack, data: 5 })).toEqual([]);
      expect(bench.state).toBe(state);
      expect(bench.rules).toEqual(['missing-timestamp']);
    });

    test('a RST is exempt, with an old timestamp or none', () => {
      for (const ts of [undefined, [1, 0] as const]) {
        const bench = ready();
        bench.play({ flags: 'R', seq: rcvNxt, ...(ts === undefined ? {} : { ts }) });
        expect(bench.state).toBe(state === 'SYN-RECEIVED' ? 'LISTEN' : 'CLOSED');
      }
    });
  });

  test.each([Unsafe.noPaws, Unsafe.predictableIsnNoPaws])('unsafe, $name: an old one is taken', (unsafe) => {
    const bench = established({ ...setup, config: { timestamps: true, unsafe }, world });
    bench.play({ flags: '.', seq: 1, ack: 1, data: 5, ts: [4999, 1000] });
    expect(bench.receive()).toBe(5);
    expect(bench.rules).toContain('paws-left-out');
  });

  test('the same value is not old', () => {
    const bench = established({ ...setup, world });
    bench.play({ flags: '.', seq: 1, ack: 1, data: 5, ts: [5000, 1000] });
    expect(bench.receive()).toBe(5);
  });

  test('values wrap: compared modulo 2^32', () => {
    const bench = established({ config: { timestamps: true }, syn: { ts: [0xffff_fffe, 0] }, world });
    bench.play({ flags: '.', seq: 1, ack: 1, data: 5, ts: [3, 1000] });
    expect(bench.receive()).toBe(5);
    expect(bench.tcb.tsRecent).toBe(3);
    expect(bench.play({ flags: '.', seq: 6, ack: 1, data: 5, ts: [0xffff_ffff, 1000] })).toEqual(['. 1:1 ack 6']);
    expect(bench.receive()).toBe(0);
  });

  test('TS.Recent moves only with the segment that reaches Last.ACK.sent (§4.3)', () => {
    const bench = established({ ...setup, world });
    bench.inject({ flags: '.', seq: 101, ack: 1, data: 100, ts: [5010, 0] }); // out of order
    expect(bench.tcb.tsRecent).toBe(5000);
    expect(bench.drainFully()).toEqual(['. 1:1 ack 1 win 65535 <ts 1000 5000>']); // echoes the last in order
    bench.inject({ flags: '.', seq: 1, ack: 1, data: 100, ts: [5020, 0] });
    expect(bench.tcb.tsRecent).toBe(5020);
  });

  test('with delayed ACKs the earliest segment unacknowledged is echoed (§4.3)', () => {
    const bench = established({ ...setup, world });
    bench.inject({ flags: '.', seq: 1, ack: 1, data: 10, ts: [5001, 0] });
    expect(bench.drain()).toEqual([]);
    bench.inject({ flags: '.', seq: 11, ack: 1, data: 10, ts: [5009, 0] });
    expect(bench.tcb.tsRecent).toBe(5001);
    bench.now += 40_000;
    bench.connection.timeout(bench.now);
    expect(bench.drainFully()).toEqual([expect.stringContaining('ack 21 win 65515 <ts 1040 5001>') as string]);
  });

  test('after 24 days in silence TS.Recent is too old to judge by (§5.5)', () => {
    const bench = established({ ...setup, world });
    bench.now += 24 * 24 * HOUR + 1_000_000;
    bench.play({ flags: '.', seq: 1, ack: 1, data: 5, ts: [4000, 0] });
    expect(bench.receive()).toBe(5);
    expect(bench.tcb.tsRecent).toBe(4000);
  });

  test('every segment of ours has a timestamp, RST included', () => {
    const bench = established({ ...setup, world });
    bench.send(10);
    expect(bench.drainFully()).toEqual(['P. 1:11 ack 1 win 65535 <ts 1000 5000>']);
    bench.abort();
    expect(bench.drainFully()).toEqual(['R. 11:11 ack 1 win 0 <ts 1000 5000>']);
  });
});

describe('ACKs to what PAWS drops are limited when it is empty', () => {
  test.each(synchronised)('$state', ({ make, rcvNxt, sndUna }) => {
    const bench = make({ ...setup, config: { timestamps: true, challengeAckLimit: 2 } });
    const replies = (data: number) => bench.play({ flags: '.', seq: rcvNxt, ack: sndUna, data, ts: [1, 0] }).length;
    expect([replies(0), replies(0), replies(0), replies(0)]).toEqual([1, 1, 0, 0]);
    expect(replies(5)).toBe(1);
  });
});

test('the timestamp of a segment that acknowledges what was never sent does not count', () => {
  const bench = established({ ...setup, config: { timestamps: true, delayedAck: 0 } });
  bench.play({ flags: 'F.', seq: 1, ack: 9999, ts: [200_000, 0] });
  expect(bench.play({ flags: '.', seq: 1, ack: 1, data: 10, ts: [5001, 0] })).toEqual(['. 1:1 ack 11']);
});
