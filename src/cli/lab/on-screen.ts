/** A lab on the screen: what all that show one are told, and how they let signals be heard. */
import type { Lab, LabText } from '../../labs/lab.js';
import type { Setting } from '../../labs/run.js';
import type { Language } from '../../labs/text/language.js';
import type { Terminal } from '../terminal.js';

export interface OnScreen {
  readonly lab: Lab;
  readonly text: LabText;
  readonly language: Language;
  readonly setting: Setting;
  readonly terminal: Terminal;
  readonly write: (text: string) => void;
}

/** Signals are heard between turns, in virtual time too. */
export const hearSignals = (): Promise<void> => new Promise((turn) => setImmediate(turn));
