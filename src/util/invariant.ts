/** Thrown for our own bugs only: nothing that a peer, a packet or a user can do leads here. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/** States what must be true if our own code is right. @throws InvariantError */
export function invariant(condition: boolean, what: string): asserts condition {
  if (!condition) throw new InvariantError(`glasstcp bug: ${what}`);
}
