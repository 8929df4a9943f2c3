/** Where a command prints, when whoever reads it may stop reading: `| head`. */
import type { Writable } from 'node:stream';
import { Failure } from './failure.js';

export class Output {
  private gone = false;

  constructor(private readonly stream: Writable) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOSPC') throw new Failure('standard output cannot be written: the disk is full.', 'make room (df -h shows where), or send the output elsewhere');
      if (error.code !== 'EPIPE') throw error;
      this.gone = true;
    });
  }

  /** Nobody reads any more. Known a little after the first text that nobody read. */
  get closed(): boolean {
    return this.gone;
  }

  /** Characters that wait for the reader. */
  get unread(): number {
    return this.stream.writableLength;
  }

  write(text: string): void {
    if (!this.gone) this.stream.write(text);
  }
}
