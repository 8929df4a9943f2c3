/**
 * The live ladder: two lifelines, an arrow per segment, under it the reason. Keeps what a drawing needs to remember: the
 * start, relative numbers, what has been said, what is folded away. The lines themselves: ladder-lines.ts.
 */
import { explanationsOf } from '../trace/explain.js';
import type { Language } from '../trace/language.js';
import type { Audience, Explanation, LinkFate, Moment } from '../trace/moment.js';
import { Pairing, type Told } from '../trace/pairing.js';
import type { Micros } from '../util/units.js';
import { Countdown } from './countdown.js';
import { type Entry, everyday, everydayKind, Fold } from './fold.js';
import { LADDER_WORDS, type LadderWords } from './ladder-words.js';
import { geometryOf, formatTime, type LineOptions, renderFate, renderMoment } from './ladder-lines.js';
import { SegmentReader } from '../observe/segment-view.js';
import { padBefore, padTo, paintRuns, type Terminal, widthOf, wrap } from './terminal.js';

export interface LadderOptions {
  /** Names of the two sides: "glasstcp 192.0.2.2:7", "Linux kernel 192.0.2.1:40312". */
  readonly left: string;
  readonly right: string;
  readonly terminal: Terminal;
  readonly write: (text: string) => void;
  /** Time 0; the first event, by default. */
  readonly start?: Micros;
  /** Draws every segment, repeats every sentence, and says which variables changed. */
  readonly verbose?: boolean;
  /** Folds nothing: every segment is drawn. */
  readonly everySegment?: boolean;
  /** Of every word on it; English by default. */
  readonly language?: Language;
  /** Calls back soon: a segment just sent waits so long for the link to say what became of it. Default setImmediate. */
  readonly soon?: (callback: () => void) => void;
}

/** Everyday things of one kind that are drawn before the next ones are folded. */
const DRAWN_FIRST = 3;
/** What a rule says is known when it has been said so often; why a segment was sent or a state changed is always said. */
const SAID_ENOUGH = 2;

export class Ladder implements Audience {
  private readonly pairing = new Pairing((told) => this.take(told));
  private readonly reader = new SegmentReader();
  private readonly words: LadderWords;
  private readonly fold: Fold<Entry>;
  private readonly drawn = new Map<string, number>();
  private readonly said = new Map<string, number>();
  private readonly clock: Countdown;
  private readonly gutter: number;
  private readonly inner: number;
  private left: string;
  private right: string;
  private start: Micros | undefined;
  private headed = false;
  private waiting = false;

  constructor(private readonly options: LadderOptions) {
    const { gutter, inner } = geometryOf(options.terminal.width);
    this.start = options.start;
    this.left = options.left;
    this.right = options.right;
    this.gutter = gutter;
    this.inner = inner;
    this.words = LADDER_WORDS[options.language ?? 'en'];
    this.fold = new Fold(this.words.folded);
    this.clock = new Countdown(options.write, options.terminal, gutter, this.words);
  }

  moment(moment: Moment): void {
    this.pairing.moment(moment);
    this.flushSoon();
  }

  fate(fate: LinkFate): void {
    this.pairing.fate(fate);
    this.flushSoon();
  }

  /** Draws what waits for its fate. What is folded stays folded. */
  flush(): void {
    this.pairing.flush();
  }

  /** Draws everything so far, or says what was folded away: something else is about to be printed below. */
  rest(): void {
    this.flush();
    this.unfold();
  }

  /** Draws everything and the feet of the lifelines. */
  finish(): void {
    this.pairing.finish();
    this.unfold();
    this.clock.clear();
    if (this.headed) this.print([this.rails('┴', '┴', '')]);
    this.headed = false;
  }

  /** Ends this ladder and begins another with other names; time goes on. */
  sides(left: string, right: string): void {
    this.finish();
    this.left = left;
    this.right = right;
  }

  /** Says on the ladder what is about to be shown: the step of a demonstration. */
  note(text: string): void {
    this.rest();
    this.head();
    const { bold } = this.options.terminal.colors;
    const lines = wrap([{ text, paint: bold }], this.inner - 4);
    this.print([this.rails('│', '│', ''), ...lines.map((line) => this.rails('│', '│', `  ${paintRuns(line)}`))]);
  }

  /** Somebody says something about the segment above. */
  aside(text: string): void {
    this.rest();
    this.head();
    const lines = wrap([{ text, paint: this.options.terminal.colors.magenta }], this.inner - 4);
    this.print(lines.map((line) => this.rails('│', '│', `  ${paintRuns(line)}`)));
  }

  /** TIME-WAIT has so many seconds to go; 0 takes the line away. */
  countdown(secondsLeft: number): void {
    this.rest();
    this.clock.tick(secondsLeft);
  }

  private flushSoon(): void {
    if (this.waiting) return;
    this.waiting = true;
    const soon = this.options.soon ?? ((callback: () => void): void => void setImmediate(callback));
    soon(() => {
      this.waiting = false;
      this.flush();
    });
  }

  private take({ moment, fate }: Told): void {
    this.start ??= (moment ?? fate)?.at;
    const bytes = moment?.bytes ?? fate?.bytes;
    const view = bytes === undefined ? undefined : this.reader.read(bytes);
    if (moment === undefined) {
      this.unfold();
      if (fate !== undefined) this.show(renderFate(fate, { ...this.lineOptions(), view }));
      return;
    }
    const entry: Entry = { moment, view };
    if (fate === undefined && this.folds(entry)) return this.fold.add(everyday(entry));
    this.unfold();
    this.draw(entry, fate);
  }

  /** Has enough of its kind been drawn? */
  private folds(entry: Entry): boolean {
    const kind = this.options.verbose === true || this.options.everySegment === true ? undefined : everydayKind(entry);
    if (kind === undefined) return false;
    const drawn = this.drawn.get(kind) ?? 0;
    this.drawn.set(kind, drawn + 1);
    return drawn >= DRAWN_FIRST;
  }

  private unfold(): void {
    if (this.fold.isEmpty) return;
    const at = this.fold.at;
    const folded = this.fold.take();
    if (typeof folded !== 'string') return folded.forEach((entry) => this.draw(entry, undefined));
    const { dim } = this.options.terminal.colors;
    const time = formatTime(at - (this.start ?? at), geometryOf(this.options.terminal.width).time);
    const lines = wrap([{ text: folded, paint: dim }], this.inner - 4);
    this.show(lines.map((line, i) => this.rails('┆', '┆', `  ${paintRuns(line)}`, i === 0 ? time : '')));
  }

  private draw({ moment, view }: Entry, fate: LinkFate | undefined): void {
    const explanations = this.news(moment);
    // A decision whose words are all known, and that moved nothing, has nothing to show.
    if (moment.kind === 'event' && explanations.length === 0 && moment.states.length === 0) return;
    this.show(renderMoment(moment, { ...this.lineOptions(), view, fate, explanations }));
  }

  /** What is worth saying: all of it when verbose, else no rule over and over. */
  private news(moment: Moment): Explanation[] {
    const all = explanationsOf(moment);
    if (this.options.verbose === true) return all;
    return all.filter((e) => {
      const times = this.said.get(e.rule.name) ?? 0;
      this.said.set(e.rule.name, times + 1);
      return times < SAID_ENOUGH || e === moment.reason || moment.states.some((s) => s.because?.rule === e.rule);
    });
  }

  private lineOptions(): LineOptions {
    const { terminal, verbose, language = 'en' } = this.options;
    return { terminal, start: this.start ?? 0, variables: verbose === true, language };
  }

  private show(lines: readonly string[]): void {
    this.head();
    this.print(lines);
  }

  private print(lines: readonly string[]): void {
    this.clock.clear();
    this.options.write(lines.map((line) => `${line.trimEnd()}\n`).join(''));
  }

  /** The names over the lifelines, once. */
  private head(): void {
    if (this.headed) return;
    this.headed = true;
    const { colors: c, width } = this.options.terminal;
    const { left, right } = this;
    const room = this.inner + 2;
    const ours = c.bold(c.cyan(left));
    const theirs = c.bold(c.green(right));
    const atRight = ' '.repeat(Math.max(0, width - widthOf(right))) + theirs;
    const between = room - widthOf(left) - widthOf(right);
    const indent = ' '.repeat(Math.min(this.gutter, Math.max(0, width - widthOf(left))));
    const names = between >= 2 ? [`${indent}${ours}${' '.repeat(between)}${theirs}`] : [`${indent}${ours}`, atRight];
    const { time, state } = geometryOf(width);
    const captions = padTo(`${c.dim(padBefore(this.words.seconds, time))} ${state > 0 ? c.dim(this.words.ourState) : ''}`, this.gutter);
    this.print([...names, `${captions}${c.dim('┬')}${' '.repeat(this.inner)}${c.dim('┬')}`]);
  }

  private rails(left: string, right: string, inner: string, time = ''): string {
    const { dim } = this.options.terminal.colors;
    const gutter = padTo(dim(time.padStart(geometryOf(this.options.terminal.width).time)), this.gutter);
    return `${gutter}${dim(left)}${padTo(inner, this.inner)}${dim(right)}`;
  }
}
