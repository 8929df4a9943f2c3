/** `lab run --narrator NAME`: what a narrator says of each segment of a handshake or a close, below it on the ladder. */
import { otherRole, type Role } from '../../labs/ends/end.js';
import { Cues } from '../../labs/narrators/cues.js';
import type { Cue, Narrator } from '../../labs/narrators/narrator.js';
import { fill } from '../../labs/text/language.js';
import { SegmentReader } from '../../observe/segment-view.js';
import type { Audience, LinkFate, Moment } from '../../trace/moment.js';
import { Pairing, type Told } from '../../trace/pairing.js';
import type { Direction } from '../../trace/tracer.js';

export interface NarrationOptions {
  readonly narrator: Narrator;
  readonly glass: Role;
  /** Says it on the ladder. */
  readonly aside: (text: string) => void;
}

/** A joke is told twice at most. */
const SAID_ENOUGH = 2;

export class Narration implements Audience {
  private readonly pairing = new Pairing((told) => this.hear(told));
  private readonly reader = new SegmentReader();
  private readonly cues = new Cues();
  private lastAckIsDue = false;
  private readonly said = new Map<string, number>();

  constructor(private readonly options: NarrationOptions) {}

  moment(moment: Moment): void {
    this.pairing.moment(moment);
  }

  fate(fate: LinkFate): void {
    this.pairing.fate(fate);
  }

  flush(): void {
    this.pairing.flush();
  }

  private hear({ moment, fate }: Told): void {
    const direction = moment?.direction ?? fate?.direction;
    const bytes = moment?.bytes ?? fate?.bytes;
    if (direction !== undefined && bytes !== undefined) this.hearSegment(bytes, this.roleOf(direction), fate);
    for (const { from, to } of moment?.states ?? []) {
      // The ACK of the FIN that led to it comes first.
      if (to === 'TIME-WAIT') this.lastAckIsDue = from !== 'CLOSING';
      if (from === 'TIME-WAIT') this.say('time-wait-over', this.options.glass);
      else if (to === 'TIME-WAIT' && !this.lastAckIsDue) this.say('time-wait', this.options.glass);
    }
    if (direction !== 'out' || !this.lastAckIsDue) return;
    this.lastAckIsDue = false;
    this.say('time-wait', this.options.glass);
  }

  private hearSegment(bytes: Uint8Array, from: Role, fate: LinkFate | undefined): void {
    const view = this.reader.read(bytes);
    if (view?.protocol !== 'TCP') return;
    if (fate?.what === 'injected') return this.say('injected', from);
    const cue = this.cues.of(from, view);
    if (cue === undefined) return;
    this.say(cue, from);
    if (fate?.what === 'lost') this.say('lost', from);
  }

  private roleOf(direction: Direction): Role {
    return direction === 'out' ? this.options.glass : otherRole(this.options.glass);
  }

  private say(cue: Cue, who: Role): void {
    const { narrator: { people, says, breaks }, aside } = this.options;
    const times = this.said.get(cue) ?? 0;
    this.said.set(cue, times + 1);
    const values = { who: people[who], other: people[otherRole(who)] };
    const sentence = says[cue];
    if (sentence !== undefined && times < SAID_ENOUGH) aside(fill(sentence, values));
    const broken = breaks[cue];
    if (broken !== undefined && times === 0) aside(fill(broken, values));
  }
}
