/** What the parts of the parser share: the tokens, numbers within limits, and a bound on nesting and length of expressions. */
import type { Position } from './ast.js';
import type { Lexer, Token } from './lexer.js';
import { quoted, type Source } from './source.js';

/** Parentheses, brackets and braces inside each other, and signs in a row. */
export const NESTING_LIMIT = 100;
/** Operators in one expression: each makes the tree deeper. */
export const OPERATOR_LIMIT = 1000;

export const U8 = 0xff;
export const U16 = 0xffff;
export const U32 = 0xffff_ffff;

/** What a `--define=NAME=value` line says. */
export interface Definition {
  /** NAME=value, NAME="value", NAME=`value` */
  readonly kind: 'word' | 'string' | 'command';
  /** Without quotes or backticks. */
  readonly value: string;
}

/** Counts how deep and how long an expression is, so that recursion has an end. */
export class Bounds {
  private depth = 0;
  private operators = 0;

  constructor(private readonly source: Source) {}

  /** Before an expression that is nobody's part. */
  reset(): void {
    this.depth = 0;
    this.operators = 0;
  }

  enter(offset: number): void {
    if (++this.depth > NESTING_LIMIT) throw this.source.error(offset, `nested more than ${NESTING_LIMIT} deep`, 'write it in fewer levels');
  }

  leave(): void {
    this.depth--;
  }

  operator(offset: number): void {
    if (++this.operators > OPERATOR_LIMIT) throw this.source.error(offset, `more than ${OPERATOR_LIMIT} operators in one expression`, 'split it');
  }
}

export class Context {
  readonly source: Source;
  readonly bounds: Bounds;
  /** While a call's result is parsed, outside parentheses, brackets and braces. */
  noteMayFollow = false;
  /** Of the option lines, by name. */
  readonly definitions = new Map<string, Definition>();

  constructor(readonly lexer: Lexer) {
    this.source = lexer.source;
    this.bounds = new Bounds(lexer.source);
  }

  at(token: Token): Position {
    return this.source.position(token.start);
  }

  /** To be thrown: what the token says is refused. */
  refuse(token: Token, message: string, mend = ''): Error {
    return this.source.error(token.start, message, mend);
  }

  /**
   * Takes a whole number.
   * @param what as messages name it: 'the window'
   * @param max of the field it goes to
   */
  number(what: string, max: number): number {
    const token = this.lexer.peek();
    if (token.kind === 'mark' && token.text === '-' && this.lexer.peek(1).kind === 'integer') {
      throw this.refuse(token, `${what} is out of range: negative`, `0 … ${max}`);
    }
    if (token.kind !== 'integer' && token.kind !== 'hex') throw this.lexer.unexpected(`a number for ${what}`);
    const value = Number(token.text);
    if (value > max) throw this.refuse(token, `${what} is out of range: ${quoted(token.text)}`, `0 … ${max}`);
    this.lexer.next();
    return value;
  }
}
