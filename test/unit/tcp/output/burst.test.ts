/** PSH at the end of what goes out together (RFC 9293 §3.9.1.2 leaves it open), as long as the path is fast. */
import { makeConfig, rfcConfig, type TcpConfig } from '../../../../src/tcp/config.js';
import { MILLISECOND } from '../../../../src/util/units.js';
import type { Bench } from '../../../support/engine.js';
import { synSent } from '../../../support/states.js';

/** Open, with so long a round trip; segments of 1000 octets, a cwnd of 10. */
function opened(roundTrip: number, config: Partial<TcpConfig> = {}, wnd = 65_535): Bench {
  const bench = synSent({ config: { burstSegments: 2, nagleMinshall: true, ...config } });
  bench.now += roundTrip;
  bench.play({ flags: 'S.', seq: 0, ack: 1, mss: 1000, wnd });
  return bench.in('ESTABLISHED');
}

/** Which of the segments have PSH, from 1. */
const pushed = (lines: readonly string[]): number[] => lines.flatMap((line, i) => (line.startsWith('P') ? [i + 1] : []));

describe('a burst', () => {
  test('on a slow path is two segments', () => {
    const bench = opened(100 * MILLISECOND);
    bench.send(20_000);
    expect(pushed(bench.drain())).toEqual([2, 4, 6, 8, 10]);
    expect(bench.rules).toContain('send-burst-end');
  });

  test('of a larger least size is longer', () => {
    const bench = opened(100 * MILLISECOND, { burstSegments: 4 });
    bench.send(20_000);
    expect(pushed(bench.drain())).toEqual([4, 8, 10]);
  });

  test('on a fast path is half of cwnd', () => {
    const bench = opened(0);
    bench.send(20_000);
    expect(pushed(bench.drain())).toEqual([5, 10]);
  });

  test('grows with what the path carries in a millisecond', () => {
    const bench = opened(20 * MILLISECOND, { initialWindow: 40 });
    bench.send(65_000);
    expect(pushed(bench.drain())[0]).toBe(4);
  });

  test('in congestion avoidance is a little more than what the path carries', () => {
    const bench = opened(20 * MILLISECOND, { initialWindow: 40 });
    bench.tcb.window.ssthresh = 40_000;
    bench.send(65_000);
    expect(pushed(bench.drain())[0]).toBe(2);
  });

  test('of one segment does not push', () => {
    const bench = opened(100 * MILLISECOND);
    bench.send(20_000);
    bench.drain();
    bench.tcb.window.ssthresh = 10_000;
    expect(bench.play({ flags: '.', seq: 1, ack: 1001 })).toEqual(['. 10001:11001 ack 1']);
  });

  test('ends where the peer\'s window does', () => {
    const bench = opened(0, {}, 3000);
    bench.send(20_000);
    expect(pushed(bench.drain())).toEqual([3]);
  });

  test('takes what is left at the end of a SEND with it', () => {
    const bench = opened(100 * MILLISECOND, { burstSegments: 4 });
    bench.send(3500);
    expect(pushed(bench.drain())).toEqual([4]);
  });

  test('ends before what Nagle holds back', () => {
    const bench = opened(100 * MILLISECOND, { burstSegments: 4, nagleMinshall: false });
    bench.send(3500);
    expect(bench.drain()).toEqual(['. 1:1001 ack 1', '. 1001:2001 ack 1', 'P. 2001:3001 ack 1']);
  });

  test('ends before what waits for more', () => {
    const bench = opened(100 * MILLISECOND, { burstSegments: 4 });
    bench.connection.setCork(true, bench.now);
    bench.send(3500);
    expect(pushed(bench.drain())).toEqual([3]);
  });

  test('takes what is left before a FIN with it', () => {
    const bench = opened(100 * MILLISECOND, { burstSegments: 4, nagleMinshall: false });
    bench.send(3500);
    bench.close();
    expect(bench.drain()).toEqual(['. 1:1001 ack 1', '. 1001:2001 ack 1', '. 2001:3001 ack 1', 'FP. 3001:3501 ack 1']);
  });

  test('that is sent again does not push where no SEND ended', () => {
    const bench = opened(100 * MILLISECOND);
    bench.send(20_000);
    bench.drain();
    bench.play({ flags: '.', seq: 1, ack: 1001 });
    expect(bench.pass(bench.tcb.rto)).toEqual(['. 1001:2001 ack 1']);
  });
});

test('with burstSegments 0, as the RFC has it, only the end of a SEND pushes', () => {
  expect(makeConfig(rfcConfig).burstSegments).toBe(0);
  const bench = opened(0, { burstSegments: 0 });
  bench.send(10_000);
  expect(pushed(bench.drain())).toEqual([10]);
});
