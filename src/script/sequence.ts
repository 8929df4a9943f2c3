/** `first:end(length)` of TCP segments. */
import { U16, U32, type Context } from './context.js';

export interface SequenceRange {
  readonly seq: number;
  readonly seqEnd: number;
  readonly length: number;
}

export function parseSequence(context: Context): SequenceRange {
  const { lexer } = context;
  const first = lexer.peek();
  const seq = context.number('the sequence number', U32);
  lexer.expect(':', 'after the sequence number');
  const seqEnd = context.number('the end sequence number', U32);
  lexer.expect('(', 'before the length');
  const length = context.number('the length', U16);
  lexer.expect(')', 'after the length');
  if (seqEnd !== seq + length) throw context.refuse(first, `the sequence numbers and the length disagree: ${seq} + ${length} is not ${seqEnd}`, `write ${seq}:${seq + length}(${length})`);
  return { seq, seqEnd, length };
}
