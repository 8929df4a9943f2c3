/** The table of a comparison with tshark: captures × verdicts. */
import Table from 'cli-table3';
import type { Comparison } from '../compare-with-tshark.js';
import { FLAGS, type Flag } from './scene.js';

/** In each cell how often both say so, and behind a + how often only one does. */
export function comparisonTable(version: string, comparisons: ReadonlyMap<string, Comparison>): string {
  const all = [...comparisons.values()];
  const sum = (of: readonly Comparison[], count: (c: Comparison) => number): number => of.reduce((total, c) => total + count(c), 0);
  const cell = (of: readonly Comparison[], flag: Flag): string => {
    const both = sum(of, ({ agreed }) => agreed.get(flag) ?? 0);
    const one = sum(of, ({ disagreements }) => disagreements.filter(({ about }) => about === flag).length);
    return both + one === 0 ? '' : one === 0 ? String(both) : `${both}+${one}`;
  };
  const row = (name: string, of: readonly Comparison[]): string[] => [name, String(sum(of, ({ pairs }) => pairs.length)), ...FLAGS.map((flag) => cell(of, flag))];
  // Heads of one short word each line keep the table narrow.
  const table = new Table({ head: ['capture', 'frames', ...FLAGS.map((flag) => flag.replaceAll('_', '\n'))], style: { head: [], border: [], compact: true } });
  table.push(...[...comparisons].map(([name, c]) => row(name, [c])), row('all', all));
  return `glasstcp's verdicts beside those of tshark ${version} on captures of real conversations: frames of which both say so + frames of which one does\n${table.toString()}\n`;
}
