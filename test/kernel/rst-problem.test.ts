/** The two ladders in docs/kernel-setup.md are what a live run draws: the RST without the guard, none with it. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ladderIn, timeless } from '../../scripts/rst-problem.d/page.js';
import { liveLadder } from '../../scripts/rst-problem.d/live-ladder.js';
import { describeIf } from '../support/kernel.js';
import { rawUnavailable } from '../support/raw.js';

const RUNS = 4;
const PAGE = readFileSync(resolve(__dirname, '../../docs/kernel-setup.md'), 'utf8');

describeIf(rawUnavailable(), 'the RST in docs/kernel-setup.md', () => {
  it.each([false, true])('is as a live run draws it, guard: %s', async (guard) => {
    const written = timeless(ladderIn(PAGE, guard));
    let live = '';
    // On a busy machine an ACK that rides on a FIN in the page may go alone.
    for (let run = 0; run < RUNS && timeless(live) !== written; run++) live = await liveLadder(guard);
    expect(timeless(live)).toBe(written);
    expect(/RST seq=1 win=0 ─+►/.test(live)).toBe(!guard);
  }, 60_000);
});
