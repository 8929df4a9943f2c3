/**
 * What a person types: single keys of a terminal, or lines where there is none or where a line is asked for. The terminal is as
 * it was after close().
 */
import { createInterface } from 'node:readline';
import { Inbox } from './inbox.js';

export interface Keys {
  /** Each key counts at once, and is not seen on the screen. */
  readonly immediate: boolean;
  /** The next key, or line without its spaces around; '' = Enter or space; null = the input's end. */
  next(): Promise<string | null>;
  close(): void;
}

/** Of standard input, as far as it is used here. */
export type Input = Pick<NodeJS.ReadStream, 'isTTY' | 'setRawMode' | 'on' | 'off' | 'pause' | 'resume' | 'setEncoding'>;

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const ESCAPE = '\u001b';

/** Single keys of a terminal. */
export class TerminalKeys implements Keys {
  readonly immediate = true;
  private readonly inbox = new Inbox<string>();
  private readonly read = (text: string): void => this.take(text);
  private readonly end = (): void => this.inbox.end();

  /** @param interrupt called for Ctrl-C, which a terminal in this mode does not turn into a signal */
  constructor(private readonly input: Input, private readonly interrupt: () => void) {
    input.setRawMode(true);
    input.setEncoding('utf8');
    input.on('data', this.read);
    input.on('end', this.end);
    input.on('error', this.end);
    input.resume();
  }

  next(): Promise<string | null> {
    return this.inbox.take();
  }

  close(): void {
    this.input.off('data', this.read);
    this.input.off('end', this.end);
    this.input.setRawMode(false);
    this.input.pause();
    this.inbox.end();
  }

  private take(text: string): void {
    // An arrow or a function key: several characters that mean nothing here.
    if (text.startsWith(ESCAPE)) return;
    for (const key of text) {
      if (key === CTRL_C) this.interrupt();
      else if (key === CTRL_D) this.inbox.end();
      else this.inbox.put(key.trim().toLowerCase());
    }
  }
}

/** Lines, from a terminal or from anything else. */
export class LineKeys implements Keys {
  readonly immediate = false;
  private readonly inbox = new Inbox<string>();
  private readonly lines;

  constructor(input: NodeJS.ReadStream) {
    this.lines = createInterface({ input, terminal: false });
    this.lines.on('line', (line) => this.inbox.put(line.trim()));
    this.lines.on('close', () => this.inbox.end());
    input.on('error', () => this.inbox.end());
  }

  next(): Promise<string | null> {
    return this.inbox.take();
  }

  close(): void {
    this.lines.close();
  }
}
