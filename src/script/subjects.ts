/** Subjects by their names. */
import { type EngineSubjectExtras, makeEngineSubject } from './engine-subject.js';
import { KernelSubject } from './kernel-subject.js';
import type { Subject, SubjectName, SubjectOptions } from './subject.js';
import { openTunSubject } from './tun-subject.js';

export interface SubjectExtras extends EngineSubjectExtras {
  /** The script has calls that block, `a...b`: the kernel needs a thread for them. Default false. */
  readonly blockingCalls?: boolean;
}

/** @throws SubjectUnavailable, DeviceError: this machine or this user does not have it */
export function openSubject(name: SubjectName, options: SubjectOptions, extras: SubjectExtras = {}): Subject {
  switch (name) {
    case 'engine': return makeEngineSubject(options, extras);
    case 'kernel': return new KernelSubject(options, extras.blockingCalls === true);
    case 'tun': return openTunSubject(options);
  }
}
