/** The thread that makes the calls that block, while the script goes on. Started by blocking-thread.ts; speaks through shared memory alone. */
import { workerData } from 'node:worker_threads';
import { BlockingSlots, Slot } from './blocking-slots.js';
import { native } from '../../device/native.js';
import { beRealTime, wallClock } from './kernel-time.js';

const { shared, wakeFd } = workerData as { readonly shared: SharedArrayBuffer; readonly wakeFd: number };
const slots = new BlockingSlots(shared);

if (slots.realTime) beRealTime(true);
Atomics.store(slots.words, Slot.Thread, native('gettid').value);
Atomics.notify(slots.words, Slot.Thread);
for (;;) {
  if (Atomics.load(slots.words, Slot.Leave) !== 0) break;
  const state = Atomics.load(slots.words, Slot.State);
  if (state !== Slot.Asked) {
    Atomics.wait(slots.words, Slot.State, state);
    continue;
  }
  Atomics.store(slots.words, Slot.State, Slot.Inside);
  const result = native(slots.name, ...slots.args);
  slots.finish(result.value, result.errno, wallClock());
  native('write', wakeFd, slots.wakeOctet, 1);
}
Atomics.store(slots.words, Slot.Leave, 2);
