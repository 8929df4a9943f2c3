/** All labs, in the order in which a learner meets them. */
import type { Lab } from './lab.js';
import { openNormal } from './plays/open-normal.js';

export const LABS: readonly Lab[] = [openNormal];
