/** Reno alone, window in hand: RFC 5681, RFC 3465. */
import { initialCongestionWindow } from '../../../../src/tcp/congestion/congestion.js';
import { Reno } from '../../../../src/tcp/congestion/reno.js';

const SMSS = 1000;
const start = (limit = 2) => ({ reno: new Reno(limit), w: initialCongestionWindow(SMSS, 10) });
const ack = (reno: Reno, w: ReturnType<typeof initialCongestionWindow>, octets: number, limited = true): number => {
  reno.onAck(w, 0, octets, w.cwnd, 0, limited);
  return w.cwnd;
};

describe('Reno', () => {
  test('begins with the initial window and no threshold', () => expect(start().w).toEqual({ cwnd: 10_000, ssthresh: Infinity, smss: SMSS, initial: 10_000 }));

  test('slow start: by what was acknowledged, at most L segments', () => {
    const { reno, w } = start();
    expect(ack(reno, w, 500)).toBe(10_500);
    expect(ack(reno, w, 2000)).toBe(12_500);
    expect(ack(reno, w, 9000)).toBe(14_500);
  });

  test('slow start without a limit: by all that was acknowledged, also after a timeout', () => {
    const { reno, w } = start(Infinity);
    expect(ack(reno, w, 9000)).toBe(19_000);
    reno.onTimeout(w, 0, 19_000, false);
    expect(ack(reno, w, 3000)).toBe(4000);
  });

  test('slow start without a limit stops at ssthresh; what is left counts for congestion avoidance', () => {
    const { reno, w } = start(Infinity);
    w.ssthresh = 12_000;
    expect(ack(reno, w, 10_000)).toBe(12_000);
    expect(ack(reno, w, 3999)).toBe(12_000);
    expect(ack(reno, w, 1)).toBe(13_000);
  });

  test('a window not in use does not grow', () => {
    const { reno, w } = start();
    expect(ack(reno, w, 5000, false)).toBe(10_000);
    w.ssthresh = 5000;
    for (let i = 0; i < 50; i++) ack(reno, w, 1000, false);
    expect(w.cwnd).toBe(10_000);
  });

  test('congestion avoidance: one segment for each window acknowledged, whatever the size of the ACKs', () => {
    for (const size of [100, 1000, 2500]) {
      const { reno, w } = start();
      w.ssthresh = 10_000;
      for (let octets = 0; octets < 10_000; octets += size) ack(reno, w, size);
      expect(w.cwnd).toBe(11_000);
      for (let octets = 0; octets < 11_000 + size; octets += size) ack(reno, w, size);
      expect(w.cwnd).toBe(12_000);
    }
  });

  test('loss: half the flight, at least two segments', () => {
    const { reno, w } = start();
    reno.onCongestion(w, 0, 9001);
    expect([w.cwnd, w.ssthresh]).toEqual([4500, 4500]);
    reno.onCongestion(w, 0, 1000);
    expect([w.cwnd, w.ssthresh]).toEqual([2000, 2000]);
  });

  test('timeout: one segment; ssthresh once for the same text', () => {
    const { reno, w } = start();
    reno.onTimeout(w, 0, 8000, false);
    expect([w.cwnd, w.ssthresh]).toEqual([1000, 4000]);
    reno.onTimeout(w, 0, 1000, true);
    expect([w.cwnd, w.ssthresh]).toEqual([1000, 4000]);
  });

  test('idle: never more than the initial window, never up', () => {
    const { reno, w } = start();
    w.cwnd = 50_000;
    reno.onIdle(w, 0, Infinity);
    expect(w.cwnd).toBe(10_000);
    w.cwnd = 3000;
    reno.onIdle(w, 0, Infinity);
    expect(w.cwnd).toBe(3000);
  });

  test('idle, step by step: halves down to the initial window, and ssthresh remembers 3/4 of what was', () => {
    const { reno, w } = start();
    w.ssthresh = 20_000;
    w.cwnd = 50_000;
    reno.onIdle(w, 0, 1);
    expect([w.cwnd, w.ssthresh]).toEqual([25_000, 37_500]);
    reno.onIdle(w, 0, 7);
    expect([w.cwnd, w.ssthresh]).toEqual([10_000, 37_500]);
    w.cwnd = 3000;
    reno.onIdle(w, 0, 1);
    expect(w.cwnd).toBe(3000);
  });

  test('undo gives back what the last reaction took', () => {
    const { reno, w } = start();
    reno.onCongestion(w, 0, 9000);
    reno.onUndo(w);
    expect([w.cwnd, w.ssthresh]).toEqual([10_000, Infinity]);
  });
});
