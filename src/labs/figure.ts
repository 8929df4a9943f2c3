/**
 * What a play has measured, to be looked at: a table or a plot. Words in it (columns, cells, names of series, axes) are keys of
 * `words` in the text of the figure, or stand for themselves where there is none: numbers, states, addresses.
 */

export type Cell = string | number;

export interface Table {
  readonly kind: 'table';
  /** The key of its text in `figures` of the lab's texts. */
  readonly key: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export type Point = readonly [x: number, y: number];

export interface Series {
  readonly name: string;
  readonly points: readonly Point[];
}

export interface Plot {
  readonly kind: 'plot';
  readonly key: string;
  /** What the axes are, with their units. */
  readonly x: string;
  readonly y: string;
  /** `points` do not belong together in an order; `steps` hold until the next one. */
  readonly style: 'line' | 'steps' | 'points';
  readonly series: readonly Series[];
}

export type Figure = Table | Plot;

/** A figure's text in one language. */
export interface FigureText {
  readonly title: string;
  readonly words: Readonly<Record<string, string>>;
}

/** All words that have to be in every language: what is no number. */
export const wordsOfFigure = (figure: Figure): readonly string[] =>
  figure.kind === 'table'
    ? [...figure.columns, ...figure.rows.flat().filter((cell): cell is string => typeof cell === 'string')]
    : [figure.x, figure.y, ...figure.series.map(({ name }) => name)];

/** A word of a figure in the language of its text. */
export const wordIn = (text: FigureText, word: Cell): string => (typeof word === 'string' && Object.hasOwn(text.words, word) ? text.words[word] : String(word));
