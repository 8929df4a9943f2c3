/** What an onlooker saw, for programs: one JSON object per packet. The shape is in docs/captures.md. */
import type { Overlooked, Sighting } from '../../observe/sighting.js';
import type { Micros } from '../../util/units.js';
import { explanation } from '../json-events.js';
import { plainWords } from './plain-words.js';

/** One line, its line end included. @param start µs since 1970 of the first packet: `at` counts from there. */
export function sightingJson(sighting: Sighting, start: Micros): string {
  const { number, at, stream, from, left, right, view, checksum, verdicts, states } = sighting;
  return jsonLine({
    type: 'segment', at: since(at, start), number, stream, from, left, right, segment: view, checksum,
    what: plainWords(sighting), verdicts: verdicts.map(explanation), states,
  });
}

/** A packet that is no readable segment of TCP. */
export const overlookedJson = ({ number, at, why }: Overlooked, start: Micros): string => jsonLine({ type: 'other', at: since(at, start), number, why });

export const jsonLine = (value: Readonly<Record<string, unknown>>): string => `${JSON.stringify(value)}\n`;

/** µs, with three decimals at most. */
export const since = (at: Micros, start: Micros): number => Math.round((at - start) * 1_000) / 1_000;
