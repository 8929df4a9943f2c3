/** Flags and numbers: the labs of section D, in the order in which a learner meets them. */
import type { Section } from '../lab.js';

export const section: Section = [];
