/** A lab's figures in a terminal: tables by cli-table3, plots in characters. */
import Table from 'cli-table3';
import { plot } from 'simple-ascii-chart';
import stringWidth from 'string-width';
import { type Figure, type FigureText, type Plot, type Table as TableFigure, wordIn } from '../../labs/figure.js';
import { paintRuns, type Terminal, wrap } from '../terminal.js';

/** A cell's border, and a blank on both sides. */
const FRAME = 3;
/** Where cells would be narrower than this, the blanks go first. */
const LEAST_CELL = 8;
const NARROWEST = 4;
const PLOT_HEIGHT = 14;
/** Columns left of a plot for the numbers of its axis. */
const AXIS = 14;
const MARKS = ['●', '○', '▲', '△', '■', '□'] as const;

/** Title and figure, without a newline at the end. */
export function drawFigure(figure: Figure, text: FigureText, terminal: Terminal): string {
  const title = wrap([{ text: text.title, paint: terminal.colors.bold }], terminal.width).map(paintRuns).join('\n');
  return `${title}\n${figure.kind === 'table' ? drawTable(figure, text, terminal) : drawPlot(figure, text, terminal)}`;
}

function drawTable({ columns, rows }: TableFigure, text: FigureText, { width }: Terminal): string {
  const lines = [columns, ...rows].map((row) => row.map((cell) => wordIn(text, cell)));
  const tight = 1 + columns.length * (FRAME + LEAST_CELL) > width;
  const widths = widthsWithin(columns.map((_, i) => Math.max(...lines.map((line) => stringWidth(line[i])))), width - 1 - columns.length * (tight ? 1 : FRAME));
  const [head, ...body] = lines.map((line) => line.map((cell, i) => broken(cell, widths[i])));
  const table = new Table({ head, style: { head: [], border: [], compact: true, ...(tight ? { 'padding-left': 0, 'padding-right': 0 } : {}) } });
  for (const line of body) table.push(line);
  return table.toString();
}

/** Widths of the cells of a table that would be too wide: the widest ones give way. */
function widthsWithin(natural: readonly number[], room: number): number[] {
  const widths = [...natural];
  const most = Math.max(room, widths.length * NARROWEST);
  for (let over = widths.reduce((sum, w) => sum + w, 0) - most; over > 0; over--) widths[widths.indexOf(Math.max(...widths))]--;
  return widths;
}

const broken = (cell: string, width: number): string =>
  stringWidth(cell) <= width ? cell : wrap([{ text: cell, paint: String }], width).map((runs) => runs.map((run) => run.text).join('')).join('\n');

function drawPlot({ x, y, style, series }: Plot, text: FigureText, { width }: Terminal): string {
  const legend = { series: series.map(({ name }, i) => `${MARKS[i % MARKS.length]} ${wordIn(text, name)}`) };
  const lines = series.map(({ points }) => points.map(([px, py]): [number, number] => [px, py]));
  const drawn = plot(lines, {
    width: Math.max(20, Math.min(width, 100) - AXIS), height: PLOT_HEIGHT, xLabel: wordIn(text, x), yLabel: wordIn(text, y), mode: style === 'points' ? 'point' : 'line',
    ...(series.length > 1 ? { legend: { position: 'bottom' as const, ...legend } } : {}),
  });
  // The legend's frame does not know that Chinese takes two columns a character.
  return drawn.split('\n').map((line) => line.trimEnd()).join('\n').trimEnd();
}
