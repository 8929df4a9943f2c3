/** An error for people: a capture file cannot be written or read. Says what went wrong and what mends it. */
export class CaptureError extends Error {
  override readonly name = 'CaptureError';

  /**
   * @param code errno name: ENOENT, EACCES, EISDIR, ENOSPC …; ENOCAPTURE when a file can be read but is no capture.
   * @param mend the command or change that mends it.
   */
  constructor(readonly code: string, message: string, readonly mend: string) {
    super(message);
  }

  /** Both texts, as a program prints them. */
  override toString(): string {
    return `${this.message}\n  to mend it: ${this.mend}`;
  }

  /** From what node:fs threw at writing. */
  static from(error: unknown, path: string): CaptureError {
    const code = (error as NodeJS.ErrnoException).code ?? 'EIO';
    const [why, mend] = REASONS[code] ?? [code, 'choose another file with --capture FILE'];
    return new CaptureError(code, `The capture file ${path} cannot be written: ${why}.`, mend.replace('%', () => path));
  }

  /** From what node:fs threw at opening or reading. */
  static reading(error: unknown, path: string): CaptureError {
    const code = (error as NodeJS.ErrnoException).code ?? 'EIO';
    const [why, mend] = READING[code] ?? [code, 'choose another FILE'];
    return new CaptureError(code, `${path === '-' ? 'Standard input' : `The capture file ${path}`} cannot be read: ${why}.`, mend.replace('%', () => path));
  }
}

const REASONS: Readonly<Record<string, readonly [string, string]>> = {
  ENOENT: ['its folder does not exist', 'mkdir -p "$(dirname \'%\')"'],
  EACCES: ['this user may not write there', 'choose a file in a folder of your own: --capture FILE'],
  EPERM: ['this user may not write there', 'choose a file in a folder of your own: --capture FILE'],
  EROFS: ['the file system is read-only', 'choose a file elsewhere: --capture FILE'],
  EISDIR: ['it is a folder', 'name a file, such as --capture %/demo.pcapng'],
  ENOTDIR: ['part of its path is a file, not a folder', 'choose another file: --capture FILE'],
  ENOSPC: ['the disk is full', 'make room (df -h shows where), or choose a file elsewhere: --capture FILE'],
};

const READING: Readonly<Record<string, readonly [string, string]>> = {
  ENOENT: ['there is no such file', 'ls "$(dirname \'%\')" shows what is there'],
  EACCES: ['this user may not read it', 'sudo chmod a+r \'%\', or read it as its owner'],
  EPERM: ['this user may not read it', 'sudo chmod a+r \'%\', or read it as its owner'],
  EISDIR: ['it is a folder', 'name a FILE in it: ls \'%\''],
  ENOTDIR: ['part of its path is a file, not a folder', 'choose another FILE'],
  EIO: ['the disk reports an error', 'copy it from where it was recorded'],
};
