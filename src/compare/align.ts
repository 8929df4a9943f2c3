/**
 * Two recordings side by side: the script's events are in both, and between them what each subject sent is paired so that the
 * cheapest explanation wins (dynamic programming over what a segment is, its numbers, and when it came).
 */
import { MILLISECOND, type Duration } from '../util/units.js';
import type { Entry, Recording, SentEntry, SentPacket, SharedEntry } from './recording.js';

/** One line of the comparison. */
export type Row =
  | { readonly kind: 'event'; readonly at: Duration; readonly glasstcp: SharedEntry; readonly kernel: SharedEntry }
  | { readonly kind: 'sent'; readonly at: Duration; readonly glasstcp: SentEntry | undefined; readonly kernel: SentEntry | undefined };

/** A real clock is off by so much: scheduling, and the kernel's timer ticks. */
const JITTER: Duration = 15 * MILLISECOND;
/** Timers of a kernel are coarse in proportion to their length. */
const COARSENESS = 0.14;

/** A packet with the time since the last event of the script before it, which is what its timer counted from, or nearly so. */
interface Placed {
  readonly entry: SentEntry;
  readonly since: Duration;
  /** Index of that event. */
  readonly after: number;
}

/** May the difference be the clocks' own? */
export function sameTime(a: SentEntry, b: SentEntry, sinceA: Duration, sinceB: Duration): boolean {
  return Math.abs(a.at - b.at) <= tolerance(sinceA, sinceB);
}

const tolerance = (a: Duration, b: Duration): Duration => Math.max(JITTER, COARSENESS * Math.max(a, b));

function placed(entries: readonly Entry[]): Placed[] {
  const sent: Placed[] = [];
  let last: Duration = 0;
  let after = -1;
  for (const entry of entries) {
    if (entry.kind !== 'sent') {
      last = entry.at;
      after = entry.index;
    } else {
      sent.push({ entry, since: Math.max(0, entry.at - last), after });
    }
  }
  return sent;
}

/** What a segment is, in one word: pairs of different kinds are rarely pairs. */
export function kindOf(packet: SentPacket): string {
  if (packet.protocol !== 'tcp') return packet.protocol;
  const { flags, length } = packet;
  if (flags.includes('R')) return 'reset';
  if (flags.includes('S')) return flags.includes('.') ? 'syn-ack' : 'syn';
  if (flags.includes('F')) return 'fin';
  return length > 0 ? 'data' : 'ack';
}

const ALONE = 1;
/** More than two that stand alone: never. */
const NEVER = 10;

function cost(a: Placed, b: Placed): number {
  const [p, q] = [a.entry.packet, b.entry.packet];
  if (p.protocol !== 'tcp' || q.protocol !== 'tcp') return p.protocol === q.protocol && sameTime(a.entry, b.entry, a.since, b.since) ? 0 : NEVER;
  if (p.conversation !== q.conversation) return NEVER;
  const near = sameTime(a.entry, b.entry, a.since, b.since);
  const kinds = kindOf(p) === kindOf(q) ? 0 : 1.3;
  const numbers = (p.seq === q.seq ? 0 : 0.5) + (p.length === q.length ? 0 : 0.4) + (p.ack === q.ack ? 0 : 0.4);
  const rest = (p.flags === q.flags ? 0 : 0.1) + (p.options.join() === q.options.join() ? 0 : 0.1) + (p.window === q.window ? 0 : 0.05);
  const off = Math.abs(a.entry.at - b.entry.at);
  const time = near ? off / 1e12 : 0.4 + 0.5 * Math.min(1, off / (tolerance(a.since, b.since) * 20)) + 0.25 * Math.min(4, Math.abs(a.after - b.after));
  return kinds + numbers + rest + time;
}

type Pair = readonly [Placed | undefined, Placed | undefined];

function pair(left: readonly Placed[], right: readonly Placed[]): Pair[] {
  const width = right.length + 1;
  const best = new Float64Array((left.length + 1) * width);
  for (let i = left.length; i >= 0; i--) {
    for (let j = right.length; j >= 0; j--) {
      if (i === left.length && j === right.length) continue;
      let least = Infinity;
      if (i < left.length) least = best[(i + 1) * width + j] + ALONE;
      if (j < right.length) least = Math.min(least, best[i * width + j + 1] + ALONE);
      if (i < left.length && j < right.length) least = Math.min(least, best[(i + 1) * width + j + 1] + cost(left[i], right[j]));
      best[i * width + j] = least;
    }
  }
  const pairs: Pair[] = [];
  for (let i = 0, j = 0; i < left.length || j < right.length;) {
    const here = best[i * width + j];
    if (i < left.length && j < right.length && here === best[(i + 1) * width + j + 1] + cost(left[i], right[j])) pairs.push([left[i++], right[j++]]);
    else if (i < left.length && here === best[(i + 1) * width + j] + ALONE) pairs.push([left[i++], undefined]);
    else pairs.push([undefined, right[j++]]);
  }
  return inTime(pairs);
}

/** Entries that stand alone between two pairs, of either side, in the order in which they came. */
function inTime(pairs: readonly Pair[]): Pair[] {
  const sorted: Pair[] = [];
  let alone: Pair[] = [];
  const flush = (): void => {
    sorted.push(...alone.sort((a, b) => atOf(a) - atOf(b)));
    alone = [];
  };
  for (const entry of pairs) {
    if (entry[0] !== undefined && entry[1] !== undefined) {
      flush();
      sorted.push(entry);
    } else {
      alone.push(entry);
    }
  }
  flush();
  return sorted;
}

const atOf = ([g, k]: Pair): Duration => Math.min(g?.entry.at ?? Infinity, k?.entry.at ?? Infinity);

/** @param glasstcp and kernel: recordings of the same scenario */
export function align(glasstcp: Recording, kernel: Recording): Row[] {
  const pairs = pair(placed(glasstcp.entries), placed(kernel.entries));
  const ours = glasstcp.entries.filter((e) => e.kind !== 'sent');
  const theirs = kernel.entries.filter((e) => e.kind !== 'sent');
  const rows: Row[] = [];
  let next = 0;
  const event = (index: number): void => {
    const [g, k] = [ours[index], theirs[index]];
    if (g !== undefined && k !== undefined) rows.push({ kind: 'event', at: g.at, glasstcp: g, kernel: k });
  };
  for (const [g, k] of pairs) {
    // A pair stands after the events that came before both; one that the two disagree about, before the later of them.
    const after = Math.min(g?.after ?? Infinity, k?.after ?? Infinity);
    while (next < ours.length && ours[next].index <= after) event(next++);
    rows.push({ kind: 'sent', at: Math.min(g?.entry.at ?? Infinity, k?.entry.at ?? Infinity), glasstcp: g?.entry, kernel: k?.entry });
  }
  while (next < ours.length) event(next++);
  return rows;
}
