/** Tables for the end of a run: given rows, drawn to the width of the terminal. */
import Table from 'cli-table3';
import type { Terminal } from './terminal.js';

export type Cell = string | number;

export interface TableContent {
  readonly title?: string;
  readonly head?: readonly string[];
  /** Rows may be shorter than the head. */
  readonly rows: readonly (readonly Cell[])[];
  /** No lines between rows. */
  readonly compact?: boolean;
}

/** The table as text with a line end. Numbers stand to the right, grouped by thousands. */
export function renderTable({ title, head, rows, compact }: TableContent, { colors, width }: Pick<Terminal, 'colors' | 'width'>): string {
  const columns = Math.max(head?.length ?? 0, ...rows.map((r) => r.length));
  const table = new Table({
    head: head?.map((h) => colors.bold(h)) ?? [],
    // The library's own colours know nothing of NO_COLOR.
    style: { head: [], border: [], compact: compact === true },
    ...fitted(columns, head, rows, width),
  });
  for (const row of rows) table.push(Array.from({ length: columns }, (_, i) => ({ content: cellText(row[i]), hAlign: typeof row[i] === 'number' ? 'right' : 'left' })));
  return `${title === undefined ? '' : `${colors.bold(title)}\n`}${table.toString()}\n`;
}

const cellText = (cell: Cell | undefined): string => (typeof cell === 'number' ? cell.toLocaleString('en') : cell ?? '');

/** Column widths and word wrap, only when the table would be wider than the terminal. */
function fitted(columns: number, head: readonly string[] | undefined, rows: TableContent['rows'], width: number): { colWidths?: number[]; wordWrap?: true } {
  const natural = Array.from({ length: columns }, (_, i) => 2 + Math.max(head?.[i]?.length ?? 0, ...rows.map((r) => cellText(r[i]).length)));
  const room = width - columns - 1;
  let excess = natural.reduce((sum, n) => sum + n, 0) - room;
  if (excess <= 0) return {};
  const colWidths = [...natural];
  while (excess-- > 0) {
    const widest = colWidths.indexOf(Math.max(...colWidths));
    colWidths[widest] = Math.max(4, (colWidths[widest]) - 1);
  }
  return { colWidths, wordWrap: true };
}
