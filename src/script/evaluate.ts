/**
 * What an expression of %{ … }% comes to, as in Python: `/` divides truly, `//` and `%` go down, truth is 1 and 0.
 * Whole numbers are exact to 2^53; beyond, as doubles are. Bitwise operators take whole numbers only.
 */
import type { CodeExpression, Position } from './ast.js';
import { ScriptError, type ScriptText } from './errors.js';
import { quoted } from './source.js';

export type CodeValue = number | string;

/** Shifts beyond this make no number that fits. */
const SHIFT_MAX = 1024;

interface Evaluation {
  readonly names: (name: string) => number | undefined;
  readonly script: ScriptText | undefined;
}

/**
 * @param names what a name stands for (tcp_info, constants); undefined = it is unknown. True and False are known without.
 * @param script for messages: the script that the expression is of
 * @throws ScriptError for unknown names, division by zero, and operators that do not go with their operands.
 */
export function evaluate(expression: CodeExpression, names: (name: string) => number | undefined, script?: ScriptText): CodeValue {
  return valueOf(expression, { names, script });
}

/** Does Python take the value for true? */
export const isTrue = (value: CodeValue): boolean => value !== 0 && value !== '';

function fail(at: Position, evaluation: Evaluation, message: string, mend = ''): never {
  throw new ScriptError(at, message, mend, evaluation.script);
}

function valueOf(expression: CodeExpression, evaluation: Evaluation): CodeValue {
  switch (expression.kind) {
    case 'number':
    case 'string': return expression.value;
    case 'name': return nameOf(expression.name, expression.at, evaluation);
    case 'unary': return unary(expression, evaluation);
    case 'binary': return binary(expression, evaluation);
    case 'comparison': return comparison(expression, evaluation);
    case 'apply': return apply(expression, evaluation);
  }
}

function nameOf(name: string, at: Position, evaluation: Evaluation): number {
  if (name === 'True') return 1;
  if (name === 'False') return 0;
  return evaluation.names(name) ?? fail(at, evaluation, `unknown name ${quoted(name)} in code`, 'known are the fields of tcp_info (tcpi_…) and constants');
}

function unary(expression: Extract<CodeExpression, { kind: 'unary' }>, evaluation: Evaluation): number {
  const { operator, at } = expression;
  const value = valueOf(expression.operand, evaluation);
  if (operator === 'not') return isTrue(value) ? 0 : 1;
  if (typeof value === 'string') return fail(at, evaluation, `${operator} does not go with text`);
  if (operator === '~') return -whole(value, operator, at, evaluation) - 1;
  return operator === '-' ? 0 - value : value;
}

function binary(expression: Extract<CodeExpression, { kind: 'binary' }>, evaluation: Evaluation): CodeValue {
  const { operator, at } = expression;
  const left = valueOf(expression.left, evaluation);
  if (operator === 'and') return isTrue(left) ? valueOf(expression.right, evaluation) : left;
  if (operator === 'or') return isTrue(left) ? left : valueOf(expression.right, evaluation);
  const right = valueOf(expression.right, evaluation);
  if (typeof left === 'string' || typeof right === 'string') {
    if (operator === '+' && typeof left === 'string' && typeof right === 'string') return left + right;
    return fail(at, evaluation, `${operator} does not go with text`, operator === '%' ? 'print values by themselves: print("cwnd", tcpi_snd_cwnd)' : '');
  }
  const result = arithmetic(operator, left, right, at, evaluation);
  return Number.isFinite(result) ? result : fail(at, evaluation, `${left} ${operator} ${right} is no number that fits`);
}

function arithmetic(operator: string, left: number, right: number, at: Position, evaluation: Evaluation): number {
  switch (operator) {
    case '+': return left + right;
    case '-': return left - right;
    case '*': return left * right;
    case '**': return left === 0 && right < 0 ? zero(at, evaluation) : left ** right;
    case '/': return right === 0 ? zero(at, evaluation) : left / right;
    case '//': return right === 0 ? zero(at, evaluation) : Math.floor(left / right);
    case '%': return right === 0 ? zero(at, evaluation) : modulo(left, right);
    default: return bitwise(operator, whole(left, operator, at, evaluation), whole(right, operator, at, evaluation), at, evaluation);
  }
}

const zero = (at: Position, evaluation: Evaluation): never => fail(at, evaluation, 'division by zero');

/** Has the sign of the divisor. */
function modulo(left: number, right: number): number {
  const rest = left % right;
  return rest !== 0 && rest < 0 !== right < 0 ? rest + right : rest;
}

function whole(value: number, operator: string, at: Position, evaluation: Evaluation): number {
  return Number.isInteger(value) ? value : fail(at, evaluation, `${operator} wants whole numbers, not ${value}`);
}

function bitwise(operator: string, left: number, right: number, at: Position, evaluation: Evaluation): number {
  const a = BigInt(left);
  const b = BigInt(right);
  switch (operator) {
    case '&': return Number(a & b);
    case '|': return Number(a | b);
    case '^': return Number(a ^ b);
  }
  if (right < 0 || right > SHIFT_MAX) return fail(at, evaluation, `the shift by ${right} is out of range`, `0 … ${SHIFT_MAX}`);
  return Number(operator === '<<' ? a << b : a >> b);
}

/** Ends at the first that does not hold; what stands behind is not looked at. */
function comparison(expression: Extract<CodeExpression, { kind: 'comparison' }>, evaluation: Evaluation): number {
  let left = valueOf(expression.operands[0], evaluation);
  for (const [i, operator] of expression.operators.entries()) {
    const right = valueOf(expression.operands[i + 1], evaluation);
    if (typeof left !== typeof right && operator !== '==' && operator !== '!=') return fail(expression.at, evaluation, `${operator} does not compare numbers with text`);
    if (!holds(operator, left, right)) return 0;
    left = right;
  }
  return 1;
}

function holds(operator: string, left: CodeValue, right: CodeValue): boolean {
  switch (operator) {
    case '<': return left < right;
    case '<=': return left <= right;
    case '>': return left > right;
    case '>=': return left >= right;
    case '==': return left === right;
    default: return left !== right;
  }
}

function apply(expression: Extract<CodeExpression, { kind: 'apply' }>, evaluation: Evaluation): number {
  const { name, at } = expression;
  const values = expression.args.map((argument) => valueOf(argument, evaluation));
  const [least, most] = name === 'min' || name === 'max' ? [2, Infinity] : [1, name === 'round' ? 2 : 1];
  if (values.length < least || values.length > most) fail(at, evaluation, `${name}() does not take ${values.length} values`);
  const [first] = values;
  if (name === 'len') return typeof first === 'string' ? Array.from(first).length : fail(at, evaluation, 'len() wants text');
  const numbers = values.map((value) => (typeof value === 'number' ? value : fail(at, evaluation, `${name}() wants numbers`)));
  switch (name) {
    case 'abs': return Math.abs(numbers[0]);
    case 'min': return Math.min(...numbers);
    case 'max': return Math.max(...numbers);
    case 'int': return Math.trunc(numbers[0]);
    case 'float': return numbers[0];
    case 'round': return round(numbers[0], numbers[1] ?? 0);
    default: return fail(at, evaluation, `unknown function ${quoted(name)} in code`);
  }
}

/** Halves go to the even neighbour. */
function round(value: number, digits: number): number {
  if (digits !== 0) {
    if (!Number.isInteger(digits) || Math.abs(digits) > 15) return value;
    return digits > 0 ? Number(value.toFixed(digits)) : round(value / 10 ** -digits, 0) * 10 ** -digits;
  }
  const down = Math.floor(value);
  const rest = value - down;
  if (rest !== 0.5) return rest < 0.5 ? down : down + 1;
  return down % 2 === 0 ? down : down + 1;
}
