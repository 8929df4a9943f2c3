/** Zero windows: probes and their back-off, RFC 9293 §3.8.6.1 (MUST-34…37, SHLD-29, SHLD-30). */
import { HOUR, MILLISECOND, SECOND } from '../../../../src/util/units.js';
import { linuxConfig } from '../../../../src/tcp/config.js';
import { type Setup, WORLDS } from '../../../support/engine.js';
import { closeWait, established } from '../../../support/states.js';

const times = (lines: readonly [number, string][]): number[] => lines.map(([at]) => at / MILLISECOND);

/** Text queued, nothing outstanding, window closed since now; RTO 200 ms. */
function shut(octets: number, setup: Setup = {}) {
  const bench = established(setup);
  bench.play({ flags: '.', seq: 1, ack: 1, wnd: 0 });
  bench.send(octets);
  expect(bench.drain()).toEqual([]);
  return bench;
}

describe.each(WORLDS)('a closed window of the peer, $name', (world) => {
  test('first probe after the RTO, then twice as long each time, up to the maximum', () => {
    const bench = shut(100, { world });
    const lines = bench.timed(500 * SECOND);
    expect(times(lines)).toEqual([200, 600, 1400, 3000, 6200, 12_600, 25_400, 51_000, 102_200, 204_600, 324_600, 444_600]);
    expect(new Set(lines.map(([, line]) => line))).toEqual(new Set(['. 1:2 ack 1'])); // one octet
    expect(bench.rules).toContain('window-full');
  });

  test('a peer that answers may keep it closed for ever (MUST-37)', () => {
    const bench = shut(100, { world, config: { nagle: false } });
    for (let i = 0; i < 200; i++) {
      bench.pass(120 * SECOND);
      bench.play({ flags: '.', seq: 1, ack: 1, wnd: 0 });
    }
    expect(bench.state).toBe('ESTABLISHED');
    bench.play({ flags: '.', seq: 1, ack: 1, wnd: 1000 });
    expect(bench.tcb.snd(bench.tcb.sndNxt)).toBe(101);
  });

  test('one that does not is given up after R2', () => {
    const bench = shut(100, { world, config: { r2: 100 * SECOND } });
    bench.pass(99 * SECOND);
    expect(bench.state).toBe('ESTABLISHED');
    bench.pass(110 * SECOND);
    expect(bench.state).toBe('CLOSED');
    expect(bench.connection.failure).toBe('timed-out');
    expect(bench.rules.at(-1)).toBe('persist-over');
  });

  test('a window that opens lets the text go at once, the octet of the probe with it', () => {
    const bench = shut(100, { world, config: { nagle: false } });
    expect(bench.pass(200 * MILLISECOND)).toEqual(['. 1:2 ack 1']);
    const sent = bench.play({ flags: '.', seq: 1, ack: 1, wnd: 5000 });
    expect(sent.map((line) => line.split(' ')[1]).join(' ')).toMatch(/^1:2 2:101$/);
    expect(bench.rules).toContain('probe-lost');
    bench.play({ flags: '.', seq: 1, ack: 101, wnd: 5000 });
    expect(bench.connection.nextDeadline()).toBe(Infinity);
  });

  test('a probe octet that the peer took is acknowledged; the next probe carries the next octet', () => {
    const bench = shut(100, { world });
    expect(bench.pass(200 * MILLISECOND)).toEqual(['. 1:2 ack 1']);
    bench.play({ flags: '.', seq: 1, ack: 2, wnd: 0 });
    expect(bench.pass(400 * MILLISECOND)).toEqual(['. 2:3 ack 1']);
  });

  test('a FIN alone is probed with, too', () => {
    const bench = established({ world });
    bench.play({ flags: '.', seq: 1, ack: 1, wnd: 0 });
    bench.close();
    expect(bench.drain()).toEqual([]);
    expect(bench.state).toBe('FIN-WAIT-1');
    expect(bench.pass(200 * MILLISECOND)).toEqual(['F. 1:1 ack 1']);
    bench.play({ flags: '.', seq: 1, ack: 2, wnd: 0 });
    expect(bench.state).toBe('FIN-WAIT-2');
  });

  test('LAST-ACK begins with the FIN that probes', () => {
    const bench = closeWait({ world });
    bench.play({ flags: '.', seq: 2, ack: 1, wnd: 0 });
    bench.close();
    expect(bench.drain()).toEqual([]);
    expect(bench.state).toBe('CLOSE-WAIT');
    expect(bench.pass(200 * MILLISECOND)).toEqual(['F. 1:1 ack 2']);
    expect(bench.state).toBe('LAST-ACK');
  });

  test('text outstanding when the window is taken back to nothing is what probes', () => {
    const bench = established({ world, config: { nagle: false } });
    bench.send(2000);
    expect(bench.drain()).toHaveLength(2);
    bench.play({ flags: '.', seq: 1, ack: 1, wnd: 0 });
    expect(bench.timed(700 * MILLISECOND)).toEqual([[200 * MILLISECOND, '. 1:1461 ack 1'], [600 * MILLISECOND, '. 1:1461 ack 1']]);
    expect(bench.rules).not.toContain('timeout-fired'); // not a loss: cwnd stays
    expect(bench.tcb.cwnd).toBe(14_600);
  });

  test('an answer begins the interval anew: the peer has just said that it is closed', () => {
    const bench = shut(100, { world, config: { zeroWindowProbe: 'empty' } });
    bench.pass(200 * MILLISECOND);
    bench.now += 30 * MILLISECOND;
    bench.play({ flags: '.', seq: 1, ack: 1, wnd: 0 });
    expect(times(bench.timed(1200 * MILLISECOND))).toEqual([400, 1200]);
  });

  test('nothing queued, nothing probed', () => {
    const bench = established({ world });
    bench.play({ flags: '.', seq: 1, ack: 1, wnd: 0 });
    bench.wait(3600 * SECOND);
  });

  test('an old closed window is no reason to give up at once when CLOSE comes much later', () => {
    const bench = established({ world });
    bench.play({ flags: '.', seq: 1, ack: 1, wnd: 0 });
    bench.wait(3600 * SECOND);
    bench.close();
    bench.drain();
    bench.pass(900 * SECOND);
    expect(bench.state).toBe('FIN-WAIT-1');
  });
});

describe.each(WORLDS)('empty probes, as Linux sends them, $name', (world) => {
  const config = { zeroWindowProbe: 'empty' } as const;

  test('an old number and no text, on the same schedule', () => {
    const bench = shut(100, { world, config });
    expect(bench.timed(3 * SECOND)).toEqual([200, 600, 1400, 3000].map((at) => [at * MILLISECOND, '. 0:0 ack 1']));
    expect(bench.rules).toContain('window-probe-empty');
    expect(bench.tcb.snd(bench.tcb.sndNxt)).toBe(1);
  });

  test('the window opens: all the text goes, nothing of it was sent before', () => {
    const bench = shut(100, { world, config });
    bench.pass(200 * MILLISECOND);
    expect(bench.play({ flags: '.', seq: 1, ack: 1, wnd: 5000 })).toEqual(['P. 1:101 ack 1']);
    expect(bench.tcb.retransmissions).toBe(0);
  });

  test('a FIN alone waits behind them', () => {
    const bench = established({ world, config });
    bench.play({ flags: '.', seq: 1, ack: 1, wnd: 0 });
    bench.close();
    bench.drain();
    expect(bench.pass(200 * MILLISECOND)).toEqual(['. 0:0 ack 1']);
    expect(bench.play({ flags: '.', seq: 1, ack: 1, wnd: 10 })).toEqual(['F. 1:1 ack 1']);
  });

  test('what is outstanding is repeated rather', () => {
    const bench = established({ world, config: { ...config, nagle: false } });
    bench.send(2000);
    bench.drain();
    bench.play({ flags: '.', seq: 1, ack: 1, wnd: 0 });
    expect(bench.pass(200 * MILLISECOND)).toEqual(['. 1:1461 ack 1']);
  });
});

describe('how many probes', () => {
  test('so many without an answer as retries2 says', () => {
    const bench = shut(100, { config: { ...linuxConfig, retries2: 3 } });
    expect(times(bench.timed(HOUR))).toEqual([200, 600, 1400]);
    expect([bench.state, bench.connection.failure]).toEqual(['CLOSED', 'timed-out']);
  });

  test('an answer begins the count anew', () => {
    const bench = shut(100, { config: { ...linuxConfig, retries2: 3 } });
    bench.pass(1400 * MILLISECOND);
    bench.play({ flags: '.', seq: 1, ack: 1, wnd: 0 });
    expect(bench.pass(HOUR)).toHaveLength(3);
    expect(bench.state).toBe('CLOSED');
  });

  test('of an orphan: no more once the interval has grown to its maximum, though the peer answers', () => {
    const bench = shut(100, { config: linuxConfig });
    bench.release();
    bench.drain();
    for (let i = 0; i < 40 && bench.state !== 'CLOSED'; i++) {
      if (bench.pass(SECOND * 2 ** Math.min(i, 6)).length > 0) bench.play({ flags: '.', seq: 1, ack: 1, wnd: 0 });
    }
    expect(bench.state).toBe('CLOSED');
    expect(bench.rules).toEqual(expect.arrayContaining(['orphan-patience', 'persist-over']));
  });
});
