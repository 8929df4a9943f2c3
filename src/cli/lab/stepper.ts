/** `lab run --step`: each segment is announced, and goes on the line when a key is pressed. */
import { Stopped } from '../../labs/run.js';
import type { Terminal } from '../terminal.js';
import { foretell, type Foretelling } from './foretell.js';
import type { Keys } from './keys.js';
import type { Announced, Pacer } from './pacer.js';
import { WATCH_WORDS } from './watch-words.js';

export interface StepperOptions extends Foretelling {
  readonly keys: Keys;
  readonly terminal: Terminal;
  readonly write: (text: string) => void;
}

export class Stepper implements Pacer {
  readonly everySegment = true;
  private goesOn = false;
  /** Lines of the announcement on the screen that can be taken away. */
  private lines = 0;

  constructor(private readonly options: StepperOptions) {}

  async about(announced: Announced): Promise<void> {
    if (this.goesOn) return;
    const { keys } = this.options;
    this.print(foretell(announced, this.options));
    this.prompt();
    for (;;) {
      const key = await keys.next();
      switch (key) {
        case '':
        case 'n':
          return this.clear();
        case 'c':
          this.goesOn = true;
          keys.close();
          return this.clear();
        case 'q':
        case null:
          this.clear();
          throw new Stopped();
        case '?':
        case 'h':
          this.help();
          break;
        default:
          // A key slips easily; a line was meant.
          if (!keys.immediate) this.help();
      }
    }
  }

  private help(): void {
    this.options.write('\n');
    this.print(WATCH_WORDS[this.options.language].help.map((line) => `    ${line}`));
    this.lines++;
    this.prompt();
  }

  private print(lines: readonly string[]): void {
    this.lines += lines.length;
    this.options.write(lines.map((line) => `${line}\n`).join(''));
  }

  private prompt(): void {
    const { keys, language, terminal: { colors: c }, write } = this.options;
    const words = WATCH_WORDS[language];
    write(`    ${c.dim(keys.immediate ? words.prompt : words.linePrompt)} `);
  }

  /** What was announced is drawn next: where the screen can be rewritten, the announcement makes room for it. */
  private clear(): void {
    const { keys, terminal, write } = this.options;
    if (!keys.immediate || !terminal.live) write('\n');
    else write(`\r${this.lines > 0 ? `\u001b[${this.lines}A` : ''}\u001b[J`);
    this.lines = 0;
  }
}
