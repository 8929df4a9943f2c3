/**
 * Brings a packet and what the link did to it together, so that each is told once. A packet we sent and its fate come
 * right after one another, in either order; a packet sent to us that was lost or damaged never arrives, so its fate
 * stands alone; one that was duplicated or delayed is told when it arrives.
 */
import type { LinkFate, Moment } from './moment.js';

/** At least one of the two. */
export interface Told {
  readonly moment: Moment | undefined;
  readonly fate: LinkFate | undefined;
}

/** Fates that wait for their packet; a packet may come late, or never. */
const MAX_WAITING = 64;

export class Pairing {
  /** The last segment sent, while its fate may still follow. */
  private sent: Moment | undefined;
  /** The fate of a segment sent whose moment is still to follow. */
  private early: LinkFate | undefined;
  /** Fates of packets on their way to us. */
  private readonly waiting: LinkFate[] = [];

  constructor(private readonly tell: (told: Told) => void) {}

  moment(moment: Moment): void {
    this.tellSent();
    if (moment.direction !== 'out') return this.tell({ moment, fate: this.arrived(moment) });
    const early = this.early;
    if (early !== undefined && same(early, moment)) {
      this.early = undefined;
      return this.tell({ moment, fate: early });
    }
    this.tellEarly();
    this.sent = moment;
  }

  fate(fate: LinkFate): void {
    const sent = this.sent;
    if (sent !== undefined && same(fate, sent)) {
      this.sent = undefined;
      return this.tell({ moment: sent, fate });
    }
    this.flush();
    if (fate.direction === 'out') this.early = fate;
    else if (fate.what === 'lost' || fate.what === 'corrupted') this.tell({ moment: undefined, fate });
    else this.wait(fate);
  }

  /** Tells what was sent and has not been told. Fates of packets on their way to us go on waiting. */
  flush(): void {
    this.tellSent();
    this.tellEarly();
  }

  /** Tells everything: nothing more will come. */
  finish(): void {
    this.flush();
    for (const fate of this.waiting.splice(0)) this.tell({ moment: undefined, fate });
  }

  private tellSent(): void {
    const moment = this.sent;
    this.sent = undefined;
    if (moment !== undefined) this.tell({ moment, fate: undefined });
  }

  private tellEarly(): void {
    const fate = this.early;
    this.early = undefined;
    if (fate !== undefined) this.tell({ moment: undefined, fate });
  }

  private wait(fate: LinkFate): void {
    this.waiting.push(fate);
    if (this.waiting.length <= MAX_WAITING) return;
    this.tell({ moment: undefined, fate: this.waiting.shift() });
  }

  /** The fate that waited for this packet, if one did. */
  private arrived(moment: Moment): LinkFate | undefined {
    const i = this.waiting.findIndex((fate) => same(fate, moment));
    return i < 0 ? undefined : this.waiting.splice(i, 1)[0];
  }
}

function same(fate: LinkFate, { direction, bytes }: Moment): boolean {
  if (fate.direction !== direction || bytes === undefined || fate.bytes.length !== bytes.length) return false;
  for (let i = 0; i < bytes.length; i++) if (fate.bytes[i] !== bytes[i]) return false;
  return true;
}
