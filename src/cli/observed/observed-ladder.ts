/**
 * The ladder of one conversation that was watched from outside: two lifelines, an arrow per segment, everyday ones folded away.
 * Keeps what a drawing needs to remember; the lines themselves: rungs.ts.
 */
import type { InferredState, Side, Sighting } from '../../observe/sighting.js';
import { formatDuration } from '../../trace/explain.js';
import type { Explanation } from '../../trace/moment.js';
import type { Micros } from '../../util/units.js';
import { Fold } from '../fold.js';
import { englishFold } from '../ladder-words.js';
import { formatTime } from '../ladder-lines.js';
import { padTo, paintRuns, type Terminal, widthOf, wrap } from '../terminal.js';
import { isEveryday, isOfTheCapture, isRemarkable } from './remarks.js';
import { rung, rungGeometry, sightingRungs } from './rungs.js';

export interface ObservedLadderOptions {
  readonly terminal: Pick<Terminal, 'width' | 'colors'>;
  readonly write: (text: string) => void;
  /** Time 0: the capture's first packet. */
  readonly start: Micros;
  /** Draws every segment and says what each is. */
  readonly verbose?: boolean;
  /** Says of the segments that open and close what they are; by default it does. */
  readonly teach?: boolean;
  /** Draws only segments that there is something to say about. */
  readonly problems?: boolean;
}

/** Segments of one kind that are drawn before the next ones are folded: plain ones, and remarkable ones. */
const DRAWN_PLAIN = 3;
const DRAWN_REMARKABLE = 6;
/** What is everyday is known when it has been said so often. */
const SAID_ENOUGH = 2;
/** A silence as long as this is told: timeouts show in silences. */
const WORTH_TELLING: Micros = 200_000;

export class ObservedLadder {
  private readonly fold = new Fold<Sighting>(englishFold('to the right', 'to the left'));
  /** Verdicts on what is folded away, by name. */
  private readonly folded = new Map<string, number>();
  private readonly drawn = new Map<string, number>();
  private readonly said = new Map<string, number>();
  private headed = false;
  private last: Micros | undefined;
  private shown: Readonly<Record<Side, InferredState>> | undefined;

  constructor(private readonly options: ObservedLadderOptions) {}

  see(sighting: Sighting): void {
    if (!this.headed) this.head(sighting);
    if (this.folds(sighting)) return this.put(sighting);
    this.unfold();
    this.draw(sighting);
  }

  /** Draws what is folded and the feet of the lifelines. */
  finish(): void {
    if (!this.headed) return;
    this.unfold();
    this.print([this.rails('┴', '')]);
  }

  /** Has enough of its kind been drawn? A SYN, a FIN, a RST and whatever moves a state always are. */
  private folds(sighting: Sighting): boolean {
    const { verbose, problems } = this.options;
    const remarkable = isRemarkable(sighting);
    if (problems === true && !remarkable) return true;
    if (verbose === true || problems === true) return false;
    const { states: { left, right }, view } = sighting;
    if (view.flags.some((flag) => flag !== 'ACK' && flag !== 'PSH')) return false;
    const kind = [sortOf(sighting), left.after, right.after, ...sighting.verdicts.map(({ rule }) => rule.name)].join(' ');
    const drawn = this.drawn.get(kind) ?? 0;
    this.drawn.set(kind, drawn + 1);
    const moves = left.after !== this.shown?.left || right.after !== this.shown.right;
    return !moves && drawn >= (remarkable ? DRAWN_REMARKABLE : DRAWN_PLAIN);
  }

  private put(sighting: Sighting): void {
    this.fold.add({ entry: sighting, at: sighting.at, octets: sighting.view.length, sort: sortOf(sighting) });
    for (const { rule: { name } } of sighting.verdicts) this.folded.set(name, (this.folded.get(name) ?? 0) + 1);
  }

  private unfold(): void {
    if (this.fold.isEmpty) return;
    const { at, until } = this.fold;
    const folded = this.fold.take(this.options.problems === true);
    const among = [...this.folded].map(([name, times]) => `${times.toLocaleString('en')} × ${name.replaceAll('-', ' ')}`).join(', ');
    this.folded.clear();
    if (typeof folded !== 'string') return folded.forEach((sighting) => this.draw(sighting));
    this.aside(among === '' ? folded : `${folded} among them: ${among}`, at);
    this.last = until;
  }

  private draw(sighting: Sighting): void {
    const { at } = sighting;
    if (this.last !== undefined && at - this.last >= WORTH_TELLING) this.aside(`${formatDuration(at - this.last)} of silence`);
    this.print(sightingRungs({ ...sighting, verdicts: this.news(sighting) }, { ...this.options, shown: this.shown }));
    this.last = at;
    this.shown = { left: sighting.states.left.after, right: sighting.states.right.after };
  }

  /** What is worth saying: all of it when verbose, else what is everyday only once or twice. */
  private news({ verdicts }: Sighting): Explanation[] {
    return verdicts.filter((verdict) => {
      if (this.options.verbose === true || !isEveryday(verdict)) return true;
      if (isOfTheCapture(verdict)) return false;
      const times = this.said.get(verdict.rule.name) ?? 0;
      this.said.set(verdict.rule.name, times + 1);
      return times < SAID_ENOUGH;
    });
  }

  /** A line between the lifelines that is no segment. */
  private aside(text: string, at?: Micros): void {
    const { terminal: { width, colors: c }, start } = this.options;
    const { time, number, inner } = rungGeometry(width);
    const stamp = at === undefined ? '' : ' '.repeat(number + 1) + c.dim(formatTime(at - start, time).padStart(time));
    this.print(wrap([{ text, paint: c.dim }], inner - 4).map((runs, i) => this.rails('┆', `  ${paintRuns(runs)}`, i === 0 ? stamp : '')));
  }

  /** Which conversation, and the names over the lifelines. */
  private head({ stream, left, right }: Sighting): void {
    this.headed = true;
    const { width, colors: c } = this.options.terminal;
    const { gutter, inner, number, time } = rungGeometry(width);
    const title = `══ #${stream} `;
    const between = inner + 2 - widthOf(left) - widthOf(right);
    const [one, other] = [c.bold(c.cyan(left)), c.bold(c.green(right))];
    const names = between >= 2
      ? [`${' '.repeat(gutter)}${one}${' '.repeat(between)}${other}`]
      : [' '.repeat(Math.max(0, Math.min(gutter, width - widthOf(left)))) + one, ' '.repeat(Math.max(0, width - widthOf(right))) + other];
    const caption = `${c.dim('no.'.padStart(number))} ${c.dim('seconds'.padStart(time))}`;
    this.print([c.bold(title + '═'.repeat(Math.max(0, width - widthOf(title)))), ...names, padTo(this.rails('┬', '', caption), width)]);
  }

  private rails(rail: string, inner: string, stamp = ''): string {
    const { width, colors: { dim } } = this.options.terminal;
    return rung(width, { stamp, near: dim(rail), far: dim(rail), inner });
  }

  private print(lines: readonly string[]): void {
    this.options.write(lines.map((line) => `${line.trimEnd()}\n`).join(''));
  }
}

const sortOf = ({ view, from }: Sighting): 'data out' | 'data in' | 'ack out' | 'ack in' => `${view.length > 0 ? 'data' : 'ack'} ${from === 'left' ? 'out' : 'in'}`;
