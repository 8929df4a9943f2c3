/** Draws the demo for people: the head of the page, a heading and a ladder for each act. */
import type { Audience } from '../../trace/moment.js';
import { Ladder } from '../ladder.js';
import { paintRuns, type Terminal, wrap } from '../terminal.js';
import type { Narrator } from './stage.js';

export class LadderNarrator implements Narrator {
  readonly ladder: Ladder;
  private acts = 0;

  /** @param catchUp tells the ladder what has happened so far; called before anything is said that comes after it. */
  constructor(private readonly terminal: Terminal, private readonly write: (text: string) => void, verbose: boolean, private readonly catchUp: () => void) {
    this.ladder = new Ladder({ left: '', right: '', terminal, write, verbose });
  }

  get audience(): Audience {
    return this.ladder;
  }

  /** @param setting sentences about what this is played on */
  open(program: string, setting: readonly string[]): void {
    const { colors: { bold, dim }, width } = this.terminal;
    const lines = setting.flatMap((text) => wrap([{ text, paint: dim }], width - 2).map((runs) => `  ${paintRuns(runs)}\n`));
    this.write(`${bold(program)}  a TCP stack that says why\n${lines.join('')}`);
  }

  act(title: string, left: string, right: string): void {
    this.catchUp();
    this.ladder.sides(left, right);
    const { colors: { bold, dim }, width } = this.terminal;
    const text = ` ${++this.acts}  ${title} `;
    this.write(`\n${dim('══')}${bold(text)}${dim('═'.repeat(Math.max(2, width - text.length - 2)))}\n\n`);
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
