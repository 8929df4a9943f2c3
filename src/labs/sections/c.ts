/** Text on the handshake: the labs of section C, in the order in which a learner meets them. */
import type { Section } from '../lab.js';

export const section: Section = [];
