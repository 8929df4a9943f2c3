/** What two recordings differ in, one difference at a time, without a judgement. */
import type { Duration } from '../util/units.js';
import { type Row, kindOf, sameTime } from './align.js';
import type { SentEntry, SentSegment, SharedEntry } from './recording.js';

/** A property of a segment that can differ; 'time': when it was sent; 'isn': how ISNs follow each other. */
export type Field = 'flags' | 'psh' | 'seq' | 'ack' | 'length' | 'window' | 'urgent' | 'options' | 'echo' | 'ttl' | 'tos' | 'time' | 'isn' | 'checksum';

export type Divergence = (
  | { readonly what: 'only glasstcp'; readonly glasstcp: SentEntry; readonly kernel?: undefined }
  | { readonly what: 'only kernel'; readonly kernel: SentEntry; readonly glasstcp?: undefined }
  | { readonly what: 'field'; readonly field: Field; readonly glasstcp: SentEntry; readonly kernel: SentEntry; readonly values: readonly [string, string] }
  | { readonly what: 'result'; readonly glasstcp: SharedEntry; readonly kernel: SharedEntry }
) & {
  /** Index of the row. */
  readonly row: number;
  /** The event of the script that came last before it; undefined at the very beginning. */
  readonly after: SharedEntry | undefined;
};

export function divergencesOf(rows: readonly Row[]): Divergence[] {
  const found: Divergence[] = [];
  let after: SharedEntry | undefined;
  rows.forEach((row, index) => {
    if (row.kind === 'event') {
      after = row.glasstcp;
      if (row.glasstcp.result !== row.kernel.result) found.push({ what: 'result', glasstcp: row.glasstcp, kernel: row.kernel, row: index, after });
      return;
    }
    const { glasstcp, kernel } = row;
    if (glasstcp !== undefined && kernel !== undefined) {
      for (const [field, ours, theirs] of fields(glasstcp, kernel, after?.at ?? 0)) {
        found.push({ what: 'field', field, glasstcp, kernel, values: [ours, theirs], row: index, after });
      }
    } else if (glasstcp !== undefined) {
      found.push({ what: 'only glasstcp', glasstcp, row: index, after });
    } else if (kernel !== undefined) {
      found.push({ what: 'only kernel', kernel, row: index, after });
    }
  });
  return [...found, ...numbering(rows)];
}

type Difference = readonly [Field, string, string];

const bits = (flags: string): string => flags.replace('P', '');
const seconds = (time: Duration): string => `${(time / 1e6).toFixed(3)} s`;

function fields(a: SentEntry, b: SentEntry, since: Duration): Difference[] {
  const found: Difference[] = [];
  const differ = (field: Field, ours: string | number | undefined, theirs: string | number | undefined): void => {
    if (ours !== theirs) found.push([field, String(ours ?? 'none'), String(theirs ?? 'none')]);
  };
  if (!sameTime(a, b, a.at - since, b.at - since)) differ('time', seconds(a.at), seconds(b.at));
  const [p, q] = [a.packet, b.packet];
  if (p.protocol !== 'tcp' || q.protocol !== 'tcp') return found;
  differ('flags', bits(p.flags), bits(q.flags));
  if (bits(p.flags) === bits(q.flags)) differ('psh', p.flags, q.flags);
  differ('seq', p.seq, q.seq);
  differ('length', p.length, q.length);
  differ('ack', p.ack, q.ack);
  differ('window', p.window, q.window);
  differ('urgent', p.urgent, q.urgent);
  differ('options', p.options.join(','), q.options.join(','));
  differ('echo', p.echo, q.echo);
  differ('ttl', p.ttl, q.ttl);
  differ('tos', p.tos, q.tos);
  // The kernel leaves its checksums to the card, which here is a TUN.
  if (!p.checksumOk) differ('checksum', 'wrong', 'right');
  return found;
}

/** ISNs are secrets and never the same; how they advance from one connection to the next between the same sockets can be compared. */
function numbering(rows: readonly Row[]): Divergence[] {
  const pairs = rows.flatMap((row, index) => (row.kind === 'sent' && begins(row.glasstcp) && begins(row.kernel) ? [{ row, index }] : []));
  const last = pairs[pairs.length - 1];
  if (last?.row.glasstcp === undefined || last.row.kernel === undefined) return [];
  const [ours, theirs] = [advance(pairs.map((p) => p.row.glasstcp)), advance(pairs.map((p) => p.row.kernel))];
  if (ours === undefined || theirs === undefined || ours === theirs) return [];
  return [{ what: 'field', field: 'isn', glasstcp: last.row.glasstcp, kernel: last.row.kernel, values: [ours, theirs], row: last.index, after: undefined }];
}

const begins = (entry: SentEntry | undefined): boolean => entry !== undefined && kindOf(entry.packet) === 'syn-ack';

/** 'one every 4 µs': the clock behind a row of ISNs; undefined for fewer than five different ones between the same sockets. */
export function advance(entries: readonly (SentEntry | undefined)[]): string | undefined {
  const first = entries[0]?.packet;
  if (first?.protocol !== 'tcp') return undefined;
  const same = entries.filter((e): e is SentEntry & { packet: SentSegment } => e?.packet.protocol === 'tcp' && e.packet.conversation === first.conversation);
  if (new Set(same.map((e) => e.packet.isn)).size < 5) return undefined;
  const steps = same.slice(1).map((entry, i) => (((entry.packet.isn ?? 0) - (same[i].packet.isn ?? 0)) >>> 0) / (entry.at - same[i].at)).sort((x, y) => x - y);
  const middle = steps[steps.length >> 1];
  const spread = steps[steps.length - 1] / steps[0];
  if (!(spread < 1.5)) return 'no clock: they jump';
  const nanoseconds = 1000 / middle;
  return nanoseconds >= 900 ? `one every ${(nanoseconds / 1000).toFixed(1)} µs` : `one every ${Math.round(nanoseconds)} ns`;
}
