/** Sabotages of the labs of section E. */
import type { Sabotages } from './sabotage.js';

export const sabotages: Sabotages = {};
