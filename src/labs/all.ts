/** All labs, in the order in which a learner meets them. */
import type { Lab, Section } from './lab.js';
import { section as a } from './sections/a.js';
import { section as b } from './sections/b.js';
import { section as c } from './sections/c.js';
import { section as d } from './sections/d.js';
import { section as e } from './sections/e.js';
import { section as f } from './sections/f.js';
import { section as g } from './sections/g.js';
import { section as h } from './sections/h.js';

export const SECTIONS: readonly Section[] = [a, b, c, d, e, f, g, h];

export const LABS: readonly Lab[] = SECTIONS.flat().map(({ lab }) => lab);
