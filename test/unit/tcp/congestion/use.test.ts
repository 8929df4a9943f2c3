/** Which acknowledgements grow cwnd: only those of a window that was in use (RFC 5681 §3.1, RFC 7661). */
import { type Bench } from '../../../support/engine.js';
import { synSent } from '../../../support/states.js';

/** Open, with segments of 1000 octets and a cwnd of 10 of them. */
function opened(): Bench {
  const bench = synSent({ config: { slowStartLimit: Infinity } });
  bench.play({ flags: 'S.', seq: 0, ack: 1, mss: 1000 });
  return bench.in('ESTABLISHED');
}

const cwndAfter = (bench: Bench, ack: number): number => {
  bench.play({ flags: '.', seq: 1, ack });
  return bench.tcb.cwnd / 1000;
};

test('in slow start cwnd grows until it is twice what was outstanding', () => {
  const bench = opened();
  bench.send(6000);
  bench.drain();
  expect([2001, 4001, 6001].map((ack) => cwndAfter(bench, ack))).toEqual([12, 12, 12]);
});

test('half of cwnd or less in use grows nothing', () => {
  const bench = opened();
  bench.send(5000);
  bench.drain();
  expect([2001, 5001].map((ack) => cwndAfter(bench, ack))).toEqual([10, 10]);
});

test('cwnd filled once counts for the whole window of data', () => {
  const bench = opened();
  bench.send(10_000);
  bench.drain();
  expect([2001, 4001, 6001, 8001, 10_001].map((ack) => cwndAfter(bench, ack))).toEqual([12, 14, 16, 18, 20]);
});

test('each window of data is judged afresh', () => {
  const bench = opened();
  bench.send(10_000);
  bench.drain();
  expect(cwndAfter(bench, 10_001)).toBe(20);
  bench.send(8000);
  bench.drain();
  expect(cwndAfter(bench, 18_001)).toBe(20);
});

test('in congestion avoidance cwnd must be full', () => {
  const bench = opened();
  bench.tcb.window.ssthresh = 10_000;
  for (let i = 0; i < 8; i++) {
    bench.send(8000);
    bench.drain();
    bench.play({ flags: '.', seq: 1, ack: 1 + 8000 * (i + 1) });
  }
  expect(bench.tcb.cwnd).toBe(10_000);
});

test('what duplicate ACKs have counted does not grow cwnd once more', () => {
  const bench = opened();
  bench.send(15_000);
  bench.drain();
  bench.play({ flags: '.', seq: 1, ack: 1 });
  bench.play({ flags: '.', seq: 1, ack: 1 });
  expect(cwndAfter(bench, 3001)).toBe(11);
});
