/** A subject that cannot be had on this machine, with the reason. */
import type { SubjectName } from './subject.js';

export class SubjectUnavailable extends Error {
  override readonly name = 'SubjectUnavailable';

  /** @param mend what to run instead; '' = nothing helps */
  constructor(readonly subject: SubjectName, message: string, readonly mend = '') {
    super(message);
  }
}
