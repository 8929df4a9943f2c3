/** Sabotages of the labs of section H. */
import type { Sabotages } from './sabotage.js';

export const sabotages: Sabotages = {};
