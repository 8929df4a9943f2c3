/** What the place we print to can show: width, colours, rewriting of a line. Text is measured by display width. */
import pc from 'picocolors';
import stringWidth from 'string-width';
import { type Piece, piecesOf } from './line-breaks.js';

export type Paint = (text: string) => string;
export type Colors = ReturnType<typeof pc.createColors>;

export interface Terminal {
  /** Columns, MIN_WIDTH … MAX_WIDTH. */
  readonly width: number;
  readonly colors: Colors;
  /** A line can be rewritten: a person watches, not a pipe. */
  readonly live: boolean;
}

export const MIN_WIDTH = 60;
export const MAX_WIDTH = 200;
const DEFAULT_WIDTH = 100;

/** Describes a stream: NO_COLOR and FORCE_COLOR as is customary, otherwise colours only on a terminal that is not "dumb". */
export function terminalOf(
  stream: { readonly isTTY?: boolean; readonly columns?: number },
  env: Readonly<Record<string, string | undefined>> = process.env,
): Terminal {
  const live = stream.isTTY === true && env['TERM'] !== 'dumb';
  const forced = (env['FORCE_COLOR'] ?? '') !== '' && env['FORCE_COLOR'] !== '0';
  return {
    width: clampWidth(stream.columns),
    colors: pc.createColors((env['NO_COLOR'] ?? '') === '' && (live || forced)),
    live,
  };
}

/** 0 and undefined (a pipe) give the default. */
export function clampWidth(columns: number | undefined): number {
  if (columns === undefined || columns <= 0) return DEFAULT_WIDTH;
  return Math.min(Math.max(columns, MIN_WIDTH), MAX_WIDTH);
}

/** A stretch of text in one colour. */
export interface Run {
  readonly text: string;
  readonly paint: Paint;
  /** Not broken at its spaces, where it fits into a line: a citation. */
  readonly whole?: boolean;
}

/** Fills lines of at most `width` columns, breaking where a language does, and inside a word only when it is wider than a line. */
export function wrap(runs: readonly Run[], width: number): Run[][] {
  const lines: Run[][] = [];
  let line: Run[] = [];
  let used = 0;
  const breakLine = (): void => {
    lines.push(line);
    line = [];
    used = 0;
  };
  for (const { text, paint, whole } of runs) {
    const pieces = whole === true && stringWidth(text) <= width ? [{ text, spaced: true }] : piecesOf(text);
    for (const { text: word, spaced } of pieces.flatMap((piece) => chop(piece, width))) {
      if (used > 0 && used + (spaced ? 1 : 0) + stringWidth(word) > width) breakLine();
      const shown = used > 0 && spaced ? ` ${word}` : word;
      const last = line[line.length - 1];
      if (last?.paint === paint) line[line.length - 1] = { text: last.text + shown, paint };
      else line.push({ text: shown, paint });
      used += stringWidth(shown);
    }
  }
  if (line.length > 0) lines.push(line);
  return lines;
}

/** A piece in pieces that fit. */
function chop(whole: Piece, width: number): Piece[] {
  if (stringWidth(whole.text) <= width) return [whole];
  const pieces: Piece[] = [];
  let text = '';
  for (const char of whole.text) {
    if (stringWidth(text + char) > width) {
      pieces.push({ text, spaced: whole.spaced && pieces.length === 0 });
      text = '';
    }
    text += char;
  }
  return [...pieces, { text, spaced: false }];
}

export const paintRuns = (runs: readonly Run[]): string => runs.map((r) => r.paint(r.text)).join('');

export const widthOf = (text: string): number => stringWidth(text);

/** Text followed by spaces up to so many columns. Escape sequences take none. */
export const padTo = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - stringWidth(text)));

/** Text after spaces, so many columns in all. */
export const padBefore = (text: string, columns: number): string => ' '.repeat(Math.max(0, columns - stringWidth(text))) + text;
