/** All that is known about differences; the first that explains one is taken. */
import type { Explanation } from './explanations.js';
import { closing } from './knowledge/closing.js';
import { opening } from './knowledge/opening.js';
import { receiving } from './knowledge/receiving.js';
import { sending } from './knowledge/sending.js';

// Special cases stand before general ones: opening and closing know their scenarios, sending knows everything that moves.
export const KNOWLEDGE: readonly Explanation[] = [...opening.filter(({ id }) => id !== 'syn-linear'), ...closing, ...receiving, ...sending, ...opening.filter(({ id }) => id === 'syn-linear')];
