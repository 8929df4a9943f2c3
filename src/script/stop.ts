/** Why a run ends before its script does. Thrown inside the runner only; runScript makes a result of it. */
import type { Position } from './ast.js';

/** `fail`: the subject did something else; `unsupported`: we cannot do what the script asks; `error`: the script makes no sense. */
export type StopVerdict = 'fail' | 'unsupported' | 'error';

export class Stop extends Error {
  constructor(readonly verdict: StopVerdict, message: string, readonly at?: Position) {
    super(message);
    this.name = 'Stop';
  }
}
