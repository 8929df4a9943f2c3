/**
 * Sequence numbers: 32-bit, compared modulo 2^32 (RFC 9293 §3.4).
 *
 * Kept as signed int32, because V8 keeps an int32 in a machine word and a difference cut by `| 0` has the sign that the
 * comparison needs. Print with `>>> 0`.
 */

/** A sequence number as int32. */
export type Seq = number & { readonly __unit: 'seq' };

/** Any integer as a sequence number (its low 32 bits). */
export const seq = (n: number): Seq => (n | 0) as Seq;

/** `a + n`, where n may be negative. */
export const seqAdd = (a: Seq, n: number): Seq => ((a + n) | 0) as Seq;

/** Octets from `b` up to `a`: negative when a is before b. Range -2^31 … 2^31-1. */
export const seqDiff = (a: Seq, b: Seq): number => (a - b) | 0;

export const seqLt = (a: Seq, b: Seq): boolean => ((a - b) | 0) < 0;
export const seqLeq = (a: Seq, b: Seq): boolean => ((a - b) | 0) <= 0;
export const seqGt = (a: Seq, b: Seq): boolean => ((a - b) | 0) > 0;
export const seqGeq = (a: Seq, b: Seq): boolean => ((a - b) | 0) >= 0;
export const seqMax = (a: Seq, b: Seq): Seq => (((a - b) | 0) >= 0 ? a : b);
export const seqMin = (a: Seq, b: Seq): Seq => (((a - b) | 0) <= 0 ? a : b);

/** Is x in [from, to)? Empty when from = to. */
export const seqIn = (x: Seq, from: Seq, to: Seq): boolean => ((x - from) >>> 0) < ((to - from) >>> 0);
