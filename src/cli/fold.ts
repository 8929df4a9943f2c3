/** What the ladder does not draw: a bulk transfer is hundreds of segments that say nothing new. They are counted instead. */
import { formatDuration } from '../trace/explain.js';
import type { Moment } from '../trace/moment.js';
import type { SegmentView } from '../observe/segment-view.js';
import type { Micros } from '../util/units.js';

export interface Entry {
  readonly moment: Moment;
  readonly view: SegmentView | undefined;
}

/** Fewer than this are drawn after all: "1 more segment" takes as much room as the segment. */
const WORTH_FOLDING = 3;

/** Rules that nearly every segment involves: they make no kind of its own. */
const COMMON: ReadonlySet<string> = new Set(['ack-new', 'rtt-sample', 'window-update', 'window-stale', 'text-delivered', 'ack-delayed', 'checksum-offloaded']);

/**
 * What kind of everyday thing this is: plain data, a bare ACK or a decision, with the rules involved. undefined for what
 * is always drawn: anything that moves a state, breaks or opens a connection, or is sent again.
 */
export function everydayKind({ moment, view }: Entry): string | undefined {
  if (moment.states.length > 0) return undefined;
  const rules = [moment.reason, ...moment.decisions].map((e) => e?.rule.name ?? '');
  const key = `${moment.conn} ${moment.after} ${[...new Set(rules)].filter((name) => !COMMON.has(name)).sort().join(' ')}`;
  if (moment.kind === 'event') return `decision ${key}`;
  if (view?.protocol !== 'TCP' || view.again) return undefined;
  if (view.flags.some((f) => f !== 'ACK' && f !== 'PSH')) return undefined;
  return `${moment.direction} ${view.length > 0 ? 'data' : 'ack'} ${key}`;
}

/** Of one kind as far as the sentence goes: towards the right side of the ladder, towards the left, or a decision. */
export type Sort = 'data out' | 'data in' | 'ack out' | 'ack in' | 'decision';

/** Something everyday, and what the sentence needs of it. */
export interface Everyday<T> {
  readonly entry: T;
  readonly at: Micros;
  readonly sort: Sort;
  /** Of text. */
  readonly octets: number;
}

/** A moment as the fold takes it. */
export function everyday(entry: Entry): Everyday<Entry> {
  const { moment: { at, direction }, view } = entry;
  const octets = view?.protocol === 'TCP' ? view.length : 0;
  return { entry, at, octets, sort: direction === undefined ? 'decision' : `${octets > 0 ? 'data' : 'ack'} ${direction}` };
}

export class Fold<T> {
  private kept: T[] = [];
  private readonly counts = new Map<Sort, number>();
  private octets = 0;
  private total = 0;
  private first = 0;
  private last = 0;

  /** @param out what the sentence calls the direction from the left side to the right one; @param back the other */
  constructor(private readonly out = ' out', private readonly back = ' in') {}

  add({ entry, at, sort, octets }: Everyday<T>): void {
    if (this.total === 0) this.first = at;
    this.last = at;
    this.total++;
    if (this.kept.length < WORTH_FOLDING) this.kept.push(entry);
    this.counts.set(sort, (this.counts.get(sort) ?? 0) + 1);
    this.octets += octets;
  }

  get isEmpty(): boolean {
    return this.total === 0;
  }

  /** Instant of the first thing folded away. */
  get at(): Micros {
    return this.first;
  }

  /** Instant of the last one. */
  get until(): Micros {
    return this.last;
  }

  /** Empties the fold: into the few entries that are worth drawing after all, or one sentence; always into it, if so asked. */
  take(alwaysCounted = false): T[] | string {
    const { kept, total } = this;
    const few = total < WORTH_FOLDING && !alwaysCounted;
    const sentence = few ? '' : this.sentence();
    this.kept = [];
    this.counts.clear();
    this.octets = 0;
    this.total = 0;
    return few ? kept : sentence;
  }

  /** "… 118 more data segments out, 59 acks in (170,864 octets, 12.4 ms) …" */
  private sentence(): string {
    const { out, back } = this;
    const parts = [
      this.part('data out', 'more data segment', out),
      this.part('data in', 'more data segment', back),
      this.part('ack out', 'ack', out),
      this.part('ack in', 'ack', back),
      this.part('decision', 'decision', ''),
    ].filter((p) => p !== '');
    const size = this.octets > 0 ? `${this.octets.toLocaleString('en')} octets, ` : '';
    return `… ${parts.join(', ')} (${size}${formatDuration(this.last - this.first)}) …`;
  }

  private part(sort: Sort, noun: string, where: string): string {
    const n = this.counts.get(sort) ?? 0;
    return n === 0 ? '' : `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}${where}`;
  }
}
