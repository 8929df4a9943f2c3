/** The write under way: pieces that go into the send buffer as it takes them, and the callback that waits for the last octet. */
import type { Endpoint } from '../stack/endpoint.js';
import type { CallError } from '../tcp/tcb.js';

export type Done = (error?: Error | null) => void;

/** Pieces smaller than this are joined: one SEND, and not a short segment for each. */
const JOINED = 64 * 1024;

export class PendingWrite {
  /** Octets of the whole write. */
  octets = 0;
  private pieces: readonly Uint8Array[] = [];
  private index = 0;
  private offset = 0;
  private done: Done | null = null;

  get waiting(): boolean {
    return this.done !== null;
  }

  get complete(): boolean {
    return this.index === this.pieces.length;
  }

  start(pieces: readonly Uint8Array[], done: Done): void {
    this.pieces = pieces;
    this.octets = pieces.reduce((sum, piece) => sum + piece.length, 0);
    this.index = 0;
    this.offset = 0;
    this.done = done;
  }

  /** Hands over what the send buffer takes; Signal.Writable follows if that is not all. @returns an error's name, or null */
  advance(endpoint: Endpoint): CallError | null {
    while (!this.complete) {
      const piece = this.pieces[this.index];
      const taken = endpoint.send(piece, this.offset, piece.length);
      if (typeof taken !== 'number') return taken;
      this.offset += taken;
      if (this.offset < piece.length) return null;
      this.index++;
      this.offset = 0;
    }
    return null;
  }

  /** It is over. The callback may start the next write. */
  finish(error: Error | null): void {
    const { done } = this;
    this.pieces = [];
    this.index = 0;
    this.done = null;
    done?.(error);
  }
}

/** The same octets in fewer pieces; large ones are not copied. */
export function joinSmall(chunks: readonly Uint8Array[]): Uint8Array[] {
  const joined: Uint8Array[] = [];
  let run: Uint8Array[] = [];
  let octets = 0;
  const endRun = (): void => {
    if (run.length > 0) joined.push(run.length === 1 ? run[0] : Buffer.concat(run, octets));
    run = [];
    octets = 0;
  };
  for (const chunk of chunks) {
    if (octets + chunk.length > JOINED) endRun();
    run.push(chunk);
    octets += chunk.length;
  }
  endRun();
  return joined;
}
