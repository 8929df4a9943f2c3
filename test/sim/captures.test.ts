/**
 * Damaged captures through everything that reads them: nothing throws, nothing hangs, memory is bounded, sentences are sentences.
 * More: npm run soak -- captures
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { Observer } from '../../src/observe/observer.js';
import { Address } from '../../src/util/address.js';
import { seq } from '../../src/util/seq.js';
import { buildPacket } from '../support/segments.js';
import { LINK_TYPES } from './captures/files.js';
import { captureOf, CaptureStorm } from './captures/storm.js';
import { memoryInUse, withinTime } from './captures/within-time.js';

const FROM = Address.from('192.0.2.1');
const TO = Address.from('192.0.2.2');
const FILES = 3000;
const SEED = Number(process.env.GLASSTCP_SEED ?? 20_260);

describe('a storm of damaged captures', () => {
  it(`${FILES.toLocaleString('en')} of them, from seed ${SEED}`, () => {
    process.stdout.write(`captures: seed ${SEED}; to play it again: npm run soak -- captures --files ${FILES} --seed ${SEED}\n`);
    const storm = new CaptureStorm(SEED);
    storm.blow(FILES);
    mkdirSync('test-output', { recursive: true });
    writeFileSync('test-output/captures.txt', `${storm.table()}\n`);
    expect(storm.problems).toEqual([]);

    // It must go on reaching deep: most files are read, most of them in part, and much is said of what is in them.
    expect(storm.played).toBe(FILES);
    expect(storm.refused).toBeLessThan(FILES / 4);
    expect(storm.troubled).toBeGreaterThan(FILES / 4);
    expect(storm.sightings).toBeGreaterThan(4 * FILES);
    expect(LINK_TYPES.filter((type) => !storm.linkTypes.has(type))).toEqual([]);
    expect(storm.kinds.size).toBeGreaterThan(25);
    expect(storm.said.size).toBeGreaterThan(15);
  }, 300_000);

  it('a seed is always the same file', () => {
    expect(Buffer.compare(captureOf(7), captureOf(7))).toBe(0);
    expect(Buffer.compare(captureOf(7), captureOf(8))).not.toBe(0);
  });

  it.each<[string, (i: number) => readonly [port: number, at: number, flags: string]]>([
    ['one conversation of endless gaps', (i) => [4000, (i % 2 === 0 ? 2000 * i : 1_000_000_000 - 2000 * i) % 0x4000_0000, '.']],
    ['endless conversations', (i) => [i & 0xffff, i, i % 3 === 0 ? 'S' : '.']],
    ['one conversation begun again and again', (i) => [4000, 100_000 * i, 'S']],
  ])('%s: remembered in part', (_, drawn) => {
    const observer = new Observer();
    const before = memoryInUse();
    for (let i = 1; i <= 60_000; i++) {
      const [port, at, flags] = drawn(i);
      const packet = buildPacket({ flags, seq: at, ack: 1, data: 1 }, { address: FROM, port }, { address: TO, port: 80 }, seq(1), seq(1));
      expect(observer.see({ number: i, at: i, packet, captured: packet.length })).toHaveProperty('view');
    }
    expect(memoryInUse() - before).toBeLessThan(64 * 1024 * 1024);
    // It was still in use while the memory was counted.
    expect(observer).toBeInstanceOf(Observer);
  }, 120_000);

  it('would notice what hangs, and what is kept', () => {
    expect(withinTime(() => { for (;;); }, 100)).toBe(false);
    expect(() => withinTime(() => { throw new RangeError('thrown'); }, 10_000)).toThrow('thrown');
    const before = memoryInUse();
    const kept = Array.from({ length: 100_000 }, (_, i) => ({ i }));
    expect(memoryInUse() - before).toBeGreaterThan(kept.length * 8);
  });
});
