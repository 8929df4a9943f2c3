/** Makes system calls that block on a thread of their own, one at a time, as scripts do: `accept(3, ..., ...) = 4` at 0...0.2. */
import { closeSync, readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { DeviceError } from '../../device/errors.js';
import type { Micros } from '../../util/units.js';
import { BlockingSlots, Slot } from './blocking-slots.js';
import { NativeMemory, type NativeResult, must, native } from '../../device/native.js';

const START_LIMIT_MS = 10_000;
/** How long to look whether the thread sleeps in the kernel; a call that returns at once never does. */
const ENTRY_SPINS = 2_000;
/** How often to look whether the thread has left, 0.1 ms apart. */
const LEAVE_SPINS = 10_000;

export class BlockingThread {
  /** Readable when a call has returned. */
  readonly wakeFd: number;
  private readonly slots = new BlockingSlots(new SharedArrayBuffer(BlockingSlots.size));
  private readonly worker: Worker;
  private readonly wakeWriteFd: number;
  private readonly octet = new NativeMemory(1);

  /** @throws DeviceError when the thread does not come up */
  constructor(realTime: boolean) {
    const pipe = new NativeMemory(8);
    must('Making a pipe', 'pipe', pipe.address);
    this.wakeFd = pipe.view.getInt32(0, true);
    this.wakeWriteFd = pipe.view.getInt32(4, true);
    this.slots.words[Slot.RealTime] = realTime ? 1 : 0;
    this.slots.wakeOctet = this.octet.address;
    // From source (tests, ts-node) the thread needs the compiler that this one has.
    const fromSource = __filename.endsWith('.ts');
    this.worker = new Worker(__filename.replace('blocking-thread', 'blocking-worker'), {
      workerData: { shared: this.slots.shared, wakeFd: this.wakeWriteFd },
      execArgv: fromSource ? ['-r', 'ts-node/register/transpile-only'] : [],
      env: { ...process.env, TS_NODE_TRANSPILE_ONLY: '1' },
    });
    this.worker.unref();
    if (Atomics.wait(this.slots.words, Slot.Thread, 0, START_LIMIT_MS) === 'timed-out') {
      throw new DeviceError('ETHREAD', 'The thread for blocking calls did not start.', 'try again; if it stays, run the script with fewer programs beside it');
    }
  }

  get busy(): boolean {
    const state = Atomics.load(this.slots.words, Slot.State);
    return state === Slot.Asked || state === Slot.Inside;
  }

  /** Begins a call; returns when the thread sleeps in it, or it is done. */
  begin(name: string, args: readonly (number | bigint)[]): void {
    this.slots.ask(name, args);
    for (let i = 0; i < ENTRY_SPINS && this.busy && !this.asleepInside(); i++) native('usleep', 20);
  }

  /** The result of the call begun last; undefined while it blocks. */
  take(): { readonly result: NativeResult; readonly endedAt: Micros } | undefined {
    if (Atomics.load(this.slots.words, Slot.State) !== Slot.Done) return undefined;
    native('read', this.wakeFd, this.octet.address, 1);
    const result = { value: this.slots.words[Slot.Value], errno: this.slots.words[Slot.Errno] };
    Atomics.store(this.slots.words, Slot.State, Slot.Idle);
    return { result, endedAt: this.slots.endedAt };
  }

  /**
   * Whoever still blocks must have been woken (its descriptor shut down) before. The thread leaves by itself: to be ended from
   * outside in the middle of a system call would take the process with it.
   */
  close(): void {
    const { words } = this.slots;
    Atomics.store(words, Slot.Leave, 1);
    Atomics.notify(words, Slot.State);
    for (let i = 0; i < LEAVE_SPINS && Atomics.load(words, Slot.Leave) !== 2; i++) {
      Atomics.notify(words, Slot.State); // it may have been on its way to sleep
      native('usleep', 100);
    }
    closeSync(this.wakeFd);
    closeSync(this.wakeWriteFd);
  }

  private asleepInside(): boolean {
    if (Atomics.load(this.slots.words, Slot.State) !== Slot.Inside) return false;
    const stat = readFileSync(`/proc/self/task/${this.slots.words[Slot.Thread]}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('S');
  }
}
