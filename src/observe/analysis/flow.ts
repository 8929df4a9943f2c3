/** What has been seen of one direction of a conversation: the last acknowledgement and window, what is outstanding, what was odd. */
import { type Seq, seqGt } from '../../util/seq.js';
import type { Micros } from '../../util/units.js';
import { Lane } from '../relative.js';
import { Passed } from './passed.js';
import { type Allowance, Sendings } from './sendings.js';

/** What the latest segment of a direction was, as far as the answer to it depends on that. */
export type Latest = 'ordinary' | 'keep-alive' | 'window-probe';

export class Flow {
  readonly lane = new Lane();
  readonly passed = new Passed();
  readonly sendings: Sendings;
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
  /** Duplicate ACKs in a row. */
  duplicates = 0;
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
