/** Fast retransmit, NewReno recovery, limited transmit, timeouts: RFC 5681 §3.2, RFC 6582, RFC 3042, RFC 6298. Idle: RFC 5681 §4.1. */
import type { TcpConfig } from '../../../../src/tcp/config.js';
import { SECOND } from '../../../../src/util/units.js';
import { type Bench, type Setup, WORLDS } from '../../../support/engine.js';
import { established, synSent } from '../../../support/states.js';

const MSS = 1460;
const segmentAt = (i: number): string => `. ${1 + i * MSS}:${1 + (i + 1) * MSS} ack 1`;
const after = (i: number): number => 1 + i * MSS;

/** So many full segments outstanding, plenty more queued; window open. */
function flying(segments: number, setup: Setup = {}): Bench {
  const bench = established({ ...setup, config: { nagle: false, initialWindow: segments, ...setup.config } });
  bench.send(200_000);
  expect(bench.drain()).toEqual(Array.from({ length: segments }, (_, i) => segmentAt(i)));
  return bench.clear();
}
const duplicate = { flags: '.', seq: 1, ack: 1 };

describe.each(WORLDS)('fast retransmit and recovery, $name', (world) => {
  test('two duplicates: limited transmit, one new segment each (RFC 3042)', () => {
    const bench = flying(10, { world });
    expect(bench.play(duplicate)).toEqual([segmentAt(10)]);
    expect(bench.play(duplicate)).toEqual([segmentAt(11)]);
    expect(bench.rules).toContain('limited-transmit');
    expect(bench.tcb.cwnd).toBe(10 * MSS); // it does not grow
  });

  test('the third: the lost segment at once, ssthresh half of the flight without limited transmit', () => {
    const bench = flying(10, { world });
    bench.play(duplicate);
    bench.play(duplicate);
    expect(bench.play(duplicate)).toEqual([segmentAt(0)]);
    expect(bench.rules).toEqual(expect.arrayContaining(['fast-retransmit', 'fast-recovery']));
    expect([bench.tcb.ssthresh, bench.tcb.cwnd]).toEqual([5 * MSS, 5 * MSS]);
    expect(bench.tcb.snd(bench.tcb.recover)).toBe(after(12));
  });

  test('more duplicates: new segments once half of the flight has left', () => {
    const bench = flying(10, { world });
    const sent: string[][] = [];
    for (let i = 0; i < 11; i++) sent.push(bench.play(duplicate));
    // 12 outstanding. RFC 5681: cwnd = 5 + 3 segments, one more for each duplicate from the fourth on.
    expect(sent.map((s) => s.length)).toEqual([1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1]);
    expect(sent[7]).toEqual([segmentAt(12)]);
  });

  test('the full ACK ends it: cwnd = ssthresh, no burst', () => {
    const bench = flying(10, { world });
    for (let i = 0; i < 9; i++) bench.play(duplicate);
    const { sndNxt } = bench.tcb;
    bench.play({ ...duplicate, ack: bench.tcb.snd(sndNxt) });
    expect(bench.tcb.inRecovery).toBe(false);
    expect(bench.rules).toContain('recovery-done');
    expect(bench.tcb.cwnd).toBeLessThanOrEqual(5 * MSS);
    expect(bench.tcb.flight).toBeLessThanOrEqual(bench.tcb.cwnd);
  });

  test('partial ACKs: each shows the next hole, which is repaired at once (RFC 6582 §3.2)', () => {
    const bench = flying(10, { world }); // 0, 3 and 7 are lost
    for (let i = 0; i < 3; i++) bench.play(duplicate);
    const first = bench.play({ ...duplicate, ack: after(3) });
    expect(first[0]).toBe(segmentAt(3));
    expect(bench.rules).toContain('partial-ack');
    expect(bench.tcb.inRecovery).toBe(true);
    const second = bench.play({ ...duplicate, ack: after(7) });
    expect(second[0]).toBe(segmentAt(7));
    const { recover } = bench.tcb;
    bench.play({ ...duplicate, ack: bench.tcb.snd(recover) });
    expect(bench.tcb.inRecovery).toBe(false);
    expect(bench.tcb.retransmissions).toBe(3); // nothing that was not lost
    expect(bench.tcb.ssthresh).toBe(5 * MSS); // one reduction for one window of losses
  });

  test('a partial ACK restarts the retransmission timer', () => {
    const bench = flying(10, { world });
    bench.now += 150_000;
    for (let i = 0; i < 3; i++) bench.play(duplicate);
    bench.now += 40_000;
    bench.play({ ...duplicate, ack: after(3) });
    expect(bench.connection.nextDeadline()).toBe(bench.now + bench.tcb.rto);
  });

  test('the flight is never less than two segments for ssthresh (RFC 5681 (4))', () => {
    const bench = flying(4, { world });
    for (let i = 0; i < 3; i++) bench.play(duplicate);
    expect(bench.tcb.ssthresh).toBe(2 * MSS);
    const small = flying(3, { world });
    for (let i = 0; i < 3; i++) small.play(duplicate);
    expect(small.tcb.ssthresh).toBe(2 * MSS);
  });

  test('a lost retransmission is found by the timer', () => {
    const bench = flying(10, { world });
    for (let i = 0; i < 3; i++) bench.play(duplicate);
    const sent = bench.pass(200_000);
    expect(sent).toEqual([segmentAt(0)]);
    expect(bench.tcb.inRecovery).toBe(false);
    expect(bench.tcb.cwnd).toBe(MSS);
  });

  test('duplicates that echo our own retransmissions start no second recovery (RFC 6582 §4)', () => {
    const bench = flying(10, { world });
    bench.pass(200_000); // timeout: everything counts as lost
    bench.play({ ...duplicate, ack: after(2) });
    bench.clear();
    for (let i = 0; i < 3; i++) bench.play({ ...duplicate, ack: after(2) });
    expect(bench.rules).toContain('fast-retransmit-held');
    expect(bench.rules).not.toContain('fast-retransmit');
  });

  test('new losses after recovery start another one', () => {
    const bench = flying(10, { world });
    for (let i = 0; i < 3; i++) bench.play(duplicate);
    const full = bench.tcb.snd(bench.tcb.sndNxt);
    bench.play({ ...duplicate, ack: full });
    bench.play({ ...duplicate, ack: full + MSS });
    bench.clear();
    for (let i = 0; i < 3; i++) bench.play({ ...duplicate, ack: full + MSS });
    expect(bench.rules).toContain('fast-retransmit');
  });

  test('one duplicate and then progress: reordering, no reaction', () => {
    const bench = flying(10, { world });
    bench.play(duplicate);
    bench.play(duplicate);
    bench.play({ ...duplicate, ack: after(10) });
    bench.play({ ...duplicate, ack: after(10) });
    expect(bench.rules).not.toContain('fast-retransmit');
    expect(bench.tcb.cwnd).toBeGreaterThanOrEqual(10 * MSS);
  });
});

describe.each(WORLDS)('timeout, $name', (world) => {
  test('cwnd one segment, ssthresh half the flight; again for the same text: ssthresh is held', () => {
    const bench = flying(10, { world });
    bench.pass(200_000);
    expect([bench.tcb.cwnd, bench.tcb.ssthresh]).toEqual([MSS, 5 * MSS]);
    bench.pass(400_000);
    expect([bench.tcb.cwnd, bench.tcb.ssthresh]).toEqual([MSS, 5 * MSS]);
    expect(bench.rules).toContain('timeout-reaction');
  });

  test('slow start from there, up to ssthresh', () => {
    const bench = flying(10, { world, config: { slowStartLimit: 1 } });
    expect(bench.pass(200_000)).toEqual([segmentAt(0)]);
    expect(bench.play({ ...duplicate, ack: after(1) })).toEqual([segmentAt(1), segmentAt(2)]);
    expect(bench.play({ ...duplicate, ack: after(2) })).toEqual([segmentAt(3), segmentAt(4)]);
    expect(bench.play({ ...duplicate, ack: after(3) })).toEqual([segmentAt(5), segmentAt(6)]);
    expect(bench.play({ ...duplicate, ack: after(4) })).toEqual([segmentAt(7), segmentAt(8)]);
    expect(bench.tcb.cwnd).toBe(5 * MSS); // ssthresh: from here on congestion avoidance
    expect(bench.play({ ...duplicate, ack: after(5) })).toEqual([segmentAt(9)]);
  });

  test('what the peer had kept is not sent again when its ACK jumps', () => {
    const bench = flying(10, { world });
    bench.pass(200_000);
    const next = bench.play({ ...duplicate, ack: after(10) }); // only the first was missing
    expect(next[0]).toBe(segmentAt(10));
    expect(bench.tcb.retransmissions).toBe(1);
  });

  test('a lost SYN: the initial window is one segment (RFC 5681 §3.1)', () => {
    const bench = synSent({ world, config: { nagle: false } });
    bench.send(10_000);
    bench.pass(SECOND);
    expect(bench.play({ flags: 'S.', seq: 0, ack: 1, mss: MSS })).toEqual([segmentAt(0)]);
    expect(bench.tcb.cwnd).toBe(MSS);
  });
});

describe.each(WORLDS)('the congestion window, $name', (world) => {
  test('IW10 (RFC 6928), and the SYN\'s ACK does not grow it', () => {
    const bench = established({ world, config: { nagle: false } });
    bench.send(100_000);
    expect(bench.drain()).toHaveLength(10);
    expect(bench.rules).toContain('cwnd-full');
  });

  test('slow start: one segment per ACK with L = 1, two with L = 2 (RFC 3465)', () => {
    for (const slowStartLimit of [1, 2]) {
      const bench = flying(4, { world, config: { slowStartLimit } });
      bench.play({ ...duplicate, ack: after(1) });
      expect(bench.tcb.cwnd).toBe(5 * MSS);
      bench.play({ ...duplicate, ack: after(4) }); // three at once
      expect(bench.tcb.cwnd).toBe((5 + slowStartLimit) * MSS);
    }
  });

  test('congestion avoidance: one segment per window acknowledged', () => {
    const bench = flying(8, { world });
    for (let i = 0; i < 3; i++) bench.play(duplicate);
    bench.play({ ...duplicate, ack: bench.tcb.snd(bench.tcb.sndNxt) });
    // Fill the window again, until cwnd = ssthresh = 4 segments governs.
    for (let i = 0; i < 12; i++) {
      const { queue, sndUna } = bench.tcb;
      bench.play({ ...duplicate, ack: bench.tcb.snd(sndUna) + Math.min(MSS, queue.length * MSS) });
    }
    const { cwnd } = bench.tcb;
    expect(bench.tcb.ssthresh).toBe(4 * MSS);
    expect(cwnd).toBeGreaterThanOrEqual(5 * MSS);
    expect(cwnd).toBeLessThanOrEqual(7 * MSS); // slow start would have reached 16
  });

  test('it does not grow while it is not used (RFC 5681 §3.1, RFC 7661)', () => {
    const bench = established({ world, config: { nagle: false } });
    for (let i = 0; i < 50; i++) {
      bench.send(100);
      bench.drain();
      bench.play({ flags: '.', seq: 1, ack: 101 + 100 * i });
    }
    expect(bench.tcb.cwnd).toBe(10 * MSS);
  });

  /** A window grown to many segments, with nothing in flight. */
  const grown = (config: Partial<TcpConfig> = {}) => {
    const bench = established({ world, config: { nagle: false, ...config } });
    bench.send(100_000);
    bench.drain();
    for (let n = 0; n < 200 && bench.tcb.queue.length > 0; n++) bench.play({ ...duplicate, ack: bench.tcb.snd(bench.tcb.queue.at(0).end) });
    expect(bench.tcb.cwnd).toBeGreaterThan(40 * MSS);
    return bench.clear();
  };

  test('idle for longer than the RTO, by the RFC: back to the initial window (RFC 5681 §4.1)', () => {
    const bench = grown({ idleDecay: 'restart' });
    bench.wait(bench.tcb.rto + 1);
    bench.send(100_000);
    expect(bench.drain()).toHaveLength(10);
    expect(bench.rules).toContain('restart-after-idle');
  });

  test.each([[1, 1], [1.5, 1], [2.5, 2]])('idle for %p RTO and a little, as in Linux: halved %p times (RFC 2861)', (rtos, times) => {
    const bench = grown();
    const { cwnd } = bench.tcb;
    bench.wait(rtos * bench.tcb.rto + 1);
    bench.send(100_000);
    bench.drain();
    expect(bench.tcb.cwnd).toBe(Math.floor(cwnd / 2 ** times));
    expect(bench.rules).toContain('restart-after-idle');
  });

  test('idle for very long: not below the initial window', () => {
    const bench = grown();
    bench.wait(100 * bench.tcb.rto);
    bench.send(100_000);
    expect(bench.drain()).toHaveLength(10);
  });

  test('slowStartAfterIdle: false leaves the window as it was', () => {
    const bench = grown({ slowStartAfterIdle: false });
    const { cwnd } = bench.tcb;
    bench.wait(100 * bench.tcb.rto);
    bench.send(100);
    bench.drain();
    expect(bench.tcb.cwnd).toBe(cwnd);
    expect(bench.rules).not.toContain('restart-after-idle');
  });

  test('idle for less: it stays', () => {
    const bench = established({ world, config: { nagle: false } });
    bench.send(50_000);
    bench.drain();
    for (let n = 0; n < 200 && bench.tcb.queue.length > 0; n++) bench.play({ ...duplicate, ack: bench.tcb.snd(bench.tcb.queue.at(0).end) });
    const { cwnd } = bench.tcb;
    bench.wait(bench.tcb.rto - 1);
    bench.send(100);
    bench.drain();
    expect(bench.tcb.cwnd).toBe(cwnd);
  });
});

describe('round trips', () => {
  const samplesOfFour = (bench: Bench): number => {
    bench.clear();
    bench.now += 10_000;
    for (let i = 1; i <= 4; i++) bench.play({ ...duplicate, ack: after(i) });
    return bench.rules.filter((r) => r === 'rtt-sample').length;
  };

  test('by RFC 6298 one sample per round trip', () => {
    expect(samplesOfFour(flying(4, { config: { nagle: false, rttEstimator: 'rfc6298' } }))).toBeLessThanOrEqual(2);
  });

  test('as Linux does one with every ACK', () => {
    expect(samplesOfFour(flying(4))).toBe(4);
  });

  test('an ACK that covers a repaired hole measures nothing: what lies behind it waited for the repair', () => {
    const bench = flying(5);
    for (let i = 0; i < 3; i++) bench.play(duplicate);
    bench.now += 190_000;
    bench.clear().play({ ...duplicate, ack: bench.tcb.snd(bench.tcb.sndNxt) });
    expect(bench.rules).not.toContain('rtt-sample');
  });
});
