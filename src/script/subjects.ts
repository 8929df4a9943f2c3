/** Subjects by their names. */
import { createRequire } from 'node:module';
import { type EngineSubjectExtras, makeEngineSubject } from './engine-subject.js';
import type { Subject, SubjectName, SubjectOptions } from './subject.js';

export interface SubjectExtras extends EngineSubjectExtras {
  /** The script has calls that block, `a...b`: the kernel needs a thread for them. Default false. */
  readonly blockingCalls?: boolean;
}

/** Loaded when it is asked for: what talks to the kernel needs native code, and the engine must do without. */
const later = createRequire(__filename);

/** @throws DeviceError: this machine or this user does not have it */
export function openSubject(name: SubjectName, options: SubjectOptions, extras: SubjectExtras = {}): Subject {
  switch (name) {
    case 'engine': return makeEngineSubject(options, extras);
    case 'kernel': return new (later('./kernel-subject.js') as typeof import('./kernel-subject.js')).KernelSubject(options, extras.blockingCalls === true);
    case 'tun': return new (later('./tun-subject.js') as typeof import('./tun-subject.js')).TunSubject(options, extras.profile);
  }
}
