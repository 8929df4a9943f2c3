/**
 * Waits on Node's own loop until a descriptor can be read. The only file that touches koffi.node.poll (libuv's uv_poll),
 * which is undocumented and has three traps: a handle that is garbage-collected stops without a word; what the callback
 * throws is swallowed; process.nextTick and promises queued in the callback wait for some other event. So handles are
 * kept in a set, and the callback only schedules: the work runs from setImmediate, in the same turn of the loop.
 */
import type { Koffi } from './libc.js';

type Handle = ReturnType<Koffi['node']['poll']>;

/** Keeps every open handle reachable until it is closed. */
const open = new Set<Handle>();

export class Readiness {
  private handle: Handle | null;
  private immediate: NodeJS.Immediate | null = null;
  private failed = false;

  /**
   * @param onReadable runs while there is something to read, at most once per turn of the loop.
   * @param onLost runs once when the descriptor is no more (its interface was deleted); no more calls after it.
   */
  constructor(koffi: Koffi, fd: number, private readonly onReadable: () => void, private readonly onLost: () => void) {
    // koffi's types promise (events), its code calls with (status, events): both are understood.
    this.handle = koffi.node.poll(fd, { readable: true }, (status) => this.schedule(typeof status === 'number' && status < 0));
    open.add(this.handle);
  }

  /** Runs `onReadable` in the next turn of the loop, whether or not the descriptor has been seen readable. */
  again(): void {
    this.schedule(false);
  }

  /** Idempotent. Nothing is called after it, and it no longer keeps the process alive. */
  close(): void {
    if (this.immediate !== null) clearImmediate(this.immediate);
    this.immediate = null;
    if (this.handle === null) return;
    this.handle.close();
    open.delete(this.handle);
    this.handle = null;
  }

  private schedule(lost: boolean): void {
    if (this.handle === null) return;
    this.failed ||= lost;
    this.immediate ??= setImmediate(this.run);
  }

  private readonly run = (): void => {
    this.immediate = null;
    if (!this.failed) return this.onReadable();
    this.close();
    this.onLost();
  };
}
