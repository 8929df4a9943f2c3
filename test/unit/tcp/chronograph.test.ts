/** What the sender spends its time with, for STATUS. */
import { established } from '../../support/states.js';

const MS = 1000;
type Made = ReturnType<typeof established>;
const spent = (bench: Made): number[] => {
  const { chronograph } = bench.tcb;
  return [chronograph.busy(bench.now), chronograph.window(bench.now), chronograph.buffer(bench.now)].map((t) => Math.round(t / MS));
};

test('nothing to send: nothing', () => {
  const bench = established();
  bench.pass(100 * MS);
  expect(spent(bench)).toEqual([0, 0, 0]);
});

test('text that waits for its acknowledgement: busy', () => {
  const bench = established();
  bench.send(100);
  bench.drain();
  bench.pass(50 * MS);
  expect(spent(bench)).toEqual([50, 0, 0]);
  bench.play({ flags: '.', seq: 1, ack: 101 });
  bench.pass(50 * MS);
  expect(spent(bench)).toEqual([50, 0, 0]);
});

test('text that the peer\'s window holds back: that, too', () => {
  const bench = established();
  bench.play({ flags: '.', seq: 1, ack: 1, wnd: 0 });
  bench.send(100);
  bench.drain();
  bench.pass(50 * MS);
  expect(spent(bench)).toEqual([50, 50, 0]);
});

test('a user who has found no room, and nothing left to send: the buffer', () => {
  const bench = established();
  bench.tcb.starved = true;
  bench.send(100);
  bench.drain();
  bench.pass(50 * MS);
  expect(spent(bench)).toEqual([50, 0, 50]);
});
