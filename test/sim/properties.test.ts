/**
 * Conversations drawn from seeds over networks drawn from seeds: whatever happens, octets in = octets out, nothing goes
 * beyond the window, no right edge moves left, the books balance, nothing stalls, both ends reach CLOSED.
 * More of them: npm run soak -- properties --runs 20000 --seed 1
 */
import { playMany } from './play.js';

const RUNS = 2000;
const PARTS = 4;
const FIRST = Number(process.env.GLASSTCP_SEED ?? 1);

describe('properties that hold in every conversation', () => {
  it.each(Array.from({ length: PARTS }, (_, i) => FIRST + (i * RUNS) / PARTS))(`seeds from %i (${RUNS / PARTS})`, (first) => {
    const { reports, totals } = playMany(first, RUNS / PARTS);
    process.stdout.write(`properties, seeds from ${first}: ${totals.toString()}\n`);
    expect(reports).toEqual([]);
    // The draw must go on reaching the rare things.
    expect(totals.probes).toBeGreaterThan(100);
    expect(totals.failures).toMatchObject({ aborted: expect.any(Number), reset: expect.any(Number) });
  }, 120_000);
});
