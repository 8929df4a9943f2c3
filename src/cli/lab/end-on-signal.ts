/** Ctrl-C and its kin while a lab is watched: what is open is tidied up, and the process ends with the status that shells expect. */
import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * @param tidy must not wait: the process ends when it returns, with it the private network and all that is in it
 * @returns stops listening
 */
export function endOnSignal(tidy: () => void): () => void {
  const listeners = SIGNALS.map((signal) => {
    const listener = (): void => {
      try {
        tidy();
      } finally {
        process.exit(128 + constants.signals[signal]);
      }
    };
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  return () => listeners.forEach((stop) => stop());
}
