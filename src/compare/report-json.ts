/** Comparisons as JSON: the rows with both sides, the findings with what they explain. */
import type { Comparison, Finding } from './compare.js';
import type { Divergence } from './divergences.js';
import { tally } from './tally.js';

/** @param kernel 'Linux 6.18.44' @param version of glasstcp */
export function jsonReport(comparisons: readonly Comparison[], kernel: string, version: string): string {
  const scenarios = comparisons.map(({ scenario, verdict, failure, ignored, rows, findings }) => ({
    name: scenario.name, title: scenario.title, shows: scenario.shows, topics: scenario.topics, verdict, ...(failure === undefined ? {} : { failure }), ignored,
    findings: findings.map(findingOf), rows,
  }));
  return `${JSON.stringify({ glasstcp: version, kernel, verdicts: tally(comparisons), scenarios }, null, 2)}\n`;
}

function findingOf({ verdict, explanation, divergences }: Finding): object {
  return { verdict, ...(explanation === undefined ? {} : { explanation }), divergences: divergences.map(divergenceOf) };
}

const divergenceOf = (d: Divergence): object => ({ row: d.row, what: d.what, ...(d.what === 'field' ? { field: d.field, glasstcp: d.values[0], kernel: d.values[1] } : {}) });
