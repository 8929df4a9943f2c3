/** RFC 6298 by its numbers. */
import { makeConfig } from '../../../src/tcp/config.js';
import { RoundTrip } from '../../../src/tcp/rtt.js';
import type { Seq } from '../../../src/util/seq.js';

const ms = (n: number): number => n * 1000;
const rfc = (changes = {}) => new RoundTrip(makeConfig({ rtoMin: ms(1000), rtoMax: ms(60_000), rttEstimator: 'rfc6298', ...changes }));

describe('RoundTrip', () => {
  test('(2.1) before any sample: 1 s', () => {
    expect([rfc().rto, rfc().srtt]).toEqual([ms(1000), -1]);
  });

  test('(2.2) first sample: SRTT = R, RTTVAR = R/2, RTO = R + 4·R/2', () => {
    const rtt = rfc();
    rtt.sample(ms(500), 0 as Seq, 0 as Seq);
    expect([rtt.srtt, rtt.rttvar, rtt.rto]).toEqual([ms(500), ms(250), ms(1500)]);
  });

  test('(2.3) later samples: RTTVAR before SRTT, alpha 1/8, beta 1/4', () => {
    const rtt = rfc();
    rtt.sample(ms(500), 0 as Seq, 0 as Seq);
    rtt.sample(ms(700), 0 as Seq, 0 as Seq);
    expect(rtt.rttvar).toBe(ms(0.75 * 250 + 0.25 * 200));
    expect(rtt.srtt).toBe(ms(0.875 * 500 + 0.125 * 700));
    expect(rtt.rto).toBeCloseTo(rtt.srtt + 4 * rtt.rttvar, 6);
  });

  test('(2.3) the clock granularity is the least that is added', () => {
    const rtt = rfc({ rtoMin: 1 });
    for (let i = 0; i < 500; i++) rtt.sample(ms(100), 0 as Seq, 0 as Seq);
    expect(rtt.rto).toBeCloseTo(ms(101), 3);
  });

  test('(2.4) minimum, (2.5) maximum', () => {
    const rtt = rfc();
    rtt.sample(ms(1), 0 as Seq, 0 as Seq);
    expect(rtt.rto).toBe(ms(1000));
    rtt.sample(ms(3_600_000), 0 as Seq, 0 as Seq);
    expect(rtt.rto).toBe(ms(60_000));
  });

  test('(5.5) back-off doubles, up to the maximum; a sample ends it', () => {
    const rtt = rfc();
    const steps = Array.from({ length: 8 }, () => { rtt.backOff(); return rtt.rto / ms(1000); });
    expect(steps).toEqual([2, 4, 8, 16, 32, 60, 60, 60]);
    rtt.sample(ms(100), 0 as Seq, 0 as Seq);
    expect(rtt.rto).toBe(ms(1000));
  });

  test('(5.7) a lost SYN without a sample: 3 s', () => {
    const rtt = rfc();
    rtt.backOff();
    rtt.synWasLost();
    expect(rtt.rto).toBe(ms(3000));
  });

  test('microseconds count: 40 µs is not 0', () => {
    const rtt = rfc();
    rtt.sample(40, 0 as Seq, 0 as Seq);
    rtt.sample(48, 0 as Seq, 0 as Seq);
    expect(rtt.srtt).toBe(41);
    expect([rtt.latest, rtt.min]).toEqual([48, 40]);
  });
});
