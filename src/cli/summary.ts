/** Tables for the end of a run: given rows, drawn to the width of the terminal. */
import Table from 'cli-table3';
import { type Terminal, widthOf } from './terminal.js';

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
  for (const row of rows) table.push(Array.from({ length: columns }, (_, i) => ({ content: cellText(row[i]), hAlign: isNumber(row[i]) ? 'right' : 'left' })));
  return `${title === undefined ? '' : `${colors.bold(title)}\n`}${table.toString()}\n`;
}

/** A number, or lines of nothing but numbers. */
const isNumber = (cell: Cell | undefined): boolean => typeof cell === 'number' || /^[\d,]+(\n[\d,]+)*$/.test(cell ?? '');

const cellText = (cell: Cell | undefined): string => (typeof cell === 'number' ? cell.toLocaleString('en') : cell ?? '');

/** Would it be drawn without breaking its cells' lines? */
export function fits({ head, rows }: TableContent, width: number): boolean {
  const columns = Math.max(head?.length ?? 0, ...rows.map((r) => r.length));
  return naturalWidths(columns, head, rows).reduce((sum, n) => sum + n, columns + 1) <= width;
}

const naturalWidths = (columns: number, head: readonly string[] | undefined, rows: TableContent['rows']): number[] =>
  Array.from({ length: columns }, (_, i) => 2 + Math.max(columnsOf(head?.[i] ?? ''), ...rows.map((r) => columnsOf(cellText(r[i])))));

/** A cell's widest line. */
const columnsOf = (text: string): number => Math.max(...text.split('\n').map(widthOf));

/** Column widths and word wrap, only when the table would be wider than the terminal. */
function fitted(columns: number, head: readonly string[] | undefined, rows: TableContent['rows'], width: number): { colWidths?: number[]; wordWrap?: true } {
  const natural = naturalWidths(columns, head, rows);
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
