/** From the benchmark's measurements to what it claims: medians, ratios by round, marks; and where a profile says time went. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Results, figureOf } from '../../../scripts/bench.d/figures.js';
import { type Load, loads } from '../../../scripts/bench.d/loads.js';
import type { Measured } from '../../../scripts/bench.d/measure.js';
import { readProfile } from '../../../scripts/bench.d/profile.js';

const named = (name: string): Load => loads.find((load) => load.name === name) as Load;

const measured = (value: number): Measured => ({
  value, seconds: 1, failures: 0, elsewhere: 0, server: { user: 0, system: 0 }, client: { user: 0, system: 0 },
});

test('a figure is the median of the rounds, with the least and the most', () => {
  expect(figureOf([5, 1, 3])).toEqual({ median: 3, least: 1, most: 5 });
  expect(figureOf([4, 1, 2, 3])).toEqual({ median: 2.5, least: 1, most: 4 });
});

test('the ratio is of medians, its spread of the rounds by themselves', () => {
  const results = new Results();
  for (const value of [2, 3, 9]) results.add(named('send'), 'tun', measured(value));
  for (const value of [10, 10, 12]) results.add(named('send'), 'veth-plain', measured(value));
  const { ratio, met, figures } = results.row(named('send'));
  expect(ratio).toEqual({ median: 0.3, least: 0.2, most: 0.75 });
  expect(met).toBe(true);
  expect(figures.veth).toBeUndefined();
});

test('a mark is missed below it, and not judged without a neighbour to compare with', () => {
  const results = new Results();
  results.add(named('echo64'), 'tun', measured(49));
  expect(results.row(named('echo64')).met).toBeNull();
  results.add(named('echo64'), 'veth-plain', measured(100));
  expect(results.row(named('echo64')).met).toBe(false);
});

test('a load that the kernel does not measure anew is compared with the one it names', () => {
  const results = new Results();
  results.add(named('send-net'), 'tun', measured(1));
  results.add(named('send'), 'veth-plain', measured(4));
  expect(results.row(named('send-net')).ratio?.median).toBe(0.25);
});

test('every load has a name of its own, and compares itself with one that exists', () => {
  expect(new Set(loads.map(({ name }) => name)).size).toBe(loads.length);
  for (const { against } of loads) if (against !== undefined) expect(named(against)).toBeDefined();
});

describe('a profile', () => {
  const folder = mkdtempSync(join(tmpdir(), 'glasstcp-profile-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const frame = (functionName: string, url: string): object => ({ functionName, url, lineNumber: 0 });
  const file = join(folder, 'x.cpuprofile');
  writeFileSync(file, JSON.stringify({
    nodes: [
      { id: 1, callFrame: frame('(root)', ''), children: [2, 3, 5, 7] },
      { id: 2, callFrame: frame('(idle)', '') },
      { id: 3, callFrame: frame('send', 'file:///x/dist/device/tun.js'), children: [4] },
      { id: 4, callFrame: frame('ioctl', '') }, // koffi's calls all carry the name of the last one made
      { id: 5, callFrame: frame('drain', 'file:///x/dist/device/tun.js'), children: [6] },
      { id: 6, callFrame: frame('ioctl', '') },
      { id: 7, callFrame: frame('checkAck', 'file:///x/dist/tcp/arrives/ack.js') },
    ],
    samples: [2, 4, 6, 7], timeDeltas: [1000, 700, 200, 100],
  }));

  test('is divided without the idle time; a system call belongs to the function that makes it', () => {
    const { idle, groups, functions } = readProfile(file);
    expect(idle).toBe(0.5);
    expect(groups).toEqual([{ name: 'write(2)', share: 0.7 }, { name: 'read(2)', share: 0.2 }, { name: 'engine', share: 0.1 }]);
    expect(functions[2]?.name).toBe('checkAck arrives/ack.js:1');
  });
});
