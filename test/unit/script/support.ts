/** Scripts for tests: parsing one event, and what is left of a tree without positions. */
import type { Script, ScriptEvent } from '../../../src/script/ast.js';
import { ScriptError } from '../../../src/script/errors.js';
import { parseScript } from '../../../src/script/parse.js';

/** The only event of a script. */
export function parseEvent(text: string): ScriptEvent {
  const { events } = parseScript(text, 'test.pkt');
  if (events.length !== 1) throw new Error(`${events.length} events`);
  return events[0];
}

/** 'line:column: message', or 'accepted'. */
export function refusal(text: string): string {
  try {
    parseScript(text, 'test.pkt');
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    return `${error.line}:${error.column}: ${error.message}`;
  }
  return 'accepted';
}

const POSITIONS = ['at', 'errnoAt', 'nameAt', 'file'];

/** A copy without positions and without the source's text. */
export function bare(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(bare);
  if (typeof tree !== 'object' || tree === null || tree instanceof Uint8Array) return tree;
  const isSource = 'time' in tree || 'condition' in tree || 'setUp' in tree;
  const kept = Object.entries(tree).filter(([name, value]) => value !== undefined && !POSITIONS.includes(name) && !(isSource && name === 'text'));
  return Object.fromEntries(kept.map(([name, value]) => [name, bare(value)]));
}

/** What two scripts must have in common to be the same. */
export const saidBy = ({ options, setUp, events, cleanUp }: Pick<Script, 'options' | 'setUp' | 'events' | 'cleanUp'>): unknown => bare({ options, setUp, events, cleanUp });
