/** Cuts a script into tokens, one at a time, in a single pass. Blanks and comments (two slashes, slash-star, #) are passed over. */
import { quoted, type Source } from './source.js';

export type TokenKind =
  | 'integer' | 'hex' | 'float' | 'word' | 'string' | 'ellipsis' | 'end'
  /** In backticks. */
  | 'command'
  /** %{ … }% */
  | 'code'
  /** --name=value, whole */
  | 'option'
  /** One character: `text` says which. */
  | 'mark';

export interface Token {
  readonly kind: TokenKind;
  /** As written, delimiters included. */
  readonly text: string;
  /** Offset of the first character. */
  readonly start: number;
  /** Offset behind the last one. */
  readonly end: number;
}

const WORD = /[A-Za-z0-9_]+/y;
const FLOAT = /[0-9]*\.[0-9]+/y;
const OPTION_NAME = /--[A-Za-z0-9_]+/y;
const EQUALS = /[ \t]*=[ \t]*/y;
const BARE = /[^\s"`]+/y;

export class Lexer {
  private at = 0;
  /** Tokens read but not taken. */
  private ahead: Token[] = [];
  /** Taken since `mark()`. */
  private taken: Token[] = [];

  constructor(readonly source: Source) {}

  /** The next token but `skip`; it stays. */
  peek(skip = 0): Token {
    this.source.steps++;
    while (this.ahead.length <= skip) this.ahead.push(this.read());
    return this.ahead[skip];
  }

  next(): Token {
    const token = this.peek();
    this.ahead.shift();
    this.taken.push(token);
    return token;
  }

  /** Is the next token this mark or word? */
  is(text: string, skip = 0): boolean {
    const token = this.peek(skip);
    return token.text === text && (token.kind === 'mark' || token.kind === 'word');
  }

  /** Takes the next token if it is this mark or word. */
  accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.next();
    return true;
  }

  expect(text: string, where: string): Token {
    if (!this.is(text)) throw this.unexpected(`'${text}' ${where}`);
    return this.next();
  }

  /** The error that the next token is not what is wanted here. */
  unexpected(wanted: string, mend = ''): Error {
    return this.source.error(this.peek().start, `expected ${wanted}, but found ${described(this.peek())}`, mend);
  }

  /** The next token is an opening parenthesis: everything from there to the closing one on the same line, whatever it is. */
  takeNote(): string {
    const { source } = this;
    const open = this.next();
    this.ahead = [];
    const end = this.pastNote(open.end);
    if (source.text[end] !== ')') throw source.error(open.start, 'the note in parentheses is not closed', 'close it with ) on the same line');
    this.at = end + 1;
    this.taken.push({ kind: 'word', text: source.text.slice(open.end, this.at), start: open.end, end: this.at });
    return source.text.slice(open.end, end).trim().replace(/\s+/g, ' ');
  }

  private pastNote(from: number): number {
    let end = from;
    while (end < this.source.text.length && this.source.text[end] !== ')' && this.source.text[end] !== '\n') end++;
    this.source.steps += end - from;
    return end;
  }

  /** From here on `said()` counts. */
  mark(): void {
    this.taken = [];
  }

  /** The source of what was taken since `mark()`, on one line and without comments. */
  said(): string {
    let text = '';
    let end = -1;
    for (const token of this.taken) {
      text += (end === token.start || end < 0 ? '' : ' ') + oneLine(token.text);
      end = token.end;
    }
    return text;
  }

  private read(): Token {
    this.skipBlanks();
    const start = this.at;
    const kind = this.scan();
    this.source.steps += this.at - start + 1;
    return { kind, text: this.source.text.slice(start, this.at), start, end: this.at };
  }

  private skipBlanks(): void {
    const { source } = this;
    const { text } = source;
    const start = this.at;
    while (this.at < text.length) {
      if (text.startsWith('//', this.at) || text[this.at] === '#') this.at = endOfLine(text, this.at);
      else if (text.startsWith('/*', this.at)) this.at = this.endOfComment();
      else if (' \t\r\n\f\v\uFEFF'.includes(text[this.at])) this.at++;
      else break;
    }
    source.steps += this.at - start;
  }

  private endOfComment(): number {
    const close = this.source.text.indexOf('*/', this.at + 2);
    if (close < 0) throw this.source.error(this.at, 'the comment is not closed', 'close it with */');
    return close + 2;
  }

  /** Moves over the pattern if it stands here. */
  private match(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.source.text)) return false;
    this.at = pattern.lastIndex;
    return true;
  }

  private scan(): TokenKind {
    const { text } = this.source;
    if (this.at >= text.length) return 'end';
    switch (text[this.at]) {
      case '"': this.quote('string'); return 'string';
      case '`': this.quote('command'); return 'command';
      case '%': if (text[this.at + 1] === '{') return this.code(); break;
      case '-': if (this.match(OPTION_NAME)) return this.option(); break;
      case '.':
        if (text.startsWith('...', this.at)) {
          this.at += 3;
          return 'ellipsis';
        }
        break;
    }
    if (this.match(FLOAT)) return 'float';
    const start = this.at;
    if (this.match(WORD)) return numeral(text.slice(start, this.at));
    this.at += (text.codePointAt(this.at) ?? 0) > 0xffff ? 2 : 1;
    return 'mark';
  }

  /** Moves behind a string or command. A backslash takes the next character with it. */
  private quote(what: string): void {
    const { text } = this.source;
    const mark = text[this.at];
    let end = this.at + 1;
    while (end < text.length && text[end] !== mark) end += text[end] === '\\' ? 2 : 1;
    if (end >= text.length) throw this.source.error(this.at, `the ${what} is not closed`, `close it with ${mark}`);
    this.at = end + 1;
  }

  private code(): TokenKind {
    const close = this.source.text.indexOf('}%', this.at + 2);
    if (close < 0) throw this.source.error(this.at, 'the code is not closed', 'close it with }%');
    this.at = close + 2;
    return 'code';
  }

  /** Behind the name of an option line: takes its value, if it has one. */
  private option(): TokenKind {
    if (!this.match(EQUALS)) return 'option';
    const start = this.at;
    for (;;) {
      const next = this.source.text[this.at];
      if (next === '"' || next === '`') this.quote('option\'s value');
      else if (!this.match(BARE)) break;
    }
    if (this.at === start) throw this.source.error(start, 'the option has no value after =', 'write --name=value');
    return 'option';
  }
}

/** Runs of blanks with a line end in them become one blank. */
export const oneLine = (text: string): string => text.replace(/\s+/g, (blanks) => (blanks.includes('\n') ? ' ' : blanks));

/** Offset of the line's end, or of the text's. */
export function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function numeral(text: string): TokenKind {
  if (/^[0-9]+$/.test(text)) return 'integer';
  return /^0x[0-9a-fA-F]+$/.test(text) ? 'hex' : 'word';
}

/** As messages name a token. */
export function described(token: Token): string {
  switch (token.kind) {
    case 'end': return 'the end of the script';
    case 'command': return `the command ${quoted(token.text)}`;
    case 'code': return 'code (%{ … }%)';
    case 'option': return `the option line ${quoted(token.text)}`;
    default: return quoted(token.text);
  }
}
