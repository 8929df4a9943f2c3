/** A lab on the screen: the ladder of the host that is glasstcp, what the play says, and each thing that had to be seen. */
import type { Lab, LabText } from '../../labs/lab.js';
import type { Role } from '../../labs/ends/end.js';
import type { Sent } from '../../labs/line.js';
import type { Setting, Spectator } from '../../labs/run.js';
import type { Figure } from '../../labs/figure.js';
import type { Values } from '../../labs/stage/stage.js';
import { fill, type Language } from '../../labs/text/language.js';
import type { LinkFate, Moment } from '../../trace/moment.js';
import { Ladder } from '../ladder.js';
import type { Terminal } from '../terminal.js';
import { drawFigure } from './draw-figure.js';

const FATES = { lost: 'lost', duplicated: 'duplicated', corrupted: 'corrupted', delayed: 'delayed', held: 'delayed', injected: 'injected' } as const;

const WORDS = {
  en: { client: 'client', server: 'server', kernel: 'Linux kernel', side: (role: string, name: string): string => `${role} (${name})` },
  zh: { client: '客户端', server: '服务器', kernel: 'Linux 内核', side: (role: string, name: string): string => `${role}（${name}）` },
} as const satisfies Record<Language, unknown>;

export interface LadderSpectatorOptions {
  readonly lab: Lab;
  readonly text: LabText;
  readonly language: Language;
  readonly setting: Setting;
  readonly terminal: Terminal;
  readonly write: (text: string) => void;
  readonly verbose: boolean;
  /** Waits between turns, for people who read slowly or press keys. */
  readonly pace?: () => Promise<void>;
}

export class LadderSpectator implements Spectator {
  private readonly ladder: Ladder;

  constructor(private readonly options: LadderSpectatorOptions) {
    const { lab, language, setting, terminal, write, verbose } = options;
    const words = WORDS[language];
    const other: Role = lab.glass === 'client' ? 'server' : 'client';
    const otherName = setting === 'kernel' ? words.kernel : 'glasstcp';
    const left = words.side(words[lab.glass], 'glasstcp');
    this.ladder = new Ladder({ left, right: words.side(words[other], otherName), terminal, write, verbose, language, soon: () => undefined });
  }

  moment(moment: Moment): void {
    this.ladder.moment(moment);
  }

  sent({ from, at, octets, fate, label }: Sent): void {
    if (fate === undefined) return;
    const { lab, text } = this.options;
    // An accident is labelled in words, or by the key of a sentence that the lab has in every language.
    const told: LinkFate = { at, direction: from === lab.glass ? 'out' : 'in', bytes: octets, what: FATES[fate], label: text.says[label] ?? label };
    this.ladder.fate(told);
  }

  states(): void {
    // The ladder shows the states of the host that is glasstcp, which its moments tell.
  }

  say(key: string, values: Values): void {
    const sentence = this.options.text.says[key];
    if (sentence !== undefined) this.ladder.note(fill(sentence, values));
  }

  figure(figure: Figure): void {
    const { text, terminal, write } = this.options;
    const told = text.figures?.[figure.key];
    this.ladder.flush();
    if (told !== undefined) write(`\n${drawFigure(figure, told, terminal)}\n`);
  }

  met(): void {
    // All of them are listed below the ladder.
  }

  async pace(): Promise<void> {
    this.ladder.flush();
    await this.options.pace?.();
  }

  finish(): void {
    this.ladder.finish();
  }
}
