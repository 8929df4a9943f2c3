/** `glasstcp read` from the first frame to the summary: each frame is looked at once, shown, and written down with its comment. */
import { basename } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { fstatSync, statSync } from 'node:fs';
import type { Frame } from '../../capture/frame.js';
import { type CaptureReader, openCapture } from '../../capture/read.js';
import type { Overlooked, Sighting } from '../../observe/sighting.js';
import type { Micros } from '../../util/units.js';
import { usageError } from '../failure.js';
import type { Output } from '../output.js';
import { shellQuote } from '../shell-quote.js';
import type { Terminal } from '../terminal.js';
import { CommentedCapture } from './commented-capture.js';
import { Interruption } from './interruption.js';
import { isSighting, ObservedSource } from './observed-source.js';
import type { ReadOptions } from './read-options.js';
import { showAs, type Show } from './show.js';
import { Tally } from './tally.js';

export interface ReadingWorld {
  readonly terminal: Terminal;
  readonly out: Output;
  /** Takes complaints. */
  readonly complain: (text: string) => void;
  /** "glasstcp 0.1.0", for what is written. */
  readonly program: string;
}

/** Frames between two looks at whether somebody wants it to stop. */
const BREATH = 500;
const STOPPED_BY_USER = 130;

/**
 * @returns the exit status: 0 = all was read, 1 = the capture is damaged, 130 = stopped by Ctrl-C
 * @throws CaptureError, Failure when a file cannot be opened, read or written
 */
export async function readAndShow(options: ReadOptions, world: ReadingWorld): Promise<number> {
  const reader = openCapture(options.file);
  try {
    return await new Reading(options, world, reader).run();
  } finally {
    reader.close();
  }
}

class Reading {
  private readonly source = new ObservedSource();
  private readonly tally = new Tally();
  private readonly show: Show;
  private readonly copy: CommentedCapture | null;
  private readonly interruption: Interruption;
  private start: Micros | undefined;

  constructor(private readonly options: ReadOptions, private readonly world: ReadingWorld, private readonly reader: CaptureReader) {
    const { file, write } = options;
    this.show = showAs(options, world);
    this.copy = write === undefined ? null : copyTo(write, file, world.program);
    this.interruption = new Interruption(file);
  }

  async run(): Promise<number> {
    const { reader, interruption, show, tally } = this;
    try {
      const stopped = await this.frames();
      this.copy?.close();
      show.finish(tally, { file: this.options.file, trouble: reader.trouble, stopped, copy: this.copy });
      if (stopped) return STOPPED_BY_USER;
      this.complain(reader.trouble);
      this.checkStreams();
      return reader.trouble.length > 0 ? 1 : 0;
    } finally {
      interruption.forget();
      this.copy?.close();
    }
  }

  /** @returns whether the user stopped it */
  private async frames(): Promise<boolean> {
    const { reader, options, interruption, world, copy } = this;
    let count = 0;
    for (const frame of reader.frames()) {
      this.frame(frame);
      if (++count >= options.count) break;
      if (count % BREATH !== 0) continue;
      await breathe();
      if (interruption.asked) return true;
      if (copy?.failure) throw copy.failure;
      if (world.out.closed && copy === null) break;
    }
    return false;
  }

  private frame(frame: Frame): void {
    const seen = this.source.see(frame);
    this.start ??= seen.at;
    if (!this.isWanted(seen)) return;
    this.tally.see(seen);
    this.copy?.write(frame, seen);
    this.show.see(seen, this.start);
  }

  private isWanted(seen: Sighting | Overlooked): boolean {
    const { streams } = this.options;
    return streams === undefined || (isSighting(seen) && streams.has(seen.stream));
  }

  private complain(trouble: readonly string[]): void {
    for (const sentence of trouble) this.world.complain(`error: ${this.options.file === '-' ? 'the capture' : this.options.file} is damaged: ${sentence}\n`);
  }

  /** @throws Failure for the number of a conversation that did not come */
  private checkStreams(): void {
    const { options, tally, source } = this;
    const missing = [...options.streams ?? []].find((stream) => !tally.has(stream));
    if (missing === undefined) return;
    const { conversations } = source;
    const there = conversations === 0 ? 'it has none' : conversations === 1 ? 'it has only number 0' : `it has numbers 0 to ${conversations - 1}`;
    throw usageError(`there is no conversation ${missing} in this capture: ${there}.`, `glasstcp read ${shellQuote(options.file)} --quiet`);
  }
}

/** @throws Failure when it would be written over the capture that is read, or cannot be written */
function copyTo(path: string, file: string, program: string): CommentedCapture {
  if (isSameFile(path, file)) throw usageError(`${path} is the capture that is read, and would be lost.`, '-w with the name of another file');
  return new CommentedCapture(path, { from: file === '-' ? 'standard input' : basename(file), program });
}

function isSameFile(path: string, file: string): boolean {
  try {
    const [a, b] = [statSync(path), file === '-' ? fstatSync(0) : statSync(file)];
    return a.dev === b.dev && a.ino === b.ino && a.isFile();
  } catch {
    return false;
  }
}
