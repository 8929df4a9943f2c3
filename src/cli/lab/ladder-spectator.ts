/** A lab on the screen: the ladder of the host that is glasstcp, what the play says, and whoever is asked before each segment. */
import type { Sent } from '../../labs/line.js';
import type { Spectator } from '../../labs/run.js';
import type { Figure } from '../../labs/figure.js';
import type { Values } from '../../labs/stage/stage.js';
import { fill } from '../../labs/text/language.js';
import type { Narrator } from '../../labs/narrators/narrator.js';
import type { Outgoing } from '../../labs/world.js';
import type { Audience, Moment } from '../../trace/moment.js';
import { Ladder } from '../ladder.js';
import { drawFigure } from './draw-figure.js';
import { hearSignals, type OnScreen } from './on-screen.js';
import { LineTeller } from './line-teller.js';
import { Narration } from './narration.js';
import { Foreword, type Pacer } from './pacer.js';
import { sideNames } from './side-names.js';

export interface LadderSpectatorOptions extends OnScreen {
  readonly verbose: boolean;
  /** Asked before each segment, in virtual time. */
  readonly pacer?: Pacer | undefined;
  readonly narrator?: Narrator | undefined;
  /** Told what the ladder is told: a capture. */
  readonly others?: readonly Audience[];
}

export class LadderSpectator implements Spectator {
  readonly about: Spectator['about'];
  readonly opposite: Spectator['opposite'];
  private readonly ladder: Ladder;
  private readonly teller: LineTeller;
  private shown = 0;

  constructor(private readonly options: LadderSpectatorOptions) {
    const { lab, text, language, setting, terminal, write, verbose, pacer, narrator, others = [] } = options;
    this.ladder = new Ladder({ ...sideNames(lab, setting, language), terminal, write, verbose, language, soon: () => undefined, everySegment: pacer?.everySegment ?? false });
    const narration = narrator === undefined ? [] : [new Narration({ narrator, glass: lab.glass, aside: (spoken) => this.ladder.aside(spoken) })];
    this.teller = new LineTeller({ lab, text, audiences: [this.ladder, ...narration, ...others], announced: pacer !== undefined });
    if (pacer === undefined) return;
    const foreword = new Foreword(lab.glass, this.teller.held);
    this.opposite = (moment) => foreword.opposite(moment);
    this.about = (packet) => this.announce(packet, foreword, pacer);
  }

  moment(moment: Moment): void {
    this.teller.moment(moment);
  }

  sent(sent: Sent): void {
    this.teller.sent(sent);
    this.shown++;
  }

  states(): void {
    // The ladder shows the states of the host that is glasstcp, which its moments tell.
  }

  /** Packets that have entered the line so far. */
  get packets(): number {
    return this.shown;
  }

  say(key: string, values: Values): void {
    const sentence = this.options.text.says[key];
    // Behind the segments that came before it and wait for the line.
    if (sentence !== undefined) this.teller.held.then(() => this.ladder.note(fill(sentence, values)));
  }

  figure(figure: Figure): void {
    const { text, terminal, write } = this.options;
    const told = text.figures?.[figure.key];
    this.teller.held.then(() => {
      this.ladder.rest();
      if (told !== undefined) write(`\n${drawFigure(figure, told, terminal)}\n`);
    });
  }

  met(): void {
    // All of them are listed below the ladder.
  }

  pace(): Promise<void> {
    this.teller.settle();
    return hearSignals();
  }

  /** @param left the play was not played to its end: what was about to be sent is not */
  finish(left = false): void {
    if (left) this.teller.held.forget();
    this.teller.settle();
    this.ladder.finish();
  }

  private async announce(packet: Outgoing, foreword: Foreword, pacer: Pacer): Promise<void> {
    const announced = foreword.of(packet);
    this.ladder.flush();
    await pacer.about(announced);
    if (packet.injected) this.teller.arrive();
  }
}

