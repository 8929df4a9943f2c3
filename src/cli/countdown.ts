/** TIME-WAIT counting down: one line that is rewritten where a person watches, a few plain lines on a pipe. */
import type { LadderWords } from './ladder-words.js';
import type { Terminal } from './terminal.js';

const BAR = 24;
const ERASE_LINE = '\r\x1b[K';
const IN_TENTHS_BELOW = 10;
/** On a pipe, a line when this share of the time is left. */
const PLAIN_MARKS = [1, 0.5, 0.25] as const;

export class Countdown {
  private total = 0;
  /** Marks already printed on a pipe. */
  private printed = 0;
  /** The rewritten line stands on the terminal. */
  private shown = false;

  constructor(
    private readonly write: (text: string) => void,
    private readonly terminal: Terminal,
    private readonly indent: number,
    private readonly words: Pick<LadderWords, 'left'>,
  ) {}

  /** @param secondsLeft the first call sets what it counts down from; 0 or less ends it. */
  tick(secondsLeft: number): void {
    if (secondsLeft <= 0) return this.end();
    if (this.total === 0) this.total = secondsLeft;
    if (this.terminal.live) {
      this.write(`${ERASE_LINE}${this.line(secondsLeft)}`);
      this.shown = true;
      return;
    }
    let due = this.printed;
    while (due < PLAIN_MARKS.length && secondsLeft <= this.total * (PLAIN_MARKS[due] as number)) due++;
    if (due > this.printed) this.write(`${this.line(secondsLeft)}\n`);
    this.printed = due;
  }

  /** Takes the rewritten line away, so that others can be printed; the next tick draws it again. */
  clear(): void {
    if (this.shown) this.write(ERASE_LINE);
    this.shown = false;
  }

  private end(): void {
    this.clear();
    this.total = 0;
    this.printed = 0;
  }

  private line(secondsLeft: number): string {
    const { colors: c, width } = this.terminal;
    const bar = Math.min(BAR, width - this.indent - 36);
    const full = Math.min(bar, Math.round((bar * secondsLeft) / this.total));
    const meter = bar < 4 ? '' : `${c.yellow('▰'.repeat(full))}${c.dim('▱'.repeat(bar - full))}  `;
    const words = this.words.left(this.seconds(secondsLeft), this.seconds(this.total));
    return `${' '.repeat(this.indent)}${c.bold(c.yellow('TIME-WAIT'))}  ${meter}${c.dim(words)}`;
  }

  /** Short waits in tenths. */
  private seconds(left: number): string {
    return this.total < IN_TENTHS_BELOW ? (Math.ceil(left * 10 - 1e-6) / 10).toFixed(1) : String(Math.ceil(left));
  }
}
