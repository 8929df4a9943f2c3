/** All sabotages, gathered from the files of the sections. */
import { sabotages as a } from './a.js';
import { sabotages as c } from './c.js';
import { sabotages as d } from './d.js';
import { sabotages as dNumbers } from './d-numbers.js';
import { sabotages as e } from './e.js';
import { sabotages as eControl } from './e-control.js';
import { sabotages as f } from './f.js';
import { sabotages as g } from './g.js';
import { sabotages as h } from './h.js';
import type { Sabotages } from './sabotage.js';

export const SABOTAGES: Sabotages = { ...a, ...c, ...d, ...dNumbers, ...e, ...eControl, ...f, ...g, ...h };
