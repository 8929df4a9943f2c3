/** What the place we print to can show: width, colours, rewriting of a line. Text is measured by display width. */
import pc from 'picocolors';
import stringWidth from 'string-width';

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

/** Fills lines of at most `width` columns, breaking at spaces, and inside a word only when it is wider than a line. */
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
    const words = whole === true && stringWidth(text) <= width ? [text] : text.split(/\s+/);
    for (const word of words.flatMap((w) => chop(w, width))) {
      const gap = used === 0 ? 0 : 1;
      const columns = stringWidth(word);
      if (used > 0 && used + gap + columns > width) breakLine();
      const spaced = used === 0 ? word : ` ${word}`;
      const last = line[line.length - 1];
      if (last?.paint === paint) line[line.length - 1] = { text: last.text + spaced, paint };
      else line.push({ text: spaced, paint });
      used += stringWidth(spaced);
    }
  }
  if (line.length > 0) lines.push(line);
  return lines;
}

/** A word in pieces that fit; none for the empty word. */
function chop(word: string, width: number): string[] {
  if (stringWidth(word) <= width) return word === '' ? [] : [word];
  const pieces: string[] = [];
  let piece = '';
  for (const char of word) {
    if (stringWidth(piece + char) > width) {
      pieces.push(piece);
      piece = '';
    }
    piece += char;
  }
  return [...pieces, piece];
}

export const paintRuns = (runs: readonly Run[]): string => runs.map((r) => r.paint(r.text)).join('');

export const widthOf = (text: string): number => stringWidth(text);

/** Text followed by spaces up to so many columns. Escape sequences take none. */
export const padTo = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - stringWidth(text)));
