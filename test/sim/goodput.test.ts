/**
 * How much gets through, by loss and buffer: a grid in virtual time, compared with the last one written down. A change of
 * the engine that moves it is seen; one that is meant is written down by  UPDATE_GOODPUT=1 npx jest test/sim/goodput
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KIB, MILLISECOND, SECOND } from '../../src/util/units.js';
import { stream } from './stream.js';

const SNAPSHOT = join(__dirname, 'goodput.snapshot.json');
const LOSSES = [0, 0.001, 0.01, 0.05, 0.2] as const;
const BUFFERS = [16, 64, 256, 1024] as const;
/**
 * The line: 20 ms there and back, 100 Mbit/s, at most 400 packets on it and in its queue. 250 kB fill it; a megabyte of
 * window overflows it in slow start, and without SACK the hundreds of losses are repaired one a round trip (RFC 6582).
 */
const LINE = { delay: 10 * MILLISECOND, rate: 100e6, limit: 400 };
const LINE_MBIT = 100;
/** Chance decides much where much is lost: the middle of so many runs still moves by a third with other seeds. */
const RUNS = 41;
/** Factor by which a cell may differ before it counts as a change: with loss, and without, where nothing is chance. */
const LOSSY_TOLERANCE = 1.6;
const CLEAN_TOLERANCE = 1.05;

type Grid = Record<string, Record<string, number>>;

/** Mbit/s, the middle of the runs. */
function goodput(loss: number, buffer: number): number {
  const [octets, runs] = loss >= 0.05 ? [150_000, RUNS] : loss > 0 ? [1_000_000, 15] : [6_000_000, 1];
  const config = { sendBuffer: buffer * KIB, receiveBuffer: buffer * KIB };
  const took = Array.from({ length: runs }, (_, i) => {
    const result = stream(octets, { seed: i + 1, a: { config, out: { ...LINE, loss } }, b: { config, out: { ...LINE, loss } } });
    expect(result).toMatchObject({ received: octets, wrong: -1, orderly: true });
    return result.took;
  }).sort((a, b) => a - b);
  return Number(((octets * 8) / (took[runs >> 1] / SECOND) / 1e6).toPrecision(3));
}

/** Cells that differ from what was written down, in words. */
function moves(grid: Grid, known: Grid): string[] {
  return LOSSES.flatMap((loss) => {
    const tolerance = loss > 0 ? LOSSY_TOLERANCE : CLEAN_TOLERANCE;
    return BUFFERS.flatMap((buffer) => {
      const [is, was] = [grid[loss][buffer], known[loss][buffer]];
      return is / was > tolerance || was / is > tolerance ? [`${loss * 100} %, ${buffer} KiB: was ${was}, is ${is}`] : [];
    });
  });
}

function table(grid: Grid): string {
  const head = ['loss \\ buffer', ...BUFFERS.map((b) => `${b} KiB`)];
  const rows = LOSSES.map((loss) => [`${loss * 100} %`, ...BUFFERS.map((b) => String(grid[loss][b]))]);
  return [head, ...rows].map((row) => row.map((cell, i) => (i === 0 ? cell.padEnd(14) : cell.padStart(10))).join('')).join('\n');
}

describe('goodput', () => {
  it('over loss and buffer, as written down', () => {
    const grid: Grid = {};
    for (const loss of LOSSES) {
      grid[loss] = {};
      for (const buffer of BUFFERS) grid[loss][buffer] = goodput(loss, buffer);
    }
    mkdirSync('test-output', { recursive: true });
    writeFileSync('test-output/goodput.txt', `goodput in Mbit/s over ${LINE_MBIT} Mbit/s, 20 ms round trip (loss in both directions)\n${table(grid)}\n`);
    if (process.env.UPDATE_GOODPUT !== undefined || !existsSync(SNAPSHOT)) writeFileSync(SNAPSHOT, `${JSON.stringify(grid, null, 2)}\n`);

    const known = JSON.parse(readFileSync(SNAPSHOT, 'utf8')) as Grid;
    expect(moves(grid, known)).toEqual([]);

    // Whatever is written down: what a small window allows is used, a larger one carries more, a fifth lost still gets through.
    expect(grid[0][16]).toBeGreaterThan(0.6 * ((16 * KIB * 8) / 20_000));
    expect(grid[0][256]).toBeGreaterThan(0.5 * LINE_MBIT);
    expect(grid[0.01][64]).toBeGreaterThan(4);
    expect(grid[0.2][64]).toBeGreaterThan(0.03);
  }, 120_000);
});
