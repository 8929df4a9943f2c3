/** Opens captures, pcap and pcapng, from a file, from standard input, or from memory, and gives their frames one by one. */
import { closeSync, openSync, readSync } from 'node:fs';
import { isatty } from 'node:tty';
import { CaptureError } from './errors.js';
import type { Frame } from './frame.js';
import { Octets } from './octets.js';
import { PcapRecords } from './pcap-read.js';
import { PcapngRecords } from './pcapng-read.js';
import { recognise } from './recognise.js';
import type { Records } from './records.js';
import { Trouble } from './trouble.js';

export interface CaptureReader {
  readonly format: 'pcap' | 'pcapng';
  /** The packets, once: asked again it goes on where it stopped. Memory is bounded whatever the file's size; never throws. */
  frames(): Generator<Frame, void, undefined>;
  /**
   * What could not be read, in words with the octet position (from 0) and the frame number; complete when `frames` has ended; empty = all well.
   * Bounded in number.
   */
  readonly trouble: readonly string[];
  /** Idempotent. `frames` ends at the next packet. */
  close(): void;
}

const STANDARD_INPUT = 0;
/** Between two looks at a standard input that does not block, ms. */
const PAUSE = 10;

/**
 * @param path of a file; '-' = standard input
 * @throws CaptureError when it cannot be opened, or is no capture: says what it looks like
 */
export function openCapture(path: string): CaptureReader {
  const fd = openForReading(path);
  const close = (): void => {
    if (fd !== STANDARD_INPUT) closeSync(fd);
  };
  try {
    return new Reader(Octets.from((bytes, from, to) => readSome(fd, bytes, from, to)), path, close);
  } catch (error) {
    close();
    throw error;
  }
}

/**
 * The same from memory.
 * @throws CaptureError when it is no capture
 */
export function readCapture(bytes: Uint8Array): CaptureReader {
  return new Reader(Octets.of(bytes), '', () => undefined);
}

class Reader implements CaptureReader {
  readonly format: 'pcap' | 'pcapng';
  private readonly troubles = new Trouble();
  private readonly records: Records;
  private closed = false;

  constructor(private readonly octets: Octets, path: string, private readonly closeFile: () => void) {
    this.format = recognise(octets, path);
    this.records = this.format === 'pcap' ? new PcapRecords(octets, this.troubles) : new PcapngRecords(octets, this.troubles);
  }

  get trouble(): readonly string[] {
    return this.troubles.told;
  }

  *frames(): Generator<Frame, void, undefined> {
    while (!this.closed) {
      const frame = this.records.next();
      if (frame === undefined) break;
      yield frame;
    }
    this.troubles.finish();
    this.close();
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.octets.stop();
    this.closeFile();
  }
}

function openForReading(path: string): number {
  if (path === '-') {
    if (!isatty(STANDARD_INPUT)) return STANDARD_INPUT;
    throw new CaptureError('ENOCAPTURE', 'Standard input is the terminal, and no capture comes from there.', 'tcpdump -U -w - | glasstcp read -');
  }
  try {
    return openSync(path, 'r');
  } catch (error) {
    throw CaptureError.reading(error, path);
  }
}

/** @returns octets read, 0 = the end */
function readSome(fd: number, bytes: Uint8Array, from: number, to: number): number {
  for (;;) {
    try {
      return readSync(fd, bytes, from, to - from, null);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EAGAIN' && code !== 'EINTR') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
}
