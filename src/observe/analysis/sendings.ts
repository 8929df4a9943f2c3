/**
 * When what is not acknowledged was first sent, in which frame, and how often since: records in the order of their
 * sequence numbers that do not overlap. Bounded by its own limit and by an allowance that all conversations share.
 */
import { type Seq, seqGt, seqLeq } from '../../util/seq.js';
import type { Micros } from '../../util/units.js';

/** Records that each may have, whatever others take. */
const FEWEST = 16;
/** Most conversations are short, and arrays are not cheap to make: so many at first. */
const FIRST = 4;
const MOST = 4096;
/** Records that a segment sent again may mark: one that spans more is an oddity, and each costs time. */
const MOST_MARKED = 64;

/** Room for records that conversations may take beyond the few that each may have. */
export class Allowance {
  constructor(private left = 1 << 20) {}

  take(records: number): boolean {
    if (records > this.left) return false;
    this.left -= records;
    return true;
  }

  giveBack(records: number): void {
    this.left += records;
  }
}

/** What is known of one sending. Lent until the next call. */
export interface Sending {
  start: Seq;
  end: Seq;
  /** Of the first transmission. */
  at: Micros;
  frame: number;
  /** Of the last one. */
  lastAt: Micros;
  /** Transmissions so far. */
  times: number;
}

/** A record's fields lie beside each other, so that there is one array to make, move and grow. */
const START = 0;
const END = 1;
const AT = 2;
const FRAME = 3;
const LAST_AT = 4;
const TIMES = 5;
const FIELDS = 6;

const NONE = new Float64Array(0);

export class Sendings {
  private cells = NONE;
  /** Records are [head, tail). */
  private head = 0;
  private tail = 0;
  private readonly lent: Sending = { start: 0 as Seq, end: 0 as Seq, at: 0, frame: 0, lastAt: 0, times: 0 };

  constructor(private readonly allowance: Allowance) {}

  get size(): number {
    return this.tail - this.head;
  }

  /** Remembers a first transmission of [start, end), which overlaps none that is remembered. */
  add(start: Seq, end: Seq, at: Micros, frame: number): void {
    if (this.tail === this.capacity) this.makeRoom();
    let i = this.tail;
    if (i > this.head && seqGt(this.start(i - 1), start)) {
      i = this.firstEndingAfter(start);
      this.cells.copyWithin((i + 1) * FIELDS, i * FIELDS, this.tail * FIELDS);
    }
    this.tail++;
    const { cells } = this;
    const cell = i * FIELDS;
    cells[cell + START] = start;
    cells[cell + END] = end;
    cells[cell + AT] = at;
    cells[cell + FRAME] = frame;
    cells[cell + LAST_AT] = at;
    cells[cell + TIMES] = 1;
  }

  /** The record that a number lies in. */
  find(number: Seq): Readonly<Sending> | undefined {
    const i = this.firstEndingAfter(number);
    return i < this.tail && seqLeq(this.start(i), number) ? this.lend(i) : undefined;
  }

  /** The record with the highest numbers of those that end at or before an acknowledgement. */
  lastBefore(ack: Seq): Readonly<Sending> | undefined {
    const i = this.firstEndingAfter(ack) - 1;
    return i >= this.head ? this.lend(i) : undefined;
  }

  /** [from, to) was sent again. */
  mark(from: Seq, to: Seq, at: Micros): void {
    const first = this.firstEndingAfter(from);
    for (let i = first; i < this.tail && i < first + MOST_MARKED && seqGt(to, this.start(i)); i++) {
      this.cells[i * FIELDS + LAST_AT] = at;
      this.cells[i * FIELDS + TIMES]++;
    }
  }

  forgetBefore(ack: Seq): void {
    if (this.head === this.tail || seqGt(this.end(this.head), ack)) return;
    this.head = this.firstEndingAfter(ack);
    if (this.head === this.tail) this.forgetAll();
  }

  /** Gives back what was taken of the allowance, records and all. */
  forgetAll(): void {
    this.head = 0;
    this.tail = 0;
    if (this.capacity <= FEWEST) return;
    this.allowance.giveBack(this.capacity - FEWEST);
    this.cells = NONE;
  }

  private get capacity(): number {
    return this.cells.length / FIELDS;
  }

  private start(i: number): Seq {
    return this.cells[i * FIELDS + START] as Seq;
  }

  private end(i: number): Seq {
    return this.cells[i * FIELDS + END] as Seq;
  }

  private firstEndingAfter(number: Seq): number {
    let low = this.head;
    let high = this.tail;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (seqGt(this.end(middle), number)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  private lend(i: number): Sending {
    const { lent, cells } = this;
    const cell = i * FIELDS;
    lent.start = cells[cell + START] as Seq;
    lent.end = cells[cell + END] as Seq;
    lent.at = cells[cell + AT];
    lent.frame = cells[cell + FRAME];
    lent.lastAt = cells[cell + LAST_AT];
    lent.times = cells[cell + TIMES];
    return lent;
  }

  /** Moves the records to the front, in a larger array where that is allowed; else the oldest quarter is forgotten. */
  private makeRoom(): void {
    const { capacity } = this;
    const crowded = this.head <= capacity / 2;
    const grows = crowded && capacity < MOST && (capacity < FEWEST || this.allowance.take(capacity));
    if (crowded && !grows) this.head = Math.max(this.head, capacity / 4);
    this.move(grows ? Math.max(FIRST, 2 * capacity) : capacity);
  }

  private move(capacity: number): void {
    const { head, tail } = this;
    if (capacity === this.capacity) {
      this.cells.copyWithin(0, head * FIELDS, tail * FIELDS);
    } else {
      const cells = new Float64Array(capacity * FIELDS);
      cells.set(this.cells.subarray(head * FIELDS, tail * FIELDS));
      this.cells = cells;
    }
    this.tail = tail - head;
    this.head = 0;
  }
}
