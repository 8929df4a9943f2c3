/** Damaged captures by the thousand through everything that reads them. Each file has a seed of its own, so one of them can be played alone. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCapture, readCapture } from '../../../src/capture/read.js';
import { Observer } from '../../../src/observe/observer.js';
import { Random } from '../../../src/util/random.js';
import { damaged } from './damage.js';
import { drawFile } from './files.js';
import { type Outcome, Pipeline } from './pipeline.js';
import { memoryInUse, withinTime } from './within-time.js';

/** Files between two looks at the clock and the memory. */
const BATCH = 500;
/** For a batch, ms: a hundred times of what it takes. */
const PATIENCE = 120_000;
/** Files of which one is read from the disk, too. */
const FROM_DISK = 16;
/** Conversations that the observer of all files remembers. */
const REMEMBERED = 100;
/** What they, and what the program keeps of itself, may take: octets. */
const MEMORY = 64 * 1024 * 1024;

export class CaptureStorm {
  readonly problems: string[] = [];
  played = 0;
  refused = 0;
  troubled = 0;
  frames = 0;
  sightings = 0;
  octets = 0;
  /** Most of what was in use beyond what was at the beginning, octets. */
  growth = 0;
  readonly linkTypes = new Set<number>();
  /** Rules by which something was said of a segment. */
  readonly said = new Set<string>();
  /** Kinds of trouble and of refusal: sentences without their numbers. */
  readonly kinds = new Set<string>();
  private readonly pipeline = new Pipeline(new Observer(REMEMBERED));
  private readonly folder = mkdtempSync(join(tmpdir(), 'glasstcp-captures-'));
  private current = 0;

  constructor(private readonly seed: number) {}

  /** Plays so many files, those of the seeds from the first one on. */
  blow(files: number): void {
    try {
      const before = memoryInUse();
      for (let done = 0; done < files && this.problems.length < 10; done += BATCH) {
        const inTime = withinTime(() => this.batch(this.seed + done, Math.min(BATCH, files - done)), PATIENCE);
        if (!inTime) this.complain(this.current, 'hangs');
        this.growth = Math.max(this.growth, memoryInUse() - before);
        if (this.growth > MEMORY) this.complain(this.current, `the memory in use has grown by ${this.growth} octets since seed ${this.seed}`);
      }
    } finally {
      rmSync(this.folder, { recursive: true, force: true });
    }
  }

  private batch(first: number, files: number): void {
    for (let i = 0; i < files; i++) {
      this.current = first + i;
      this.play(first + i);
    }
  }

  private play(seed: number): void {
    const bytes = captureOf(seed);
    const outcome = this.pipeline.play(() => readCapture(bytes), bytes.length);
    for (const problem of outcome.problems) this.complain(seed, problem);
    if (seed % FROM_DISK === 0) this.playFromDisk(seed, bytes, outcome);
    this.account(outcome, bytes.length);
  }

  /** What comes through the window must be what comes from memory. */
  private playFromDisk(seed: number, bytes: Uint8Array, outcome: Outcome): void {
    const path = join(this.folder, 'capture');
    writeFileSync(path, bytes);
    const again = new Pipeline().play(() => openCapture(path), bytes.length);
    const told = ({ lines, trouble, refused }: Outcome): string => [...lines, ...trouble, refused.replaceAll(path, '').replaceAll('FILE', '').replace('This', '')].join('\n');
    if (told(again) !== told(outcome)) this.complain(seed, `reads differently from a file: ${told(again)}\ninstead of: ${told(outcome)}`);
  }

  private account(outcome: Outcome, octets: number): void {
    this.played++;
    this.octets += octets;
    this.frames += outcome.frames;
    this.sightings += outcome.sightings;
    if (outcome.refused !== '') this.refused++;
    if (outcome.trouble.length > 0) this.troubled++;
    for (const type of outcome.linkTypes) this.linkTypes.add(type);
    for (const rule of outcome.said) this.said.add(rule);
    for (const sentence of [outcome.refused.split('\n')[0], ...outcome.trouble]) if (sentence !== '') this.kinds.add(kindOf(sentence));
  }

  private complain(seed: number, problem: string): void {
    this.problems.push(`seed ${seed}: ${problem}\n  to play it again: npm run soak -- captures --seed ${seed} --files 1`);
  }

  table(): string {
    const { played, refused, troubled, frames, sightings, octets, linkTypes, said, kinds, growth } = this;
    return `${played} capture files, ${(octets / 2 ** 20).toFixed(1)} MiB: ${refused} refused, ${troubled} with trouble, ${kinds.size} kinds of sentence; `
      + `${frames} frames of ${linkTypes.size} link types, ${sightings} of them segments, ${said.size} rules spoke; memory grew by at most ${(growth / 2 ** 20).toFixed(1)} MiB`;
  }
}

/** The file of a seed. */
export function captureOf(seed: number): Uint8Array {
  const random = new Random(seed);
  return damaged(drawFile(random), drawFile(random, 8), random);
}

const kindOf = (sentence: string): string => sentence.replace(/begins with [0-9a-f ]+/, 'begins with').replace(/[0-9][0-9,.]*/g, '#').replace(/frames? # (to # )?w(as|ere) read|no frame was read before it/, 'so far');
