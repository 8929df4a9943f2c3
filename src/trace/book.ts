/** The rules by name, for the places that decide: `tcb.trace?.decision(tcb.id, now, R.AckNew, …)`. */
import { arriving } from './rules/arriving.js';
import { closing } from './rules/closing.js';
import { ecn } from './rules/ecn.js';
import { fastOpen } from './rules/fast-open.js';
import { host } from './rules/host.js';
import { loss } from './rules/loss.js';
import { opening } from './rules/opening.js';
import { sending } from './rules/sending.js';

export const R = { ...opening, ...arriving, ...closing, ...sending, ...loss, ...ecn, ...fastOpen, ...host } as const;
