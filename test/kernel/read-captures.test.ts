/** Captures of real conversations, made with real tools as the test runs, read by `glasstcp read` and by tshark: frame by frame they must agree. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Comparison, compare, describeDisagreement, glasstcpSegments, type OurSegment } from '../support/compare-with-tshark.js';
import { describeIf, kernelUnavailable } from '../support/kernel.js';
import { countContents, lacking } from '../support/real-captures/contents.js';
import { DIFFERENCES } from '../support/real-captures/differences.js';
import { type EndState, endStates } from '../support/real-captures/end-states.js';
import { playAll } from '../support/real-captures/make.js';
import { FLAGS, type Scene } from '../support/real-captures/scene.js';
import { SCENES } from '../support/real-captures/scenes/all.js';
import type { Captured } from '../support/real-captures/stage.js';
import { comparisonTable } from '../support/real-captures/table.js';
import { missingTools } from '../support/real-captures/tools.js';
import { tsharkSegments, tsharkVersion } from '../support/tshark.js';

const version = tsharkVersion();
const unavailable = kernelUnavailable() ?? (version === undefined ? 'tshark is missing: apt-get install tshark' : missingTools());
const playable = SCENES.filter(({ name, tools }) => {
  const missing = missingTools(tools);
  if (unavailable === null && missing !== null) process.stderr.write(`skipped: the scene "${name}": ${missing}\n`);
  return missing === null;
});

interface Read {
  readonly captured: Captured;
  readonly ours: readonly OurSegment[];
  readonly comparison: Comparison;
}

describeIf(unavailable, `captures of real conversations, read by glasstcp and tshark ${version ?? ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'glasstcp-captures-'));
  const reads = new Map<string, Read>();
  const failures = new Map<string, string>();

  /** Reads what a scene left, with both. @returns what it lacks of what it was played for, '' = nothing */
  const read = async (scene: Scene, captured: readonly Captured[]): Promise<string> => {
    const lacks = await Promise.all(captured.map(async (c) => {
      const ours = await glasstcpSegments(c.file);
      const comparison = compare(ours, await tsharkSegments(c.file), DIFFERENCES);
      reads.set(c.name, { captured: c, ours, comparison });
      return lacking(scene.contents[c.name] ?? {}, countContents(comparison.pairs)).map((what) => `${c.name}: ${what}`);
    }));
    return lacks.flat().join('; ');
  };

  /** What the table of differences does not have. */
  const unknownTo = ({ comparison }: Read): string[] => comparison.disagreements.filter(({ known }) => known === undefined).map(describeDisagreement);

  /** Of a capture with holes nobody could tell. */
  const statesOf = ({ captured, ours }: Read): EndState[] =>
    (!captured.whole ? [] : endStates(ours, captured.sockets, captured.isNear).filter(({ inferred }) => inferred !== 'unknown'));

  const misfits = (of: Read): EndState[] => statesOf(of).filter(({ fits }) => !fits);

  beforeAll(async () => {
    for (const { scene, error } of await playAll(playable, folder, read)) if (error !== null) failures.set(scene.name, error.message);
  }, 300_000);

  afterAll(() => {
    mkdirSync('test-output', { recursive: true });
    for (const { captured: { file, name } } of [...reads.values()].filter((r) => unknownTo(r).length > 0 || misfits(r).length > 0)) copyFileSync(file, `test-output/read-${name}.pcap`);
    rmSync(folder, { recursive: true, force: true });
    writeFileSync('test-output/read-captures.txt', comparisonTable(version ?? '', new Map([...reads].map(([name, { comparison }]) => [name, comparison]))));
  });

  const namesOf = ({ contents }: Scene): string[] => Object.keys(contents);
  const names = playable.flatMap(namesOf);
  const readOf = (name: string): Read => {
    const found = reads.get(name);
    if (found === undefined) throw new Error(`the capture "${name}" was not made`);
    return found;
  };

  test.each(playable.map((scene) => [scene.name, scene] as const))('%s is what it says', (name, scene) => {
    expect(failures.get(name)).toBeUndefined();
    expect(namesOf(scene).filter((capture) => !reads.has(capture))).toEqual([]);
  });

  test.each(names)('%s: numbers and verdicts are tshark\'s, or differ in a way that the table has', (name) => {
    expect(readOf(name).comparison.pairs.length).toBeGreaterThan(2);
    expect(unknownTo(readOf(name))).toEqual([]);
  });

  test.each(names)('%s: the kernel\'s sockets are in the states inferred', (name) => {
    expect(misfits(readOf(name))).toEqual([]);
  });

  test('the kernel was in most states at the end of one capture or another', () => {
    const met = new Set([...reads.values()].flatMap(statesOf).map(({ kernel }) => kernel));
    expect([...met].sort()).toEqual(['CLOSE-WAIT', 'CLOSED', 'CLOSING', 'ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'LAST-ACK', 'SYN-SENT', 'TIME-WAIT']);
  });

  test('all kinds of verdicts were met, and many of them', () => {
    const agreed = (flag: (typeof FLAGS)[number]): number => [...reads.values()].reduce((sum, { comparison }) => sum + (comparison.agreed.get(flag) ?? 0), 0);
    expect(FLAGS.filter((flag) => agreed(flag) === 0)).toEqual([]);
    expect(FLAGS.reduce((sum, flag) => sum + agreed(flag), 0)).toBeGreaterThan(400);
    expect(playable.length).toBeGreaterThanOrEqual(16);
  });

  test('the comparison misses nothing: a reader with no verdicts, and one with other numbers, disagree on all', () => {
    const { ours, comparison: { pairs } } = readOf('loss');
    const theirs = pairs.map((pair) => pair.theirs);
    const silent = compare(ours.map((s) => ({ ...s, verdicts: [] })), theirs, []);
    expect(silent.disagreements.length).toBe(theirs.reduce((sum, { flags }) => sum + flags.size, 0));
    const shifted = compare(ours.map((s) => ({ ...s, segment: { ...s.segment, seq: s.segment.seq + 1, window: s.segment.window + 1 } })), theirs, DIFFERENCES);
    expect(shifted.disagreements.filter(({ about }) => about === 'seq' || about === 'window')).toHaveLength(2 * pairs.length);
  });

  test('differences are few beside agreements', () => {
    const comparisons = [...reads.values()].map(({ comparison }) => comparison);
    const differ = comparisons.reduce((sum, { disagreements }) => sum + disagreements.length, 0);
    const agree = comparisons.reduce((sum, { agreed }) => sum + [...agreed.values()].reduce((a, b) => a + b, 0), 0);
    expect(differ).toBeLessThan(agree / 2);
  });
});
