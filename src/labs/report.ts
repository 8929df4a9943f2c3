/** What came of a lab as plain data, for other processes, for JSON and for pages. */
import type { Role } from './ends/end.js';
import type { Figure } from './figure.js';
import type { LabResult, Setting } from './run.js';
import type { Seen } from './stage/seen.js';
import type { Values } from './stage/stage.js';

export interface SeenLine {
  /** µs since the first segment. */
  readonly at: number;
  readonly from: Role;
  readonly flags: string;
  /** Relative, as everywhere. */
  readonly seq: number;
  readonly ack: number | null;
  readonly length: number;
  readonly window: number;
  readonly fate: string | null;
  /** µs since the first segment; empty = it never arrived. */
  readonly arrived: readonly number[];
}

export interface LabReport {
  readonly id: string;
  readonly setting: Setting;
  readonly passed: boolean;
  readonly failure: { readonly key: string; readonly instead: string } | null;
  readonly met: readonly { readonly key: string; readonly values: Values }[];
  readonly figures: readonly Figure[];
  readonly segments: readonly SeenLine[];
  /** µs in the lab's own time. */
  readonly lasted: number;
}

export function reportOf({ lab, setting, passed, failure, met, figures, stage }: LabResult): LabReport {
  const start = stage.seen[0]?.at ?? 0;
  return { id: lab.id, setting, passed, failure, met, figures, segments: stage.seen.map((seen) => lineOf(seen, start)), lasted: stage.now() - start };
}

const lineOf = ({ at, from, flags, view, fate, arrivals }: Seen, start: number): SeenLine => ({
  at: Math.round(at - start), from, flags, seq: view.seq, ack: view.ack ?? null, length: view.length, window: view.window, fate: fate ?? null, arrived: arrivals.map((arrival) => Math.round(arrival - start)),
});

/** A lab that could not be played at all. */
export const unplayed = (id: string, setting: Setting, why: string): LabReport => ({
  id, setting, passed: false, failure: { key: '', instead: why }, met: [], figures: [], segments: [], lasted: 0,
});

