/** Sabotages of the labs of section C. */
import type { Sabotages } from './sabotage.js';

export const sabotages: Sabotages = {};
