/** What a sabotage is: something that breaks a lab's world before the play, and the must that is not seen then. */
import type { Stage } from '../../../../src/labs/stage/stage.js';

export interface Sabotage {
  /** The key of the must that fails. */
  readonly breaks: string;
  readonly how: (stage: Stage) => void;
}

/** By the ids of labs. */
export type Sabotages = Readonly<Record<string, readonly Sabotage[]>>;
