/** `lab run --quiz`: predict what glasstcp sends next, then see what it sends and why; a score at the end. */
import type { Lab, LabText } from '../../labs/lab.js';
import type { LabReport } from '../../labs/report.js';
import { Stopped } from '../../labs/run.js';
import { fill } from '../../labs/text/language.js';
import type { TcpView } from '../../observe/segment-view.js';
import { paintRuns, wrap } from '../terminal.js';
import { foretell, type Foretelling } from './foretell.js';
import type { Keys } from './keys.js';
import type { Announced, Pacer } from './pacer.js';
import { type Answer, answerText, type Field, FIELDS, isRight, readAnswer, rightAnswer } from './quiz-answers.js';
import { type Asked, isAskable } from './quiz-choice.js';
import { QUIZ_WORDS } from './quiz-words.js';
import { sideNames } from './side-names.js';

export interface QuizOptions extends Foretelling {
  readonly lab: Lab;
  readonly text: LabText;
  readonly keys: Keys;
  /** Does the terminal show what is typed? Otherwise lines are ended here. */
  readonly echoed: boolean;
  readonly write: (text: string) => void;
  readonly asked: Asked;
}

export class Quiz implements Pacer {
  readonly everySegment = false;
  private readonly points: Record<Field, number> = { flags: 0, seq: 0, ack: 0 };
  private place = 0;
  private answered = 0;

  constructor(private readonly options: QuizOptions) {}

  intro(): string {
    const { language, terminal: { colors: c } } = this.options;
    return `${QUIZ_WORDS[language].intro.map((line) => c.dim(line)).join('\n')}\n\n`;
  }

  async about(announced: Announced): Promise<void> {
    const { from, places } = this.options.asked;
    if (!isAskable(announced, from) || !places.has(this.place++)) return;
    await this.ask(announced, announced.view as TcpView);
  }

  /** "Score: 7 of 9 (flags 3/3, seq 2/3, ack 2/3)" */
  score(): string {
    const { language, terminal: { colors: c }, asked } = this.options;
    const words = QUIZ_WORDS[language];
    if (asked.places.size > 0 && this.answered === 0) return '';
    if (asked.places.size === 0) return `${words.nothing}\n`;
    const total = FIELDS.reduce((sum, field) => sum + this.points[field], 0);
    const parts = FIELDS.map((field) => words.part(field, this.points[field], this.answered)).join(words.comma);
    return `${c.bold(words.score(total, FIELDS.length * this.answered))}  ${parts}\n`;
  }

  /** The lab's own questions, each answered when Enter is pressed, with what the run has shown of it. */
  async askQuestions({ met }: LabReport): Promise<void> {
    const { text, language, write, terminal: { colors: c } } = this.options;
    const words = QUIZ_WORDS[language];
    write(`\n${c.bold(words.questions)}\n`);
    for (const { ask, answer, shownBy } of text.questions) {
      write(`${this.block('? ', ask)}  ${c.dim(words.enter)} `);
      await this.line();
      const seen = met.find(({ key }) => key === shownBy);
      write(this.block('  ', answer));
      write(seen === undefined ? this.block('  ✗ ', words.notShown) : this.block('  ✓ ', words.shown(fill(text.musts[shownBy] ?? shownBy, seen.values))));
    }
  }

  private async ask(announced: Announced, view: TcpView): Promise<void> {
    const { lab, language, write, asked: { places }, terminal: { colors: c } } = this.options;
    const words = QUIZ_WORDS[language];
    const state = announced.moments.at(-1)?.before || 'CLOSED';
    const { left, right } = sideNames(lab, 'sim', language);
    const number = [...places].filter((place) => place < this.place).length;
    write(`\n${c.bold(words.question(number, places.size, announced.ours ? left : right, state))}\n`);
    const verdicts: string[] = [];
    const answers = new Map<Field, Answer>();
    for (const field of FIELDS) answers.set(field, await this.answerTo(field));
    for (const [field, answer] of answers) {
      const right = isRight(field, answer, view);
      if (right) this.points[field]++;
      const said = rightAnswer(field, view);
      verdicts.push(right ? c.green(words.right(words.ask[field], said)) : c.red(words.wrong(words.ask[field], said, answerText(answer))));
    }
    this.answered++;
    write(`  ${verdicts.join('   ')}\n${foretell(announced, this.options).join('\n')}\n\n`);
  }

  /** Asked again until it can be read. @throws Stopped for q and at the end of the input */
  private async answerTo(field: Field): Promise<Answer> {
    const { language, write } = this.options;
    const words = QUIZ_WORDS[language];
    for (;;) {
      write(`  ${words.ask[field]}> `);
      const line = await this.line();
      if (line === null || /^q(?:uit)?$/i.test(line.normalize('NFKC'))) throw new Stopped();
      const answer = readAnswer(field, line);
      if (answer !== undefined) return answer;
      write(`  ${words.unreadable[field]}\n`);
    }
  }

  private async line(): Promise<string | null> {
    const { keys, echoed, write } = this.options;
    const line = await keys.next();
    if (!echoed || line === null) write('\n');
    return line;
  }

  private block(mark: string, text: string): string {
    const { width } = this.options.terminal;
    return wrap([{ text, paint: (plain) => plain }], width - mark.length - 2).map((runs, i) => `  ${i === 0 ? mark : ' '.repeat(mark.length)}${paintRuns(runs)}\n`).join('');
  }
}
