/** Expressions of calls as values: numbers, strings, lists, structs, with `--define`d names filled in. */
import { Address } from '../util/address.js';
import type { Expression, Field, Position } from './ast.js';
import { Stop } from './stop.js';
import { constantOf } from './symbols.js';

/** What kind of value stands there, for messages. */
const NOUNS: Readonly<Record<Expression['kind'], string>> = {
  integer: 'a number', string: 'a string', ellipsis: '...', symbol: 'a name', binary: 'a calculation', unary: 'a calculation', list: 'a list',
  struct: 'a struct', apply: 'a function',
};

function calculate(operator: string, left: number, right: number, at: Position): number {
  switch (operator) {
    case '|': return Number(BigInt.asIntN(64, BigInt(left) | BigInt(right)));
    case '&': return Number(BigInt.asIntN(64, BigInt(left) & BigInt(right)));
    case '+': return left + right;
    case '-': return left - right;
    case '*': return left * right;
    case '<<': return left * 2 ** right;
    default: throw new Stop('unsupported', `the operator ${operator} is not known here`, at);
  }
}

export class Values {
  constructor(private readonly defines: ReadonlyMap<string, string>) {}

  /** A number: written, named or calculated. @throws Stop for anything else */
  number(expression: Expression): number {
    switch (expression.kind) {
      case 'integer': return expression.value;
      case 'symbol': return this.symbol(expression.name, expression.at);
      case 'binary': return calculate(expression.operator, this.number(expression.left), this.number(expression.right), expression.at);
      case 'unary': {
        const operand = this.number(expression.operand);
        return expression.operator === '-' ? -operand : ~operand;
      }
      case 'apply': return this.apply(expression.name, expression.args, expression.at);
      default: throw new Stop('error', `a number is needed here, not ${NOUNS[expression.kind]}`, expression.at);
    }
  }

  /** The one number in `[n]`. */
  boxed(expression: Expression): number {
    const [item, ...more] = this.list(expression);
    if (item === undefined || more.length > 0) throw new Stop('error', 'one number in brackets is needed here', expression.at);
    return this.number(item);
  }

  list(expression: Expression): readonly Expression[] {
    if (expression.kind !== 'list') throw new Stop('error', `a list in brackets is needed here, not ${NOUNS[expression.kind]}`, expression.at);
    return expression.items;
  }

  struct(expression: Expression): readonly Field[] {
    if (expression.kind !== 'struct') throw new Stop('error', `a struct in braces is needed here, not ${NOUNS[expression.kind]}`, expression.at);
    return expression.fields;
  }

  /** The octets of a string, one per character up to U+00FF; undefined when it is no string. A defined name may stand for one in quotes. */
  octets(expression: Expression): Uint8Array | undefined {
    if (expression.kind === 'string') return octetsOf(expression.value);
    if (expression.kind !== 'symbol') return undefined;
    const defined = this.defines.get(expression.name);
    const quoted = defined === undefined ? null : /^"(.*)"$/s.exec(defined);
    return quoted === null ? undefined : octetsOf(quoted[1]);
  }

  /** The text of a string, for addresses. */
  text(expression: Expression): string {
    if (expression.kind !== 'string') throw new Stop('error', `a string is needed here, not ${NOUNS[expression.kind]}`, expression.at);
    return expression.value;
  }

  /** What is defined may be a number, or the name of a constant. */
  private symbol(name: string, at: Position): number {
    const text = this.defines.get(name) ?? name;
    const number = text.trim() === '' ? NaN : Number(text);
    if (!Number.isNaN(number)) return number;
    const constant = constantOf(text);
    if (constant !== undefined) return constant;
    if (text !== name) throw new Stop('error', `${name} is defined as "${text}", which is no number`, at);
    throw new Stop('unsupported', `the name ${name} is not known here`, at);
  }

  /** htons() and friends answer the number itself: sockaddrs are kept in the host's order. */
  private apply(name: string, args: readonly Expression[], at: Position): number {
    const [arg] = args;
    if (arg === undefined) throw new Stop('error', `${name}() needs an argument`, at);
    switch (name) {
      case 'htons': case 'ntohs': case 'htonl': case 'ntohl': return this.number(arg);
      case 'inet_addr': return (Address.parse(this.text(arg)) ?? badAddress(arg)).w3 >>> 0;
      default: throw new Stop('unsupported', `${name}() is not known here`, at);
    }
  }
}

function badAddress(expression: Expression): never {
  throw new Stop('error', 'this is not an IP address', expression.at);
}

function octetsOf(text: string): Uint8Array {
  const octets = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) octets[i] = text.charCodeAt(i) & 0xff;
  return octets;
}
