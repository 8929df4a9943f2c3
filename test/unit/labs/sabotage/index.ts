/** All sabotages, gathered from the files of the sections. */
import { sabotages as a } from './a.js';
import { sabotages as f } from './f.js';
import { sabotages as g } from './g.js';
import type { Sabotages } from './sabotage.js';

export const SABOTAGES: Sabotages = { ...a, ...f, ...g };
