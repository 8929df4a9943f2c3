/** Linux's estimator by its numbers: SRTT with gain 1/8, a deviation that rises at once and falls once per round trip, a floor under it. */
import { makeConfig } from '../../../src/tcp/config.js';
import { RoundTrip } from '../../../src/tcp/rtt.js';
import type { Seq } from '../../../src/util/seq.js';

const ms = (n: number): number => n * 1000;
const linux = (changes = {}) => new RoundTrip(makeConfig({ rttEstimator: 'linux', ...changes }));

/** Samples that each end a round trip: SND.UNA is beyond what was SND.NXT at the one before. */
function rounds(rtt: RoundTrip, ...samples: number[]): number[] {
  return samples.map((sample, i) => {
    rtt.sample(sample, (2 * i + 2) as Seq, (2 * i + 3) as Seq);
    return rtt.rto;
  });
}
/** Samples within one round trip. */
function within(rtt: RoundTrip, ...samples: number[]): number[] {
  return samples.map((sample) => {
    rtt.sample(sample, 1 as Seq, 1_000_000 as Seq);
    return rtt.rto;
  });
}

describe('the first sample', () => {
  test.each([[10, 210], [100, 300], [150, 450], [1000, 3000]])('of %p ms gives RTO = m + max(2m, 200 ms) = %p ms', (m, rto) => {
    const rtt = linux();
    rtt.sample(ms(m), 1 as Seq, 1 as Seq);
    expect([rtt.srtt, rtt.rttvar, rtt.rto]).toEqual([ms(m), ms(m / 2), ms(rto)]);
  });
});

describe('later samples', () => {
  test('SRTT has gain 1/8', () => {
    const rtt = linux();
    within(rtt, ms(100), ms(180));
    expect(rtt.srtt).toBe(ms(110));
  });

  test('a longer round trip raises the deviation with gain 1/4, and the timeout at once', () => {
    const rtt = linux();
    // mdev 50 ms + (500 - 50) / 4; SRTT 100 + 500 / 8
    expect(within(rtt, ms(100), ms(600))[1]).toBe(ms(162.5 + 4 * 162.5));
    expect(rtt.rttvar).toBe(ms(162.5));
  });

  test('a shorter round trip beyond the deviation counts 1/8 of that', () => {
    const rtt = linux();
    within(rtt, ms(1000), ms(300));
    expect(rtt.rttvar).toBe(ms(500 + (700 - 500) / 32));
  });

  test('a shorter round trip within the deviation lowers it with gain 1/4', () => {
    const rtt = linux();
    within(rtt, ms(1000), ms(900));
    expect(rtt.rttvar).toBe(ms(500 + (100 - 500) / 4));
  });

  test('the floor is under the deviation, not under the sum', () => {
    const rtt = linux();
    expect(rounds(rtt, ...Array.from({ length: 200 }, () => ms(100))).at(-1)).toBeCloseTo(ms(300), 0);
    const rfc = new RoundTrip(makeConfig({ rttEstimator: 'rfc6298' }));
    expect(rounds(rfc, ...Array.from({ length: 200 }, () => ms(150))).at(-1)).toBeCloseTo(ms(200), 0);
  });
});

describe('the decay', () => {
  test('happens once per round trip, by a quarter of the difference', () => {
    const rtt = linux();
    rtt.sample(ms(400), 1 as Seq, 10 as Seq); // spread 800 ms until 10 is acknowledged
    const spread = (): number => rtt.rto - rtt.srtt;
    rtt.sample(ms(400), 5 as Seq, 20 as Seq);
    rtt.sample(ms(400), 10 as Seq, 20 as Seq);
    expect(spread()).toBe(ms(800));
    rtt.sample(ms(400), 11 as Seq, 20 as Seq); // a round trip is over; its largest deviation was the first, of 800 ms
    expect(spread()).toBe(ms(800));
    const { rttvar } = rtt;
    rtt.sample(ms(400), 21 as Seq, 30 as Seq);
    expect(rtt.rttvar).toBe(0.75 * rttvar);
    expect(spread()).toBe(ms(800) - (ms(800) - 4 * rtt.rttvar) / 4);
  });

  test('never goes below the floor', () => {
    const rtt = linux();
    expect(Math.min(...rounds(rtt, ms(500), ...Array.from({ length: 100 }, () => ms(50))).map((rto) => rto - rtt.srtt))).toBeGreaterThanOrEqual(ms(200) - 1);
  });
});

test('back-off doubles the sum, up to rtoMax, and a sample ends it', () => {
  const rtt = linux({ rtoMax: ms(1000) });
  within(rtt, ms(100));
  const steps = Array.from({ length: 3 }, () => { rtt.backOff(); return rtt.rto; });
  expect(steps).toEqual([ms(600), ms(1000), ms(1000)]);
  expect(within(rtt, ms(100))).toEqual([ms(300)]);
});
