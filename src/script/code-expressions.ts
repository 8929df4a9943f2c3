/** Expressions of %{ … }%: Python's operators in Python's precedence, over numbers, strings and names. */
import type { CodeExpression } from './ast.js';
import type { CodeLexer, CodeToken } from './code-lexer.js';
import type { Bounds } from './context.js';
import { quoted } from './source.js';

export const FUNCTIONS: readonly string[] = ['abs', 'min', 'max', 'int', 'float', 'round', 'len'];
export const COMPARISONS: readonly string[] = ['<', '<=', '>', '>=', '==', '!='];
/** Binary operators by how tightly they bind; comparisons and `not` lie between `and` and `|`; `**` binds tightest and to the right. */
export const LEVELS: Readonly<Record<string, number>> = {
  or: 1, and: 2, '|': 5, '^': 6, '&': 7, '<<': 8, '>>': 8, '+': 9, '-': 9, '*': 10, '/': 10, '//': 10, '%': 10, '**': 12,
};
export const NOT_LEVEL = 3;
export const COMPARISON_LEVEL = 4;
export const SIGN_LEVEL = 11;
export const ATOM_LEVEL = 13;

/** What Python knows and this is without, where an operand or operator stands. */
const REFUSED: Readonly<Record<string, string>> = {
  lambda: 'lambda', if: 'conditional expressions', in: 'the operator in', not: 'the operator not in', is: 'the operator is', yield: 'yield', await: 'await', None: 'None', for: 'comprehensions', ':=': 'assignments',
  '[': 'lists and subscripts', '{': 'dictionaries and sets', '.': 'attributes', '@': 'the operator @',
};

export interface CodeContext {
  readonly lexer: CodeLexer;
  readonly bounds: Bounds;
}

export function parseCondition(context: CodeContext): CodeExpression {
  context.bounds.reset();
  return parseLevel(context, 1);
}

/** To be thrown where what stands here is Python, but not supported; otherwise undefined. */
export function refusal({ lexer }: CodeContext): Error | undefined {
  const token = lexer.peek();
  if ((token.kind !== 'name' && token.kind !== 'mark') || !Object.hasOwn(REFUSED, token.text)) return undefined;
  return lexer.source.error(token.start, unsupported(REFUSED[token.text], token.text), token.text === 'is' ? 'write ==' : 'only arithmetic, comparisons, and, or, not');
}

/** @param what Python calls it @param written how it shows */
export const unsupported = (what: string, written = what): string => `not supported in code: ${what}${what === written ? '' : ` (${quoted(written)})`}`;

function parseLevel(context: CodeContext, level: number): CodeExpression {
  const { lexer, bounds } = context;
  let left = parseOperand(context, level);
  for (;;) {
    const token = lexer.peek();
    if (token.kind !== 'mark' && token.kind !== 'name') return left;
    if (COMPARISONS.includes(token.text) && level <= COMPARISON_LEVEL) {
      left = parseComparison(context, left);
      continue;
    }
    const binding = Object.hasOwn(LEVELS, token.text) ? LEVELS[token.text] : 0;
    if (binding < level || binding === 0) return left;
    lexer.next();
    bounds.operator(token.start);
    left = { kind: 'binary', at: lexer.source.position(token.start), operator: token.text, left, right: parseRight(context, token, binding) };
  }
}

/** What stands behind a binary operator: `**` groups to the right, and takes signs there. */
function parseRight(context: CodeContext, operator: CodeToken, binding: number): CodeExpression {
  if (operator.text !== '**') return parseLevel(context, binding + 1);
  context.bounds.enter(operator.start);
  const right = parseLevel(context, SIGN_LEVEL);
  context.bounds.leave();
  return right;
}

/** All comparisons in a row are one: a < b <= c. */
function parseComparison(context: CodeContext, first: CodeExpression): CodeExpression {
  const { lexer, bounds } = context;
  const operators: string[] = [];
  const operands = [first];
  const at = lexer.source.position(lexer.peek().start);
  while (lexer.peek().kind === 'mark' && COMPARISONS.includes(lexer.peek().text)) {
    bounds.operator(lexer.peek().start);
    operators.push(lexer.next().text);
    operands.push(parseLevel(context, COMPARISON_LEVEL + 1));
  }
  return { kind: 'comparison', at, operators, operands };
}

function parseOperand(context: CodeContext, level: number): CodeExpression {
  const { lexer } = context;
  const token = lexer.peek();
  if (token.kind === 'mark' && (token.text === '-' || token.text === '+' || token.text === '~')) return parsePrefix(context, token.text, SIGN_LEVEL);
  if (token.kind !== 'name' || token.text !== 'not') return parseAtom(context);
  if (level > NOT_LEVEL) throw lexer.unexpected('a value', 'put not … in parentheses');
  return parsePrefix(context, 'not', NOT_LEVEL);
}

function parsePrefix(context: CodeContext, operator: '-' | '+' | '~' | 'not', level: number): CodeExpression {
  const { lexer, bounds } = context;
  const token = lexer.next();
  bounds.enter(token.start);
  const operand = parseLevel(context, level);
  bounds.leave();
  return { kind: 'unary', at: lexer.source.position(token.start), operator, operand };
}

function parseAtom(context: CodeContext): CodeExpression {
  const { lexer } = context;
  const token = lexer.peek();
  const at = lexer.source.position(token.start);
  const refused = refusal(context);
  if (refused !== undefined) throw refused;
  switch (token.kind) {
    case 'number': lexer.next(); return { kind: 'number', at, value: Number(token.text) };
    case 'string': return { kind: 'string', at, value: parseStrings(lexer) };
    case 'name': if (token.text !== 'and' && token.text !== 'or' && token.text !== 'else') return parseName(context); break;
    case 'mark': if (token.text === '(') return parseGroup(context); break;
  }
  throw lexer.unexpected('a value', 'a number, a "string", a name or (an expression)');
}

function parseStrings(lexer: CodeLexer): string {
  let value = '';
  while (lexer.peek().kind === 'string') value += lexer.next().value;
  return value;
}

function parseName(context: CodeContext): CodeExpression {
  const { lexer } = context;
  const token = lexer.next();
  const at = lexer.source.position(token.start);
  if (!lexer.is('(')) return { kind: 'name', at, name: token.text };
  if (!FUNCTIONS.includes(token.text)) throw lexer.source.error(token.start, `unknown function ${quoted(token.text)} in code`, `known are ${FUNCTIONS.join('(), ')}()`);
  return { kind: 'apply', at, name: token.text, args: parseList(context, `the arguments of ${token.text}()`) };
}

/** Expressions in parentheses; the next token opens them. */
export function parseList(context: CodeContext, what: string): CodeExpression[] {
  const { lexer, bounds } = context;
  bounds.enter(lexer.next().start);
  const items: CodeExpression[] = [];
  while (!lexer.is(')')) {
    items.push(parseLevel(context, 1));
    if (!lexer.accept(',')) break;
  }
  close(context, `, or ) after ${what}`);
  return items;
}

function parseGroup(context: CodeContext): CodeExpression {
  const { lexer, bounds } = context;
  const open = lexer.next();
  bounds.enter(open.start);
  if (lexer.is(')')) throw lexer.source.error(open.start, unsupported('tuples'), 'write one value');
  const inner = parseLevel(context, 1);
  if (lexer.is(',')) throw lexer.source.error(lexer.peek().start, unsupported('tuples'), 'write one value in parentheses');
  close(context, ') after the expression');
  return inner;
}

function close(context: CodeContext, wanted: string): void {
  if (!context.lexer.is(')')) throw refusal(context) ?? context.lexer.unexpected(wanted);
  context.lexer.next();
  context.bounds.leave();
}
