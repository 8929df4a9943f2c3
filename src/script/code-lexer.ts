/** Cuts the inside of %{ … }% into tokens, as Python does: line ends count, except in parentheses and behind a backslash. */
import { endOfLine } from './lexer.js';
import { quoted, unescaped, type Source } from './source.js';

export interface CodeToken {
  readonly kind: 'number' | 'string' | 'name' | 'mark' | 'line' | 'end';
  /** As written; of a line end '\n' or ';'. */
  readonly text: string;
  /** Of a string. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const BLANK = /[ \t\r\f\v]+/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER = /0[xX][0-9a-fA-F]+|(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?/y;
const MARK = /\*\*=?|\/\/=?|<<=?|>>=?|->|:=|[-+*/%&|^<>=!@]=|[-+*/%&|^~<>=!@()[\]{},.:;]/y;

export class CodeLexer {
  /** Parentheses open at `at`. */
  private parentheses = 0;
  private ahead: CodeToken | undefined;
  private last = 0;

  /** @param start of the code, behind %{ @param end where }% stands */
  constructor(readonly source: Source, private at: number, private readonly end: number) {
    this.last = at;
  }

  peek(): CodeToken {
    this.source.steps++;
    this.ahead ??= this.read();
    return this.ahead;
  }

  next(): CodeToken {
    const token = this.peek();
    this.ahead = undefined;
    this.last = token.end;
    return token;
  }

  /** Where the token taken last ends. */
  get behind(): number {
    return this.last;
  }

  is(text: string): boolean {
    const token = this.peek();
    return token.text === text && (token.kind === 'mark' || token.kind === 'name');
  }

  accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.next();
    return true;
  }

  unexpected(wanted: string, mend = ''): Error {
    const token = this.peek();
    const found = token.kind === 'end' || token.text === '\n' ? `the end of the ${token.kind === 'end' ? 'code' : 'line'}` : quoted(token.text);
    return this.source.error(token.start, `expected ${wanted}, but found ${found}`, mend);
  }

  private read(): CodeToken {
    const { source } = this;
    const blanksFrom = this.at;
    this.skipBlanks();
    const start = this.at;
    source.steps += start - blanksFrom + 1;
    if (start >= this.end) return this.token('end', start);
    const c = source.text[start];
    if (c === '\n') return this.token('line', ++this.at);
    if (c === '"' || c === '\'') return this.string(c);
    if (this.match(NAME)) return this.name(start);
    if (this.match(NUMBER)) return this.number(start);
    if (!this.match(MARK)) throw source.error(start, `${quoted(String.fromCodePoint(source.text.codePointAt(start) ?? 0))} means nothing in code`);
    const text = source.text.slice(start, this.at);
    if (text === '(') this.parentheses++;
    if (text === ')') this.parentheses--;
    return this.token(text === ';' ? 'line' : 'mark', this.at, start);
  }

  private token(kind: CodeToken['kind'], end: number, start = kind === 'line' ? end - 1 : end, value = ''): CodeToken {
    this.source.steps += end - start;
    return { kind, text: this.source.text.slice(start, end), value, start, end };
  }

  private match(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.source.text) || pattern.lastIndex > this.end) return false;
    this.at = pattern.lastIndex;
    return true;
  }

  private skipBlanks(): void {
    const { text } = this.source;
    while (this.at < this.end) {
      const c = text[this.at];
      if (c === '#') this.at = Math.min(this.end, endOfLine(text, this.at));
      else if (c === '\n' && this.parentheses > 0) this.at++;
      else if (c === '\\') this.at = this.continued(this.at);
      else if (!this.match(BLANK)) return;
    }
  }

  /** Behind a backslash and its line end. */
  private continued(from: number): number {
    const { text } = this.source;
    const behind = text[from + 1] === '\r' ? from + 2 : from + 1;
    if (text[behind] !== '\n') throw this.source.error(from, 'a backslash continues a line, so nothing may follow it');
    return behind + 1;
  }

  private name(start: number): CodeToken {
    const quote = this.source.text[this.at];
    if ((quote === '"' || quote === '\'') && this.at < this.end) throw this.source.error(start, 'not supported in code: strings with a prefix (f"…")', 'write the string without it');
    return this.token('name', this.at, start);
  }

  private number(start: number): CodeToken {
    const text = this.source.text.slice(start, this.at);
    if (/[A-Za-z0-9_]/.test(this.source.text[this.at] ?? '') && this.at < this.end) throw this.source.error(start, 'this is not a number of the supported forms', '10, 0x0a, 1.5, 1e6');
    if (/^0[0-9]/.test(text) && /^[0-9]+$/.test(text) && Number(text) !== 0) throw this.source.error(start, 'a whole number may not begin with 0', 'octal is not supported; write 0x… or decimal');
    if (!Number.isFinite(Number(text))) throw this.source.error(start, 'the number is too large');
    return this.token('number', this.at, start);
  }

  private string(quote: string): CodeToken {
    const { source } = this;
    const start = this.at;
    if (source.text.startsWith(quote.repeat(3), start)) throw source.error(start, 'not supported in code: strings in triple quotes', `write ${quote} once`);
    let end = start + 1;
    while (end < this.end && source.text[end] !== quote && source.text[end] !== '\n') end += source.text[end] === '\\' ? 2 : 1;
    if (end >= this.end || source.text[end] !== quote) throw source.error(start, 'the string is not closed', `close it with ${quote} on the same line`);
    this.at = end + 1;
    return this.token('string', this.at, start, unescaped(source, start + 1, end));
  }
}
