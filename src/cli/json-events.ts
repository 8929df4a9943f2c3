/** Everything the ladder shows, and more, for programs: one JSON object per line. The shape is in docs/json-events.md. */
import type { Audience, Explanation, LinkFate, Moment } from '../trace/moment.js';
import type { Micros } from '../util/units.js';
import { SegmentReader, type SegmentView } from '../observe/segment-view.js';

/** By which of the two events a segment was told. */
type Told = 'moment' | 'fate';

export class JsonEvents implements Audience {
  private readonly reader = new SegmentReader();
  private start: Micros | undefined;
  private last: { readonly told: Told; readonly bytes: Uint8Array; readonly view: SegmentView | null } | undefined;

  /** @param write takes one line, its line end included. */
  constructor(private readonly write: (line: string) => void) {}

  moment(moment: Moment): void {
    const { serial, conn, kind, direction, bytes, before, after, reason, decisions, states, changes } = moment;
    this.line({
      type: kind,
      at: this.since(moment.at),
      serial,
      connection: conn,
      direction,
      before: before === '' ? null : before,
      after: after === '' ? null : after,
      segment: this.segment(bytes, 'moment'),
      reason: explanation(reason),
      decisions: decisions.map(explanation),
      states: states.map(({ from, to, because }) => ({ from, to, because: explanation(because) ?? null })),
      changes: Object.fromEntries(changes.map(({ name, from, to }) => [name, [limit(from), limit(to)]])),
    });
  }

  fate({ at, direction, what, label, bytes }: LinkFate): void {
    this.line({ type: 'link', at: this.since(at), direction, what, label, segment: this.segment(bytes, 'fate') });
  }

  flush(): void {
    // Nothing is held back.
  }

  private since(at: Micros): number {
    this.start ??= at;
    return Math.round((at - this.start) * 1_000) / 1_000;
  }

  /** A packet and its fate on the link are two events about one segment: told twice, it has not been sent again. */
  private segment(bytes: Uint8Array | undefined, told: Told): SegmentView | null | undefined {
    if (bytes === undefined) return undefined;
    if (this.last !== undefined && this.last.told !== told && isSame(this.last.bytes, bytes)) return this.last.view;
    this.last = { told, bytes, view: this.reader.read(bytes) ?? null };
    return this.last.view;
  }

  private line(event: Readonly<Record<string, unknown>>): void {
    this.write(`${JSON.stringify(event)}\n`);
  }
}

const isSame = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((octet, i) => octet === b[i]);

/** An explanation as a value of JSON. */
export function explanation(e: Explanation | undefined): Record<string, unknown> | undefined {
  if (e === undefined) return undefined;
  const { rule: { name, cite, level }, numbers, text } = e;
  return { rule: name, cite, level, numbers: numbers.map(limit), text };
}

/** JSON has no infinity: null stands for "no limit". */
const limit = (n: number): number | null => (Number.isFinite(n) ? n : null);
