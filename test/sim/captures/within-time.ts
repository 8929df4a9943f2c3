/** Work that hangs is ended from outside; and the heap, counted when all that is unused has gone. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** @returns false when the work was not done in time. @param limit ms */
export function withinTime(work: () => void, limit: number): boolean {
  try {
    runInNewContext('work()', { work }, { timeout: limit });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false;
    throw error;
  }
}

/** Octets of the heap and of buffers outside it that are in use. */
export function memoryInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
