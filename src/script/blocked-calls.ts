/** Calls on glasstcp that block: which of them have returned since somebody last looked. */
import type { PendingCall } from '../bsd/sockets.js';

export class BlockedCalls {
  private waiting: PendingCall[] = [];

  /** Keeps the call in mind if it blocks. */
  add(call: PendingCall): void {
    if (call.result === undefined) this.waiting.push(call);
  }

  /** Forgets those that have returned. @returns were there any */
  someReturned(): boolean {
    const still = this.waiting.filter(({ result }) => result === undefined);
    const some = still.length < this.waiting.length;
    this.waiting = still;
    return some;
  }
}
