/** Brings what the host that is glasstcp does, and what the line does to its packets, to audiences in the order in which a reader understands it. */
import type { Lab, LabText } from '../../labs/lab.js';
import type { Sent } from '../../labs/line.js';
import type { Audience, LinkFate, Moment } from '../../trace/moment.js';
import { HeldMoments } from './held-moments.js';

const FATES = { lost: 'lost', duplicated: 'duplicated', corrupted: 'corrupted', delayed: 'delayed', held: 'delayed', injected: 'injected' } as const;

export interface LineTellerOptions {
  readonly lab: Pick<Lab, 'glass'>;
  /** In whose words an accident is labelled. */
  readonly text: Pick<LabText, 'says'>;
  /** Told in this order, each time. */
  readonly audiences: readonly Audience[];
  /** Injected packets are announced by arrive(), too, and not told before. */
  readonly announced?: boolean;
}

export class LineTeller {
  readonly held: HeldMoments;
  private readonly injected: LinkFate[] = [];

  constructor(private readonly options: LineTellerOptions) {
    this.held = new HeldMoments((moment) => this.each((audience) => audience.moment(moment)));
  }

  moment(moment: Moment): void {
    this.held.add(moment);
  }

  sent(sent: Sent): void {
    if (sent.fate === 'injected' && this.options.announced === true) {
      this.injected.push(this.fateOf(sent, 'injected'));
      return;
    }
    if (sent.from === this.options.lab.glass && sent.fate !== 'injected') this.held.release(sent.octets);
    if (sent.fate !== undefined) this.tellFate(this.fateOf(sent, FATES[sent.fate]));
    this.flush();
    this.held.drain();
  }

  /** What has been injected arrives. */
  arrive(): void {
    for (const fate of this.injected.splice(0)) this.tellFate(fate);
    this.flush();
  }

  /** The end of a turn: nothing waits any more for the line. */
  settle(): void {
    this.held.finish();
    this.flush();
  }

  private flush(): void {
    this.each((audience) => audience.flush());
  }

  private tellFate(fate: LinkFate): void {
    this.each((audience) => audience.fate(fate));
  }

  private each(tell: (audience: Audience) => void): void {
    this.options.audiences.forEach(tell);
  }

  /** An accident is labelled in words, or by the key of a sentence that the lab has in every language. */
  private fateOf({ from, at, octets, label }: Sent, what: LinkFate['what']): LinkFate {
    const { lab, text } = this.options;
    return { at, direction: from === lab.glass ? 'out' : 'in', bytes: octets, what, label: text.says[label] ?? label };
  }
}
