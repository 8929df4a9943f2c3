/** Subjects by their names. */
import { makeEngineSubject } from './engine-subject.js';
import { openKernelSubject } from './kernel-subject.js';
import type { Subject, SubjectName, SubjectOptions } from './subject.js';
import { openTunSubject } from './tun-subject.js';

/** @throws SubjectUnavailable when this machine does not have it */
export function openSubject(name: SubjectName, options: SubjectOptions): Subject {
  switch (name) {
    case 'engine': return makeEngineSubject(options);
    case 'kernel': return openKernelSubject(options);
    case 'tun': return openTunSubject(options);
  }
}
