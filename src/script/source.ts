/** A script's text while it is parsed: positions, errors and the count of steps (which tests bound by the text's length). */
import type { Position } from './ast.js';
import { ScriptError } from './errors.js';

export class Source {
  /** Characters passed over and tokens looked at. */
  steps = 0;
  /** Offset of each line's first character. */
  private readonly lines: readonly number[];

  constructor(readonly text: string, readonly file: string) {
    const lines = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.push(at + 1);
    this.lines = lines;
  }

  position(offset: number): Position {
    let low = 0;
    let high = this.lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.lines[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - this.lines[low] + 1 };
  }

  /** To be thrown. */
  error(offset: number, message: string, mend = ''): ScriptError {
    return new ScriptError(this.position(offset), message, mend, this);
  }
}

/** As messages name what somebody wrote: cut short, on one line. */
export function quoted(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return `'${line.length > 40 ? `${line.slice(0, 39)}…` : line}'`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\', '"': '"', '\'': '\'', a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', 0: '\0', '\n': '',
};

/**
 * What the inside of a string literal stands for.
 * @param start where the inside begins
 */
export function unescaped(source: Source, start: number, end: number): string {
  const { text } = source;
  let value = '';
  let from = start;
  for (let at = text.indexOf('\\', start); at >= 0 && at < end; at = text.indexOf('\\', from)) {
    value += text.slice(from, at);
    const letter = text[at + 1];
    if (letter === 'x') {
      const digits = text.slice(at + 2, Math.min(at + 4, end));
      if (!/^[0-9a-fA-F]{2}$/.test(digits)) throw source.error(at, '\\x wants two hexadecimal digits', 'write \\x00 … \\xff');
      value += String.fromCharCode(parseInt(digits, 16));
      from = at + 4;
      continue;
    }
    if (!Object.hasOwn(ESCAPES, letter) || (letter === '0' && /[0-9]/.test(text[at + 2]))) throw source.error(at, `unknown escape ${quoted(`\\${letter}`)} in a string`, 'known are \\\\ \\" \\\' \\0 \\a \\b \\f \\n \\r \\t \\v \\xHH');
    value += ESCAPES[letter];
    from = at + 2;
  }
  return value + text.slice(from, end);
}

/** A string literal that stands for the value. */
export function escaped(value: string): string {
  const named: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  return `"${Array.from(value, (c) => named[c] ?? (c < ' ' || c === '\x7f' ? `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}` : c)).join('')}"`;
}
