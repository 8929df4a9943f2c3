/** The user timeout as Linux counts it, changed while the connection lives, and as an option (RFC 5482). */
import { linuxConfig } from '../../../../src/tcp/config.js';
import { HOUR, MILLISECOND, SECOND } from '../../../../src/util/units.js';
import type { Setup } from '../../../support/engine.js';
import { established, synReceived, synSent } from '../../../support/states.js';

const millis = (lines: readonly [number, string][]): number[] => lines.map(([at]) => at / MILLISECOND);
const busy = (config: Setup['config']) => {
  const bench = established({ config });
  bench.send(100);
  bench.drain();
  return bench.clear();
};

describe('as Linux counts it', () => {
  const config = { ...linuxConfig, userTimeout: 3 * SECOND };

  test('from the first retransmission: the timer is cut so that the end comes exactly then', () => {
    const bench = busy(config);
    expect(millis(bench.timed(3200 * MILLISECOND - 1))).toEqual([200, 600, 1400, 3000]);
    expect(bench.state).toBe('ESTABLISHED');
    bench.wait(1);
    expect([bench.state, bench.connection.failure]).toEqual(['CLOSED', 'user-timeout']);
    expect(bench.rules.at(-1)).toBe('user-timeout-over');
  });

  test('it takes the place of R2, were it longer', () => {
    const bench = busy({ ...config, retries2: 1, userTimeout: 100 * SECOND });
    bench.pass(100 * SECOND);
    expect(bench.state).toBe('ESTABLISHED');
    bench.pass(SECOND);
    expect(bench.state).toBe('CLOSED');
  });

  test('a closed window: from the first probe, though the peer answers', () => {
    const bench = established({ config });
    bench.play({ flags: '.', seq: 1, ack: 1, wnd: 0 });
    bench.send(100);
    bench.drain();
    for (const until of [200, 600, 1400, 3000]) {
      expect(bench.timed((until * MILLISECOND) - (bench.now - 1_000_000))).toHaveLength(1);
      bench.play({ flags: '.', seq: 1, ack: 1, wnd: 0 });
    }
    bench.wait(200 * MILLISECOND - 1);
    expect(bench.state).toBe('ESTABLISHED');
    bench.wait(1);
    expect([bench.state, bench.connection.failure]).toEqual(['CLOSED', 'user-timeout']);
  });

  test('the handshake: from the SYN', () => {
    const bench = synSent({ config: { ...config, userTimeout: 2500 * MILLISECOND } });
    expect(millis(bench.timed(2500 * MILLISECOND - 1))).toEqual([1000, 2000]);
    bench.wait(1).in('CLOSED');
  });
});

describe('changed while the connection lives', () => {
  test('shorter: a wait that is now too long ends in time', () => {
    const bench = busy({});
    bench.pass(10 * SECOND);
    bench.connection.setTimers({ userTimeout: 12 * SECOND }, bench.now);
    bench.drain();
    bench.pass(2 * SECOND - 1);
    expect(bench.state).toBe('ESTABLISHED');
    bench.pass(1);
    expect(bench.connection.failure).toBe('user-timeout');
  });

  test('taken back: R2 decides again', () => {
    const bench = busy({ userTimeout: 5 * SECOND });
    bench.connection.setTimers({ userTimeout: Infinity }, bench.now);
    bench.drain();
    bench.pass(900 * SECOND);
    expect(bench.state).toBe('ESTABLISHED');
    bench.pass(24 * SECOND);
    expect(bench.connection.failure).toBe('timed-out');
  });

  test('STATUS says which is in force', () => {
    const bench = established();
    expect(bench.connection.info().userTimeout).toBe(Infinity);
    bench.connection.setTimers({ userTimeout: 7 * SECOND }, bench.now);
    expect(bench.connection.info().userTimeout).toBe(7 * SECOND);
  });
});

test('it takes the place of the number of keep-alives: silence so long is the end', () => {
  const bench = established({ config: { keepAlive: true, keepAliveIdle: 10 * SECOND, keepAliveInterval: 2 * SECOND, keepAliveProbes: 1, userTimeout: 15 * SECOND } });
  expect(millis(bench.timed(16 * SECOND - 1))).toEqual([10_000, 12_000, 14_000]);
  expect(bench.pass(1)).toEqual(['R. 1:1 ack 1']);
  expect(bench.connection.failure).toBe('timed-out');
});

describe('the option (RFC 5482)', () => {
  const config = { userTimeoutOption: true, userTimeout: 300 * SECOND };

  test('is off by default: neither sent nor taken', () => {
    const bench = synSent({ config: { userTimeout: 300 * SECOND } });
    bench.inject({ flags: 'S.', seq: 0, ack: 1, mss: 1460, uto: 500 });
    expect(bench.drainFully().join()).not.toContain('uto');
    expect(bench.connection.info().userTimeout).toBe(300 * SECOND);
    expect(bench.rules).toContain('user-timeout-ignored');
  });

  test('goes with the SYN, and once with the first segment after it', () => {
    const bench = synSent({ config });
    expect(bench.rules).not.toContain('user-timeout-told');
    bench.pass(SECOND);
    bench.inject({ flags: 'S.', seq: 0, ack: 1, mss: 1460 });
    expect(bench.drainFully()).toEqual([expect.stringContaining('uto 300') as string]);
    expect(bench.rules).toContain('user-timeout-told');
    bench.send(10);
    expect(bench.drainFully().join()).not.toContain('uto');
  });

  test('goes with the SYN,ACK', () => {
    const bench = synReceived({ config });
    bench.now += SECOND;
    bench.connection.timeout(bench.now);
    expect(bench.drainFully()).toEqual([expect.stringMatching(/^S\. .*uto 300/) as string]);
  });

  test('goes at once when the user changes it, in minutes when seconds do not fit', () => {
    const bench = established({ config });
    bench.connection.setTimers({ userTimeout: 12 * HOUR }, bench.now);
    expect(bench.drainFully()).toEqual([expect.stringContaining(`uto ${12 * 3600}`) as string]);
    expect(bench.rules).toContain('send-user-timeout');
    bench.wait(SECOND);
  });

  test('waits for a segment that has room: a full one has none', () => {
    const bench = established({ config });
    bench.send(1500);
    bench.connection.setTimers({ userTimeout: 400 * SECOND }, bench.now);
    bench.tcb.nagle = false;
    expect(bench.drainFully().map((line) => line.includes('uto 400'))).toEqual([false, true]);
  });

  test.each([
    { peer: 500, ours: 500, why: "the peer's, longer than ours" },
    { peer: 200, ours: 300, why: 'ours, which is longer' },
    { peer: 90_000, ours: 86_400, why: 'the upper limit' },
  ])('told $peer s, the user timeout becomes $ours s: $why', ({ peer, ours }) => {
    const bench = established({ config });
    bench.inject({ flags: '.', seq: 1, ack: 1, uto: peer });
    const { userTimeout, peerUserTimeout } = bench.connection.info();
    expect([userTimeout, Math.round(peerUserTimeout / SECOND)]).toEqual([ours * SECOND, peer]);
    expect(bench.rules).toContain('user-timeout-adopted');
  });

  test('told 3 s, it is the lower limit', () => {
    const bench = established({ config: { userTimeoutOption: true } });
    bench.inject({ flags: '.', seq: 1, ack: 1, uto: 3 });
    expect(bench.connection.info().userTimeout).toBe(100 * SECOND);
  });

  test('told with the SYN it counts too', () => {
    const bench = established({ config, syn: { uto: 600 } });
    expect(bench.connection.info().userTimeout).toBe(600 * SECOND);
  });

  test('does not change what the user has fixed', () => {
    const bench = established({ config });
    bench.connection.setTimers({ userTimeout: 50 * SECOND }, bench.now);
    bench.inject({ flags: '.', seq: 1, ack: 1, uto: 500 });
    expect(bench.connection.info().userTimeout).toBe(50 * SECOND);
    expect(bench.rules).toContain('user-timeout-ignored');
  });

  test('does not change what the user has fixed before the connection opens', () => {
    const bench = established({ config: { ...config, userTimeoutChangeable: false }, syn: { uto: 600 } });
    expect(bench.connection.info().userTimeout).toBe(300 * SECOND);
  });

  test('is not believed with an unacceptable segment', () => {
    const bench = established({ config });
    bench.play({ flags: '.', seq: 200_000, ack: 1, uto: 500 });
    expect(bench.connection.info().userTimeout).toBe(300 * SECOND);
  });
});
