/** The kernel's TCP as a subject: behind a TUN, in a private network namespace. */
import type { Subject, SubjectOptions } from './subject.js';
import { SubjectUnavailable } from './unavailable.js';

/** @throws SubjectUnavailable where the kernel cannot be reached */
export function openKernelSubject(_options: SubjectOptions): Subject {
  throw new SubjectUnavailable('kernel', 'running scripts on the kernel is not available here');
}
