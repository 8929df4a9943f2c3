/** What has been seen of one direction of a conversation: the last acknowledgement and window, what is outstanding, what was odd. */
import { type Seq, seqGt } from '../../util/seq.js';
import type { Micros } from '../../util/units.js';
import { Lane } from '../relative.js';
import { Passed } from './passed.js';
import { RoundTrip } from './round-trip.js';
import { type Allowance, Sendings } from './sendings.js';

/** What the latest segment of a direction was, as far as the answer to it depends on that. */
export type Latest = 'ordinary' | 'keep-alive' | 'window-probe';

export class Flow {
  readonly lane = new Lane();
  readonly passed = new Passed();
  readonly sendings: Sendings;
  /** The number of the first segment that passed. */
  first: Seq | undefined;
  /** After the highest number that has passed; undefined until anything has. */
  next: Seq | undefined;
  /** When it got there, and in which frame. */
  nextAt: Micros = 0;
  nextFrame = 0;
  /** An octet sent into a closed window as a probe may count as sent, or not: the number after it. */
  probed: Seq | undefined;
  /** The latest acknowledgement number; undefined until there is one. */
  ack: Seq | undefined;
  ackAt: Micros = 0;
  /** The frame that duplicates of it repeat. */
  ackFrame = 0;
  /** The highest acknowledgement number; when, and in which frame, it was first said. */
  highestAck: Seq | undefined;
  highestAt: Micros = 0;
  highestFrame = 0;
  /** The window field of the latest segment; -1 until there is one. */
  window = -1;
  /** Duplicate ACKs since the number changed. */
  duplicates = 0;
  /** The highest edge of its SACK blocks that is not acknowledged. */
  sacked: Seq | undefined;
  /** It has sent a SYN,ACK. */
  synAcked = false;
  /** It takes SACK blocks, as its SYN said. */
  takesSack = false;
  /** Of what it sends. */
  readonly roundTrip = new RoundTrip();
  /** After the last octet that it ever offered to take; undefined where that is not known. */
  edge: Seq | undefined;
  /** The same of its latest segment. */
  latestEdge: Seq | undefined;
  /** Its checksums are left to a network card. */
  offloads = false;
  /** It has been said that nobody knows how its windows are scaled. */
  scalingDoubted = false;
  latest: Latest = 'ordinary';
  latestAt: Micros = 0;

  constructor(allowance: Allowance) {
    this.sendings = new Sendings(allowance);
  }

  /** Remembers that numbers up to here have passed. */
  reach(end: Seq, at: Micros, frame: number): void {
    if (this.next !== undefined && !seqGt(end, this.next)) return;
    this.next = end;
    this.nextAt = at;
    this.nextFrame = frame;
  }

  /** Octets that the latest window stood for; undefined when a SYN was not captured: the window may have been scaled. */
  offered(back: Flow): number | undefined {
    if (this.window < 0 || !this.lane.opened) return undefined;
    return this.lane.scaled(this.window, back.lane);
  }
}
