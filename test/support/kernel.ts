/**
 * Tests against the real kernel. They run only in a private network namespace with a TUN to be had: the whole jest process
 * is started under `unshare --net` with GLASSTCP_ISOLATED=1. Otherwise they are skipped, and say why.
 */
import { canUseTun } from './namespace.js';

/** What keeps kernel tests from running here, or null. */
export function kernelUnavailable(): string | null {
  if (process.env.GLASSTCP_ISOLATED !== '1') return 'needs a private network namespace: unshare --net env GLASSTCP_ISOLATED=1 npx jest …';
  return canUseTun();
}

export function describeKernel(name: string, tests: () => void): void {
  describeIf(kernelUnavailable(), name, tests);
}

/** describe(), or a skip with its reason on stderr. */
export function describeIf(unavailable: string | null, name: string, tests: () => void): void {
  if (unavailable === null) {
    describe(name, tests);
    return;
  }
  process.stderr.write(`skipped: ${name}: ${unavailable}\n`);
  describe.skip(name, tests);
}
