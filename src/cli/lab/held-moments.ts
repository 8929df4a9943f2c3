/**
 * A segment is decided on before it enters the line. Its moment, and all that comes after it, waits here until it does, so that
 * whoever watches can be asked or told something first, and learns of its fate on the line together with it.
 */
import type { Moment } from '../../trace/moment.js';

interface Held {
  /** The segment to be sent; undefined for what only keeps its place behind one. */
  readonly segment: Moment | undefined;
  readonly tell: () => void;
}

export class HeldMoments {
  private held: Held[] = [];

  constructor(private readonly tell: (moment: Moment) => void) {}

  /** Told at once, unless it is a segment to be sent or comes behind one. */
  add(moment: Moment): void {
    this.held.push({ segment: moment.direction === 'out' ? moment : undefined, tell: () => this.tell(moment) });
    this.drain();
  }

  /** Does anything else in its turn: at once when no segment waits. */
  then(act: () => void): void {
    this.held.push({ segment: undefined, tell: act });
    this.drain();
  }

  /** The moment of a packet that is about to enter the line; undefined = nothing is known of it. What came before it has been told then. */
  find(octets: Uint8Array): Moment | undefined {
    const at = this.held.findIndex(({ segment }) => segment !== undefined && isOf(segment, octets));
    for (const { tell } of this.held.splice(0, Math.max(0, at))) tell();
    return at < 0 ? undefined : this.held[0].segment;
  }

  /** The packet enters the line. What comes behind it waits for drain(). */
  release(octets: Uint8Array): void {
    if (this.find(octets) !== undefined) this.held.shift()?.tell();
  }

  /** Tells what comes before the next segment. */
  drain(): void {
    while (this.held.length > 0 && this.held[0].segment === undefined) this.held.shift()?.tell();
  }

  /** What has not entered the line never will. */
  forget(): void {
    this.held = [];
  }

  /** Tells all. */
  finish(): void {
    for (const { tell } of this.held.splice(0)) tell();
  }
}

function isOf({ bytes }: Moment, octets: Uint8Array): boolean {
  return bytes?.length === octets.length && bytes.every((octet, i) => octet === octets[i]);
}
