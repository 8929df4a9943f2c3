/** Draws the demo for people: the head of the page, a heading and a ladder for each act. */
import type { Language } from '../../trace/language.js';
import type { Audience } from '../../trace/moment.js';
import { Ladder } from '../ladder.js';
import { paintRuns, type Terminal, widthOf, wrap } from '../terminal.js';
import type { Narrator } from './stage.js';
import { sayIn } from './text/say.js';

export interface NarratorOptions {
  readonly terminal: Terminal;
  readonly write: (text: string) => void;
  readonly verbose: boolean;
  readonly language: Language;
}

export class LadderNarrator implements Narrator {
  readonly ladder: Ladder;
  private acts = 0;

  private readonly terminal: Terminal;
  private readonly write: (text: string) => void;

  /** @param catchUp tells the ladder what has happened so far; called before anything is said that comes after it. */
  constructor(private readonly options: NarratorOptions, private readonly catchUp: () => void) {
    const { terminal, write, verbose, language } = options;
    this.terminal = terminal;
    this.write = write;
    this.ladder = new Ladder({ left: '', right: '', terminal, write, verbose, language });
  }

  get audience(): Audience {
    return this.ladder;
  }

  /** @param setting sentences about what this is played on */
  open(program: string, setting: readonly string[]): void {
    const { colors: { bold, dim }, width } = this.terminal;
    const lines = setting.flatMap((text) => wrap([{ text, paint: dim }], width - 2).map((runs) => `  ${paintRuns(runs)}\n`));
    this.write(`${bold(program)}  ${sayIn(this.options.language)('tagline')}\n${lines.join('')}`);
  }

  act(title: string, left: string, right: string): void {
    this.catchUp();
    this.ladder.sides(left, right);
    const { colors: { bold, dim }, width } = this.terminal;
    const text = ` ${++this.acts}  ${title} `;
    this.write(`\n${dim('══')}${bold(text)}${dim('═'.repeat(Math.max(2, width - widthOf(text) - 2)))}\n\n`);
  }

  note(text: string): void {
    this.catchUp();
    this.ladder.note(text);
  }

  countdown(secondsLeft: number): void {
    this.catchUp();
    this.ladder.countdown(secondsLeft);
  }

  close(): void {
    this.catchUp();
    this.ladder.finish();
  }
}
