/** Inferred states in words: a step, and names short enough to stand beside each other (RFC 9293 §3.3.2). */
import type { InferredState, StateStep } from '../../observe/sighting.js';

const SHORT: Readonly<Record<InferredState, string>> = {
  'unknown': '?', 'CLOSED': 'CLOSED', 'LISTEN': 'LISTEN', 'SYN-SENT': 'SYN-S', 'SYN-RECEIVED': 'SYN-R', 'ESTABLISHED': 'ESTAB', 'FIN-WAIT-1': 'FIN-W1',
  'FIN-WAIT-2': 'FIN-W2', 'CLOSE-WAIT': 'CL-WT', 'CLOSING': 'CLOSNG', 'LAST-ACK': 'LAST-A', 'TIME-WAIT': 'TIME-W',
};

/** Columns that hold any short name, and any name. */
export const SHORT_STATE = 6;
export const LONG_STATE = 12;

/** "ESTAB", "FIN-W1"; "?" for what cannot be known. */
export const shortState = (state: InferredState): string => SHORT[state];

/** "?" for what cannot be known, else the RFC's name. */
export const stateName = (state: InferredState): string => (state === 'unknown' ? '?' : state);

/** "ESTABLISHED → CLOSE-WAIT", or the one state it stays in. */
export const stepText = ({ before, after }: StateStep): string => (before === after ? stateName(after) : `${stateName(before)} → ${stateName(after)}`);
