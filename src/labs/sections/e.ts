/** The transfer of data: the labs of section E, in the order in which a learner meets them. */
import type { Section } from '../lab.js';

export const section: Section = [];
