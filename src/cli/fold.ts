/** What the ladder does not draw: a bulk transfer is hundreds of segments that say nothing new. They are counted instead. */
import { durationIn } from '../trace/explain.js';
import type { Language } from '../trace/language.js';
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

/** How the sentence is put together. */
export interface FoldWords {
  readonly language: Language;
  /** Between the parts, and between size and time. */
  readonly comma: string;
  readonly parts: Readonly<Record<Sort, (n: number) => string>>;
  readonly octets: (n: number) => string;
  readonly whole: (parts: string, size: string) => string;
}

/** In the order in which they are told. */
const SORTS: readonly Sort[] = ['data out', 'data in', 'ack out', 'ack in', 'decision'];

export class Fold<T> {
  private kept: T[] = [];
  private readonly counts = new Map<Sort, number>();
  private octets = 0;
  private total = 0;
  private first = 0;
  private last = 0;

  constructor(private readonly words: FoldWords) {}

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
    const { words } = this;
    const parts = SORTS.filter((sort) => this.counts.has(sort)).map((sort) => words.parts[sort](this.counts.get(sort) ?? 0));
    const size = this.octets > 0 ? `${words.octets(this.octets)}${words.comma}` : '';
    return words.whole(parts.join(words.comma), `${size}${durationIn(this.last - this.first, words.language)}`);
  }
}
