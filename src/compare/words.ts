/** Rows and divergences in words, for every report. */
import type { Comparison, Finding, Verdict } from './compare.js';
import type { Divergence } from './divergences.js';
import type { Row } from './align.js';

/** The worst verdict for each row that differs. */
export function rowVerdicts({ findings }: Pick<Comparison, 'findings'>): Map<number, { readonly finding: Finding; readonly divergence: Divergence }> {
  const order: readonly Verdict[] = ['both allowed', 'kernel violates', 'unexplained', 'glasstcp violates'];
  const found = new Map<number, { finding: Finding; divergence: Divergence }>();
  for (const finding of findings) {
    for (const divergence of finding.divergences) {
      const before = found.get(divergence.row);
      if (before === undefined || order.indexOf(finding.verdict) > order.indexOf(before.finding.verdict)) found.set(divergence.row, { finding, divergence });
    }
  }
  return found;
}

/** 'options', 'only the kernel sends it' */
export function whatDiffers(divergence: Divergence): string {
  switch (divergence.what) {
    case 'only glasstcp': return 'only glasstcp sends it';
    case 'only kernel': return 'only the kernel sends it';
    case 'result': return 'the result';
    case 'field': return divergence.field === 'isn' ? `ISN clock: ${divergence.values.join(' / ')}` : divergence.field;
  }
}

export const seconds = (micros: number): string => (micros / 1e6).toFixed(3);

/** Rows that prepare the scene: socket calls before the first packet that worked on both sides. */
export function withoutPrologue(rows: readonly Row[]): { readonly row: Row; readonly index: number }[] {
  const first = rows.findIndex((row) => row.kind === 'sent' || row.glasstcp.kind === 'in' || row.glasstcp.result !== row.kernel.result || /^(?:connect|write|send)/.test(row.glasstcp.text));
  return rows.map((row, index) => ({ row, index })).slice(Math.max(0, first));
}

/** A call with what came of it: the script's own "= …" is an expectation that nobody checked. */
export function callText(text: string, result: string): string {
  const call = text.replace(/\s=\s[^=]*$/, '');
  return result === '' ? call : `${call} = ${result}`;
}

const LEVELS = ['glasstcp violates', 'unexplained', 'kernel violates', 'both allowed'] as const;

/** Findings of many scenarios by their explanation, worst first. */
export function byExplanation(comparisons: readonly Comparison[]): { readonly finding: Finding; readonly scenarios: readonly string[] }[] {
  const groups = new Map<string, { finding: Finding; scenarios: string[] }>();
  for (const { scenario, findings } of comparisons) {
    for (const finding of findings) {
      const key = finding.explanation?.id ?? `unexplained in ${scenario.name}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { finding, scenarios: [scenario.name] });
      else group.scenarios.push(scenario.name);
    }
  }
  return [...groups.values()].sort((a, b) => LEVELS.indexOf(a.finding.verdict) - LEVELS.indexOf(b.finding.verdict) || b.scenarios.length - a.scenarios.length);
}
