/**
 * The retransmission queue (RFC 9293 §3.4, §3.8.1): one record per segment sent and not yet acknowledged, in order of
 * sequence. Marks on the records say what is believed lost; `inFlight` is kept by increments (recount() checks it).
 */
import { type Seq, seqAdd, seqDiff, seqLeq, seqLt } from '../../util/seq.js';
import type { Micros } from '../../util/units.js';
import { PSH } from '../../wire/segment.js';

export class SentSegment {
  seq = 0 as Seq;
  /** SEG.LEN: text, SYN and FIN. */
  len = 0;
  /** SYN and FIN bits it carried. */
  control = 0;
  sentAt: Micros = 0;
  /** How often it was sent: 1 = never retransmitted (Karn's algorithm asks). */
  transmissions = 0;
  /** Believed lost, and not sent again since. */
  lost = false;
  /** A zero-window probe: beyond the window when it was sent. */
  probe = false;

  get end(): Seq {
    return seqAdd(this.seq, this.len);
  }
}

const FIRST_CAPACITY = 16;

export class RetransmitQueue {
  private ring: SentSegment[] = [];
  private head = 0;
  private size = 0;
  /** Octets of all records that are not marked lost. */
  inFlight = 0;
  /** Records marked lost. */
  lostCount = 0;
  /** Of the records taken off whole by the last `acknowledge`: when the latest and the first were last sent (-1 = none), any sent twice? */
  ackedSentAt: Micros = -1;
  ackedFirstSentAt: Micros = -1;
  ackedResent = false;
  /** Records ever taken off whole: segments that have arrived. */
  delivered = 0;

  get length(): number {
    return this.size;
  }

  /** The i-th record from the front; i must be below length. */
  at(i: number): SentSegment {
    return this.ring[(this.head + i) & (this.ring.length - 1)];
  }

  push(seq: Seq, len: number, control: number, now: Micros): SentSegment {
    if (this.size === this.ring.length) this.grow();
    const record = this.ring[(this.head + this.size) & (this.ring.length - 1)];
    this.size++;
    record.seq = seq;
    record.len = len;
    record.control = control;
    record.sentAt = now;
    record.transmissions = 1;
    record.lost = false;
    record.probe = false;
    this.inFlight += len;
    return record;
  }

  /** Takes off what una covers; a record covered in part is shortened. */
  acknowledge(una: Seq): void {
    this.ackedSentAt = -1;
    this.ackedFirstSentAt = -1;
    this.ackedResent = false;
    while (this.size > 0) {
      const record = this.at(0);
      if (seqLeq(record.end, una)) {
        if (record.lost) this.lostCount--;
        else this.inFlight -= record.len;
        if (record.transmissions > 1) this.ackedResent = true;
        if (record.sentAt > this.ackedSentAt) this.ackedSentAt = record.sentAt;
        if (this.ackedFirstSentAt < 0) this.ackedFirstSentAt = record.sentAt;
        this.head = (this.head + 1) & (this.ring.length - 1);
        this.size--;
        this.delivered++;
      } else {
        if (seqLt(record.seq, una)) this.shorten(record, una);
        break;
      }
    }
  }

  private shorten(record: SentSegment, una: Seq): void {
    const n = seqDiff(una, record.seq);
    record.seq = una;
    record.len -= n;
    if (!record.lost) this.inFlight -= n;
  }

  markLost(record: SentSegment): void {
    if (record.lost) return;
    record.lost = true;
    this.lostCount++;
    this.inFlight -= record.len;
  }

  markAllLost(): void {
    for (let i = 0; i < this.size; i++) this.markLost(this.at(i));
  }

  /** The record was just sent again. */
  resent(record: SentSegment, now: Micros): void {
    record.transmissions++;
    record.sentAt = now;
    if (!record.lost) return;
    record.lost = false;
    this.lostCount--;
    this.inFlight += record.len;
  }

  /** Index of the first record marked lost, -1 = none. */
  firstLost(): number {
    if (this.lostCount === 0) return -1;
    for (let i = 0; i < this.size; i++) if (this.at(i).lost) return i;
    return -1;
  }

  /** Cuts record i after len octets, so that each part fits a smaller MSS. FIN and PSH stay with the second part. */
  split(i: number, len: number, finBit: number): void {
    const last = this.push(0 as Seq, 0, 0, 0);
    for (let j = this.size - 1; j > i + 1; j--) this.ring[(this.head + j) & (this.ring.length - 1)] = this.at(j - 1);
    this.ring[(this.head + i + 1) & (this.ring.length - 1)] = last;
    const first = this.at(i);
    last.seq = seqAdd(first.seq, len);
    last.len = first.len - len;
    last.control = first.control & (finBit | PSH);
    last.sentAt = first.sentAt;
    last.transmissions = first.transmissions;
    last.lost = first.lost;
    if (first.lost) this.lostCount++;
    first.len = len;
    first.control &= ~(finBit | PSH);
  }

  clear(): void {
    this.ring = [];
    this.head = 0;
    this.size = 0;
    this.inFlight = 0;
    this.lostCount = 0;
  }

  /** inFlight counted afresh: the tests' oracle. */
  recount(): number {
    let octets = 0;
    for (let i = 0; i < this.size; i++) if (!this.at(i).lost) octets += this.at(i).len;
    return octets;
  }

  private grow(): void {
    const ring: SentSegment[] = [];
    for (let i = 0; i < this.size; i++) ring.push(this.at(i));
    const capacity = Math.max(FIRST_CAPACITY, 2 * this.size);
    while (ring.length < capacity) ring.push(new SentSegment());
    this.ring = ring;
    this.head = 0;
  }
}
