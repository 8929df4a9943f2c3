/**
 * One who talks TCP in the demo, told step by step what to do: glasstcp, a second glasstcp, or the kernel in a process of
 * its own. All three obey the same words. One conversation at a time.
 */

export interface Peer {
  listen(port: number, host: string): Promise<void>;
  /** The conversation somebody has begun with our listener; then the listener closes. */
  accept(): Promise<void>;
  /** @returns 'connected', or an error's name: 'ECONNREFUSED' */
  connect(port: number, host: string): Promise<string>;
  /** Sends so many octets of seeded text. @returns their SHA-256 */
  send(octets: number, seed: number): Promise<string>;
  /** Takes the next octets that come in. @returns their SHA-256 */
  receive(octets: number): Promise<string>;
  /** Says that no more will be sent (half-close). */
  end(): Promise<void>;
  /** The other side has said so. */
  ended(): Promise<void>;
}

/** A line of the conversation with a process: what to do, and what came of it. */
export interface Request {
  readonly id: number;
  readonly method: keyof Peer;
  readonly args: readonly (number | string)[];
}

export interface Answer {
  readonly id: number;
  readonly result?: string;
  readonly error?: string;
}
