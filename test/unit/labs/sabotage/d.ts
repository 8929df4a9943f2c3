/** Sabotages of the labs of section D. */
import type { Sabotages } from './sabotage.js';

export const sabotages: Sabotages = {};
