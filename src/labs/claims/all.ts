/** All claims of the notes, by the sections of their catalogue, with their texts. */
import { claims as a } from './a.js';
import { claims as b } from './b.js';
import { claims as c } from './c.js';
import { type Claim, SECTION_NAMES, type SectionName } from './claim.js';
import { claims as d } from './d.js';
import { claims as e } from './e.js';
import { claims as f } from './f.js';
import { claims as g } from './g.js';
import { claims as h } from './h.js';

export const CLAIMS_BY_SECTION: Readonly<Record<SectionName, readonly Claim[]>> = { A: a, B: b, C: c, D: d, E: e, F: f, G: g, H: h };

export const CLAIMS: readonly Claim[] = SECTION_NAMES.flatMap((name) => CLAIMS_BY_SECTION[name]);

/** In which section an entry stands. */
export const sectionOf = (claim: Claim): SectionName => SECTION_NAMES.find((name) => CLAIMS_BY_SECTION[name].includes(claim)) ?? 'H';
