/** When events happen: `1.05`, `+.1`, `0.1~0.2`, `+0.1~+0.2`, `*`, and the end of a call that blocks. */
import type { Duration } from '../util/units.js';
import type { EventTime } from './ast.js';
import type { Context } from './context.js';

/** Thirty years: no script is longer, and µs stay exact. */
const LIMIT_SECONDS = 1e9;

/** Does an event begin here? */
export function startsTime({ lexer }: Context): boolean {
  const { kind, text } = lexer.peek();
  return kind === 'integer' || kind === 'float' || (kind === 'mark' && (text === '+' || text === '*' || text === '-'));
}

export function parseTime(context: Context): EventTime {
  const { lexer } = context;
  if (lexer.accept('*')) return { kind: 'any' };
  const relative = lexer.accept('+');
  const kind = relative ? 'relative' : 'absolute';
  const from = parseSeconds(context);
  if (!lexer.accept('~')) return { kind, from };
  if (relative) lexer.expect('+', 'before the second time of a range that begins with +');
  else if (lexer.is('+')) throw lexer.unexpected('an absolute time as the second of the range', 'write + before both times or before neither');
  const second = lexer.peek();
  const to = parseSeconds(context);
  if (to < from) throw context.refuse(second, 'the time range is backwards', 'write the earlier time first');
  return { kind, from, to };
}

/** Seconds in the script, µs from here on. */
export function parseSeconds(context: Context): Duration {
  const { lexer } = context;
  const token = lexer.peek();
  if (token.kind === 'mark' && token.text === '-' && /^(?:integer|float)$/.test(lexer.peek(1).kind)) {
    throw context.refuse(token, 'the time is negative', 'times count from the script\'s start, or with + from the event before');
  }
  if (token.kind !== 'integer' && token.kind !== 'float') throw lexer.unexpected('a time in seconds', 'write 0.1, +0.1 or *');
  const seconds = Number(token.text);
  if (seconds > LIMIT_SECONDS) throw context.refuse(token, 'the time is out of range', 'at most 1000000000 s');
  lexer.next();
  return Math.round(seconds * 1e6);
}
