/** Arguments and results of calls: numbers, strings, symbols, `|`, `~`, lists, structs, htons(), inet_addr(), inet6_addr(). */
import type { Expression, Field } from './ast.js';
import type { Context } from './context.js';
import type { Token } from './lexer.js';
import { quoted, unescaped } from './source.js';

type Apply = Extract<Expression, { kind: 'apply' }>;

const FUNCTIONS = ['htons', 'inet_addr', 'inet6_addr'];
/** Fields of structs that nobody here can fill: by prefix. */
const REFUSED_FIELDS: readonly (readonly [prefix: string, struct: string])[] = [['scm_', 'scm_timestamping'], ['ee_', 'sock_extended_err']];
const GRE_WORDS = ['flags', 'Flags'];

/** What a call returns. A name with parentheses behind it is a name and a note there. */
export function parseResult(context: Context): Expression {
  context.bounds.reset();
  context.noteMayFollow = true;
  const result = parseOr(context);
  context.noteMayFollow = false;
  return result;
}

function parseOr(context: Context): Expression {
  const { lexer, bounds } = context;
  let left = parseUnary(context);
  while (lexer.is('|')) {
    const token = lexer.next();
    bounds.operator(token.start);
    left = { kind: 'binary', at: context.at(token), operator: '|', left, right: parseUnary(context) };
  }
  return left;
}

function parseUnary(context: Context): Expression {
  const { lexer, bounds } = context;
  const token = lexer.peek();
  if (token.kind !== 'mark' || (token.text !== '~' && token.text !== '-')) return parsePrimary(context);
  bounds.enter(token.start);
  lexer.next();
  const number = lexer.peek().kind;
  const operand = parseUnary(context);
  bounds.leave();
  if (token.text === '-' && (number === 'integer' || number === 'hex') && operand.kind === 'integer') {
    return { kind: 'integer', at: context.at(token), value: 0 - operand.value };
  }
  return { kind: 'unary', at: context.at(token), operator: token.text === '~' ? '~' : '-', operand };
}

function parsePrimary(context: Context): Expression {
  const { lexer } = context;
  const token = lexer.peek();
  const at = context.at(token);
  switch (token.kind) {
    case 'integer':
    case 'hex': return { kind: 'integer', at, value: context.number('the number', Number.MAX_SAFE_INTEGER) };
    case 'string': return { kind: 'string', at, value: parseString(context) };
    case 'ellipsis': lexer.next(); return { kind: 'ellipsis', at };
    case 'word': return lexer.is('(', 1) && !isNoted(context, token) ? checkFunction(context, parseApply(context), token) : symbol(context);
    case 'float': throw context.refuse(token, `${quoted(token.text)} is not a whole number`, 'calls take whole numbers only');
  }
  if (token.kind === 'mark') {
    switch (token.text) {
      case '(': return parseGroup(context);
      case '[': return { kind: 'list', at, items: nested(context, ']', 'after the list', parseOr) };
      case '{': return { kind: 'struct', at, fields: nested(context, '}', 'after the struct', parseField) };
    }
  }
  throw lexer.unexpected('a value', 'a number, "text", a name, ..., [a list] or {a struct}');
}

/** Do the parentheses behind the name open a note? */
const isNoted = ({ noteMayFollow }: Context, { text }: Token): boolean => noteMayFollow && !FUNCTIONS.includes(text);

function symbol(context: Context): Expression {
  const token = context.lexer.next();
  return { kind: 'symbol', at: context.at(token), name: token.text };
}

/** Strings that follow each other are one. */
function parseString({ lexer, source }: Context): string {
  let value = '';
  while (lexer.peek().kind === 'string') {
    const token = lexer.next();
    value += unescaped(source, token.start + 1, token.end - 1);
  }
  const behind = lexer.peek();
  if (behind.kind === 'ellipsis') throw source.error(behind.start, 'a string that goes on ("text"...) is not supported', 'write the whole string, or ... alone');
  return value;
}

function parseGroup(context: Context): Expression {
  return within(context, () => {
    const inner = parseOr(context);
    context.lexer.expect(')', 'after the expression');
    return inner;
  });
}

/** Takes what opens, and parses what stands inside. */
function within<T>(context: Context, parse: () => T): T {
  const { lexer, bounds, noteMayFollow } = context;
  bounds.enter(lexer.next().start);
  context.noteMayFollow = false;
  const inner = parse();
  context.noteMayFollow = noteMayFollow;
  bounds.leave();
  return inner;
}

/** The next token opens. Items with commas between, and what closes. */
function nested<T>(context: Context, close: string, where: string, item: (context: Context) => T): T[] {
  const { lexer } = context;
  return within(context, () => {
    const items: T[] = [];
    if (!lexer.is(close)) {
      do items.push(item(context));
      while (lexer.accept(','));
    }
    if (!lexer.is(close)) throw lexer.unexpected(`, or ${close} ${where}`);
    lexer.next();
    return items;
  });
}

function parseApply(context: Context): Apply {
  const name = context.lexer.next();
  return { kind: 'apply', at: context.at(name), name: name.text, args: nested(context, ')', `after the arguments of ${quoted(name.text)}`, parseOr) };
}

/** Arguments of a call; the next token opens them. */
export function parseArguments(context: Context, name: string): Expression[] {
  context.bounds.reset();
  return nested(context, ')', `after the arguments of ${quoted(name)}`, (inner) => parseOr(inner));
}

/** A name with parentheses is a function, unless = follows: then it is a field with its count. */
function checkFunction(context: Context, apply: Apply, token: Token): Expression {
  if (context.lexer.is('=')) return apply;
  if (!FUNCTIONS.includes(apply.name)) throw context.refuse(token, `unknown function ${quoted(apply.name)} in an expression`, `known are ${FUNCTIONS.join('(), ')}()`);
  const wanted = apply.name === 'htons' ? 'a port' : 'an address as "text"';
  if (apply.args.length !== 1) throw context.refuse(token, `${apply.name}() takes one argument: ${wanted}`);
  const { kind } = apply.args[0];
  if (apply.name !== 'htons' && kind !== 'string' && kind !== 'symbol') throw context.refuse(token, `${apply.name}() takes ${wanted}`);
  return apply;
}

/** `name=value`, `name(count)=value` or a value alone. */
function parseField(context: Context): Field {
  const { lexer } = context;
  const token = lexer.peek();
  const at = context.at(token);
  const value = parseOr(context);
  if (GRE_WORDS.includes(token.text) && !lexer.is(',') && !lexer.is('}') && !lexer.is('=')) throw context.refuse(token, 'GRE headers are not supported');
  if (!lexer.is('=')) return { at, name: '', value };
  if (value.kind !== 'symbol' && value.kind !== 'apply') throw lexer.unexpected(', or } after the value', 'before = stands the name of a field');
  for (const [prefix, struct] of REFUSED_FIELDS) {
    if (value.name.startsWith(prefix)) throw context.refuse(token, `struct ${struct} is not supported (${quoted(value.name)})`, 'leave the control message out, or write ...');
  }
  lexer.next();
  if (value.kind === 'symbol') return { at, name: value.name, value: parseOr(context) };
  if (value.args.length !== 1) throw context.refuse(token, `${quoted(value.name)} takes one count in parentheses`, `write ${value.name}(1)=…`);
  return { at, name: value.name, count: value.args[0], value: parseOr(context) };
}
