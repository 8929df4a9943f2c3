/** glasstcp on a TUN as a subject: the engine in real time. */
import type { Subject, SubjectOptions } from './subject.js';
import { SubjectUnavailable } from './unavailable.js';

/** @throws SubjectUnavailable where there is no TUN to be had */
export function openTunSubject({ ipVersion }: SubjectOptions): Subject {
  throw new SubjectUnavailable('tun', `running scripts on glasstcp over a TUN (${ipVersion}) is not available here`, 'glasstcp script … --on engine');
}
