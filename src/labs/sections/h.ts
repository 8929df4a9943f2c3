/** What is not TCP: the labs of section H, in the order in which a learner meets them. */
import type { Section } from '../lab.js';

export const section: Section = [];
