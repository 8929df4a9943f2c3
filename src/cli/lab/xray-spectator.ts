/**
 * A lab through X-rays: both ends on one timeline. At every packet what has changed at either end: calls, states, tcp_info, timers, and of
 * the host that is glasstcp the variables of its TCB, too. The kernel tells its own by INET_DIAG, as `ss -tieom` does.
 */
import type { CallResult, SocketCall } from '../../bsd/sockets.js';
import type { EndState, Role } from '../../labs/ends/end.js';
import { otherRole } from '../../labs/ends/end.js';
import type { Figure } from '../../labs/figure.js';
import type { Sent } from '../../labs/line.js';
import { FATE_NAMES } from '../../labs/names.js';
import type { Spectator } from '../../labs/run.js';
import type { Values } from '../../labs/stage/stage.js';
import { fill } from '../../labs/text/language.js';
import { SegmentReader } from '../../observe/segment-view.js';
import type { Moment } from '../../trace/moment.js';
import type { Micros } from '../../util/units.js';
import { formatTime } from '../ladder-lines.js';
import { padTo, type Paint, paintRuns, widthOf, wrap } from '../terminal.js';
import { drawFigure } from './draw-figure.js';
import { hearSignals, type OnScreen } from './on-screen.js';
import { sideNames } from './side-names.js';
import { callText, SAMPLE_WORDS, Samples, variablesText } from './xray-samples.js';

interface Told {
  readonly words: string;
  readonly paint: Paint;
}

const TIME = 9;
const RAIL = ' │ ';

export class XraySpectator implements Spectator {
  private readonly samples: Readonly<Record<Role, Samples>>;
  private readonly news: Readonly<Record<Role, Told[]>> = { client: [], server: [] };
  private readonly reader = new SegmentReader();
  private readonly column: number;
  private start: Micros | undefined;
  private at: Micros = 0;
  private lastTime = '';
  private sentSoFar = 0;

  constructor(private readonly options: OnScreen) {
    const { lab, language, setting, terminal } = options;
    this.samples = { client: new Samples(SAMPLE_WORDS[language]), server: new Samples(SAMPLE_WORDS[language]) };
    this.column = Math.floor((terminal.width - TIME - 2 * RAIL.length) / 2);
    const { left, right } = sideNames(lab, setting, language);
    this.row('', [left], [right], terminal.colors.bold);
  }

  /** Packets that have entered the line so far. */
  get packets(): number {
    return this.sentSoFar;
  }

  moment({ at, changes }: Moment): void {
    const words = variablesText(changes);
    if (words !== '') this.tell(this.options.lab.glass, at, words, this.options.terminal.colors.magenta);
  }

  states(role: Role, states: readonly EndState[], at: Micros): void {
    for (const words of this.samples[role].changes(states)) this.tell(role, at, words, (text) => text);
  }

  called(role: Role, call: SocketCall, result: CallResult, at: Micros): void {
    const words = callText(call, result);
    if (words !== '') this.tell(role, at, words, this.options.terminal.colors.cyan);
  }

  sent({ from, at, octets, fate }: Sent): void {
    this.settle();
    this.sentSoFar++;
    const view = this.reader.read(octets);
    if (view?.protocol !== 'TCP') return;
    this.time(at);
    const { flags, seq, ack, length, window } = view;
    const words = `${flags.join(',')} seq ${seq}${ack === undefined ? '' : ` ack ${ack}`}${length > 0 ? ` len ${length}` : ''} win ${window}`;
    this.arrow(words, from === this.options.lab.glass, fate);
  }

  say(key: string, values: Values): void {
    const sentence = this.options.text.says[key];
    if (sentence === undefined) return;
    this.settle();
    const { terminal: { colors: c, width } } = this.options;
    for (const runs of wrap([{ text: fill(sentence, values), paint: c.bold }], width - TIME - RAIL.length)) this.line('', `${RAIL}${paintRuns(runs)}`);
  }

  figure(figure: Figure): void {
    this.settle();
    const { text, terminal, write } = this.options;
    const told = text.figures?.[figure.key];
    if (told !== undefined) write(`\n${drawFigure(figure, told, terminal)}\n`);
  }

  met(): void {
    // All of them are listed below.
  }

  pace(): Promise<void> {
    this.settle();
    return hearSignals();
  }

  finish(): void {
    this.settle();
  }

  private tell(role: Role, at: Micros, words: string, paint: Paint): void {
    this.time(at);
    this.news[role].push({ words, paint });
  }

  private time(at: Micros): void {
    this.start ??= at;
    if (at > this.at && this.news.client.length + this.news.server.length > 0) this.settle();
    this.at = Math.max(this.at, at);
  }

  /** What both ends have to tell, side by side. */
  private settle(): void {
    const { glass } = this.options.lab;
    const sides = [glass, otherRole(glass)].map((role) => this.news[role].splice(0).flatMap(({ words, paint }) => wrap([{ text: words, paint }], this.column).map(paintRuns)));
    const [left, right] = sides;
    if (left.length + right.length > 0) this.row(this.clock(), left, right, (text) => text);
  }

  private clock(): string {
    const time = formatTime(this.at - (this.start ?? this.at), TIME - 1);
    const shown = time === this.lastTime ? '' : time;
    this.lastTime = time;
    return shown;
  }

  private row(time: string, left: readonly string[], right: readonly string[], paint: Paint): void {
    const rows = Math.max(left.length, right.length);
    for (let i = 0; i < rows; i++) this.line(i === 0 ? time : '', `${RAIL}${padTo(paint(left[i] ?? ''), this.column)}${RAIL}${paint(right[i] ?? '')}`);
  }

  private arrow(words: string, outward: boolean, fate: Sent['fate']): void {
    const { terminal: { colors: c } } = this.options;
    const width = 2 * this.column + RAIL.length - 2;
    const told = ` ${words}${fate === undefined ? '' : ` (${FATE_NAMES[this.options.language][fate]})`} `;
    const shaft = '─'.repeat(Math.max(2, Math.floor((width - widthOf(told)) / 2)));
    const drawn = outward ? `${shaft}${told}${shaft}►` : `◄${shaft}${told}${shaft}`;
    const paint = fate === 'lost' || fate === 'corrupted' ? c.red : fate === undefined ? c.green : c.yellow;
    this.line(this.clock(), `${RAIL}${paint(drawn)}`);
  }

  private line(time: string, words: string): void {
    this.options.write(`${this.options.terminal.colors.dim(time.padStart(TIME - 1))}${words.trimEnd()}\n`);
  }
}
