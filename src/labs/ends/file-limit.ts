/**
 * A host at its limit of open files, for the length of one action that does not wait. The kernel's limit is this whole process's
 * (RLIMIT_NOFILE), so nothing else may run meanwhile; before the action returns it is what it was.
 */
import { readdirSync } from 'node:fs';
import { Linux } from '../../bsd/constants.js';
import { NativeMemory, must, native } from '../../device/native.js';
import type { End } from './end.js';
import { GlassEnd } from './glass-end.js';

const RLIMIT_NOFILE = 7;
/** struct rlimit: the soft limit, then the hard one, 64 bits each. */
const RLIMIT = 16;
const F_DUPFD_CLOEXEC = 1030;
const STDERR = 2;

/** Everything below the limit is open when the action begins: what it closes can be opened again, nothing else. @throws DeviceError */
export function atFileLimit<T>(end: End, action: () => T): T {
  return end instanceof GlassEnd ? atLimitOfGlass(end, action) : atLimitOfProcess(action);
}

function atLimitOfGlass<T>({ calls }: GlassEnd, action: () => T): T {
  const highest = Math.max(...calls.descriptors);
  const fillers: number[] = [];
  calls.limitDescriptors(highest + 1);
  try {
    while (fillers.length < highest) {
      const made = calls.socket(Linux.AF_INET, Linux.SOCK_STREAM).result;
      if (made === undefined || made.errno !== 0) break;
      fillers.push(made.value);
    }
    return action();
  } finally {
    for (const fd of fillers) calls.close(fd);
    calls.limitDescriptors(Infinity);
  }
}

function atLimitOfProcess<T>(action: () => T): T {
  const memory = new NativeMemory(RLIMIT);
  must('Asking for the limit of open files', 'getrlimit', RLIMIT_NOFILE, memory.address);
  const before = memory.view.getBigUint64(0, true);
  const highest = Math.max(...readdirSync('/proc/self/fd').map(Number));
  const fillers: number[] = [];
  memory.view.setBigUint64(0, BigInt(highest + 1), true);
  must('Lowering the limit of open files', 'setrlimit', RLIMIT_NOFILE, memory.address);
  try {
    while (fillers.length < highest) {
      const { value } = native('fcntl', STDERR, F_DUPFD_CLOEXEC, 0);
      if (value < 0) break;
      fillers.push(value);
    }
    return action();
  } finally {
    for (const fd of fillers) native('close', fd);
    memory.view.setBigUint64(0, before, true);
    must('Raising the limit of open files again', 'setrlimit', RLIMIT_NOFILE, memory.address);
    memory.free();
  }
}
