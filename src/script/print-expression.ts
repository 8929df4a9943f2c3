/** Arguments of calls, and expressions of %{ … }%, as text that parses to the same. */
import type { CodeExpression, Expression, Field, Statement } from './ast.js';
import { ATOM_LEVEL, COMPARISON_LEVEL, LEVELS, NOT_LEVEL, SIGN_LEVEL } from './code-expressions.js';
import { escaped } from './source.js';

export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'integer': return String(expression.value);
    case 'string': return escaped(expression.value);
    case 'ellipsis': return '...';
    case 'symbol': return expression.name;
    case 'binary': return `${printExpression(expression.left)}${expression.operator}${printPart(expression.right)}`;
    case 'unary': return `${expression.operator}${printSigned(expression)}`;
    case 'list': return `[${expression.items.map(printExpression).join(', ')}]`;
    case 'struct': return `{${expression.fields.map(printField).join(', ')}}`;
    case 'apply': return `${expression.name}(${expression.args.map(printExpression).join(', ')})`;
  }
}

/** Behind an operator that groups to the left. */
const printPart = (expression: Expression): string => (expression.kind === 'binary' ? `(${printExpression(expression)})` : printExpression(expression));

/** -5 is a number and -- begins an option line, so what a minus stands before is set apart. */
function printSigned({ operator, operand }: Extract<Expression, { kind: 'unary' }>): string {
  if (operator === '~') return printPart(operand);
  if (operand.kind === 'integer' && operand.value >= 0) return `(${printExpression(operand)})`;
  return `${operand.kind === 'integer' || operand.kind === 'unary' ? ' ' : ''}${printPart(operand)}`;
}

function printField({ name, count, value }: Field): string {
  if (name === '') return printExpression(value);
  return `${name}${count === undefined ? '' : `(${printExpression(count)})`}=${printExpression(value)}`;
}

export function printStatement({ kind, condition, message, rest = [] }: Statement): string {
  if (kind === 'print') return `print(${[condition, ...rest].map((value) => printCode(value)).join(', ')})`;
  return `assert ${printCode(condition)}${message === undefined ? '' : `, ${printCode(message)}`}`;
}

/** @param level what stands here must bind at least as tightly as this; otherwise it is put in parentheses. */
export function printCode(expression: CodeExpression, level = 0): string {
  const text = printBare(expression);
  return levelOf(expression) < level ? `(${text})` : text;
}

function levelOf(expression: CodeExpression): number {
  switch (expression.kind) {
    case 'unary': return expression.operator === 'not' ? NOT_LEVEL : SIGN_LEVEL;
    case 'binary': return LEVELS[expression.operator];
    case 'comparison': return COMPARISON_LEVEL;
    default: return ATOM_LEVEL;
  }
}

function printBare(expression: CodeExpression): string {
  switch (expression.kind) {
    case 'number': return String(expression.value);
    case 'string': return escaped(expression.value).replaceAll('}%', '}\\x25');
    case 'name': return expression.name;
    case 'unary': return expression.operator === 'not' ? `not ${printCode(expression.operand, NOT_LEVEL)}` : `${expression.operator}${printCode(expression.operand, SIGN_LEVEL)}`;
    case 'binary': return printBinary(expression);
    case 'comparison': {
      const [first, ...others] = expression.operands.map((operand) => printCode(operand, COMPARISON_LEVEL + 1));
      return first + others.map((operand, i) => ` ${expression.operators[i]} ${operand}`).join('');
    }
    case 'apply': return `${expression.name}(${expression.args.map((argument) => printCode(argument)).join(', ')})`;
  }
}

function printBinary({ operator, left, right }: Extract<CodeExpression, { kind: 'binary' }>): string {
  const level = LEVELS[operator];
  if (operator === '**') return `${printCode(left, level + 1)} ** ${printCode(right, SIGN_LEVEL)}`;
  return `${printCode(left, level)} ${operator} ${printCode(right, level + 1)}`;
}
