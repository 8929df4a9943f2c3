/** Watches a lab for `prove`: which segments passed before each thing that had to be seen. */
import type { Spectator } from '../../labs/run.js';
import type { Sent } from '../../labs/line.js';
import type { Values } from '../../labs/stage/stage.js';
import type { Moment } from '../../trace/moment.js';

/** A must that was seen, with the segments since the one before it: indices into those of the report. */
export interface Mark {
  readonly key: string;
  readonly values: Values;
  readonly from: number;
  /** Not included. */
  readonly to: number;
}

/** Who is told of packets and their reasons besides: a capture, a ladder. */
export interface Companion {
  moment(moment: Moment): void;
  sent(sent: Sent): void;
  /** The end of a turn. */
  settle(): void;
}

export class EvidenceRecorder implements Spectator {
  readonly marks: Mark[] = [];
  private seen: readonly unknown[] = [];

  constructor(private readonly companion: Companion | undefined) {}

  begin(record: { readonly seen: readonly unknown[] }): void {
    this.seen = record.seen;
  }

  moment(moment: Moment): void {
    this.companion?.moment(moment);
  }

  sent(sent: Sent): void {
    this.companion?.sent(sent);
  }

  met(key: string, values: Values): void {
    this.marks.push({ key, values, from: this.marks.at(-1)?.to ?? 0, to: this.seen.length });
  }

  states(): void {
    // The states are what the sentences of the lab say.
  }

  say(): void {
    // `lab run` tells the story; here only what it proves counts.
  }

  figure(): void {
    // Figures are in the lab's result.
  }

  pace(): Promise<void> {
    this.companion?.settle();
    return Promise.resolve();
  }
}
