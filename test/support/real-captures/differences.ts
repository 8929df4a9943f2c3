/** Where glasstcp and tshark differ on purpose: when, who is right, and why. docs/analysis.md shows this table. */
import type { Pair } from '../compare-with-tshark.js';
import type { Flag } from './scene.js';

export interface Difference {
  /** The verdict on which they differ. */
  readonly about: Flag;
  /** Who has it: the other one does not. */
  readonly who: 'tshark' | 'glasstcp';
  /** Holds of the segment, after those of its conversation that came before it. */
  readonly when: (pair: Pair, before: readonly Pair[]) => boolean;
  /** The same in words. */
  readonly condition: string;
  readonly right: 'glasstcp' | 'tshark' | 'both';
  readonly why: string;
}

export const DIFFERENCES: readonly Difference[] = [];
