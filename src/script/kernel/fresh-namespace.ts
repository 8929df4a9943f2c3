/** A network namespace for one script: nothing of it is left when the script has ended, and nothing of another's is in it. */
import { closeSync, openSync } from 'node:fs';
import { must, native } from '../../device/native.js';

const CLONE_NEWNET = 0x40000000;
const HERE = '/proc/thread-self/ns/net';

/** Moves this thread into a new, empty namespace. @returns leads back @throws DeviceError without CAP_SYS_ADMIN */
export function enterFreshNamespace(): () => void {
  const home = openSync(HERE, 'r');
  try {
    must('Making a network namespace', 'unshare', CLONE_NEWNET);
  } catch (error) {
    closeSync(home);
    throw error;
  }
  return () => {
    native('setns', home, CLONE_NEWNET);
    closeSync(home);
  };
}
