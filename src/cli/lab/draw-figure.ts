/** A lab's figures in a terminal: tables by cli-table3, plots in characters. */
import Table from 'cli-table3';
import { plot } from 'simple-ascii-chart';
import { type Figure, type FigureText, type Plot, type Table as TableFigure, wordIn } from '../../labs/figure.js';
import type { Terminal } from '../terminal.js';

const PLOT_HEIGHT = 14;
/** Columns left of a plot for the numbers of its axis. */
const AXIS = 14;
const MARKS = ['●', '○', '▲', '△', '■', '□'] as const;

/** Title and figure, without a newline at the end. */
export function drawFigure(figure: Figure, text: FigureText, terminal: Terminal): string {
  const title = terminal.colors.bold(text.title);
  return `${title}\n${figure.kind === 'table' ? drawTable(figure, text) : drawPlot(figure, text, terminal)}`;
}

function drawTable({ columns, rows }: TableFigure, text: FigureText): string {
  const table = new Table({ head: columns.map((column) => wordIn(text, column)), style: { head: [], border: [], compact: true } });
  for (const row of rows) table.push(row.map((cell) => wordIn(text, cell)));
  return table.toString();
}

function drawPlot({ x, y, style, series }: Plot, text: FigureText, { width }: Terminal): string {
  const legend = { series: series.map(({ name }, i) => `${MARKS[i % MARKS.length]} ${wordIn(text, name)}`) };
  const lines = series.map(({ points }) => points.map(([px, py]): [number, number] => [px, py]));
  const drawn = plot(lines, {
    width: Math.max(20, Math.min(width, 100) - AXIS), height: PLOT_HEIGHT, xLabel: wordIn(text, x), yLabel: wordIn(text, y), mode: style === 'points' ? 'point' : 'line',
    ...(series.length > 1 ? { legend: { position: 'bottom' as const, ...legend } } : {}),
  });
  return drawn.trimEnd();
}
