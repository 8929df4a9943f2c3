/** Ctrl-C while a capture is read: the reading stops, and what has been read is summed up. */
import { fstatSync, readlinkSync, statSync } from 'node:fs';

/** Waits for Ctrl-C until `forget`. */
export class Interruption {
  private came = false;
  private readonly listener = (): void => {
    // The second time it ends the process, as it does by default.
    process.removeListener('SIGINT', this.listener);
    this.came = true;
  };

  /** @param file that is read; '-' = standard input. Where reading could wait for ever, Ctrl-C goes on ending the process at once. */
  constructor(file: string) {
    if (neverWaitsLong(file)) process.on('SIGINT', this.listener);
  }

  get asked(): boolean {
    return this.came;
  }

  forget(): void {
    process.removeListener('SIGINT', this.listener);
  }
}

/** A file does not; nor does a pipe of the shell's, because Ctrl-C ends who writes into it. */
function neverWaitsLong(file: string): boolean {
  try {
    const stats = file === '-' ? fstatSync(0) : statSync(file);
    return stats.isFile() || (file === '-' && stats.isFIFO() && readlinkSync('/proc/self/fd/0').startsWith('pipe:'));
  } catch {
    return false;
  }
}
