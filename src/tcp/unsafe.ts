/**
 * Variants of TCP that leave out what protects it, to show in a lab what it protects from. Whoever holds one of these objects may
 * use it, and the package does not export them: no setting by name and no program can make a connection unsafe.
 */
export class Unsafe {
  private constructor(readonly name: string, private readonly parts: readonly Unsafe[] = []) {}

  /** Is that variant this one, or a part of it? */
  has(variant: Unsafe): boolean {
    return this === variant || this.parts.includes(variant);
  }

  /** The server believes that it is connected as soon as it has sent its SYN,ACK, once: a handshake of two segments (against RFC 9293 §3.5). */
  static readonly twoWayHandshake = new Unsafe('two-way handshake');
  /** Old timestamps are taken for new ones (against RFC 7323 §5). */
  static readonly noPaws = new Unsafe('no PAWS');
  /** The first ISN is a constant, and each further one is a fixed step after the last (against RFC 9293 §3.4.1, RFC 6528). */
  static readonly predictableIsn = new Unsafe('predictable ISN');
  /** Both of these. */
  static readonly predictableIsnNoPaws = new Unsafe('predictable ISN and no PAWS', [Unsafe.predictableIsn, Unsafe.noPaws]);
}
