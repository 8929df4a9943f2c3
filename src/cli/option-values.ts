/** The values of options, checked: what an option takes, and what it was given instead. */
import { usageError } from './failure.js';

export interface OptionReader {
  /** Any text but none. @throws Failure */
  readonly text: (name: string, value: unknown, takes: string) => string;
  /** A decimal number, fractions allowed unless `whole`. @throws Failure */
  readonly number: (name: string, value: unknown, least: number, most: number, takes: string, whole?: boolean) => number;
  /** An option without a value. @throws Failure */
  readonly flag: (name: string, value: unknown) => boolean;
  /** The error for such a value. */
  readonly wrong: (name: string, value: unknown, takes: string) => Error;
}

/** @param help the command that tells more */
export function optionReader(help: string): OptionReader {
  const wrong = (name: string, value: unknown, takes: string): Error => {
    if (Array.isArray(value)) return usageError(`--${name} is given ${value.length} times.`, `give it once: ${takes}`);
    const given = typeof value === 'string' && value !== '' ? `was given "${value}"` : 'was given nothing';
    return usageError(`--${name} takes ${takes}; it ${given}.`, help);
  };
  return {
    wrong,
    text: (name, value, takes) => {
      if (typeof value === 'string' && value !== '') return value;
      throw wrong(name, value, takes);
    },
    number: (name, value, least, most, takes, whole = false) => {
      const text = typeof value === 'string' ? value : '';
      const number = /^[-+]?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : NaN;
      if (number >= least && number <= most && (!whole || Number.isInteger(number))) return number;
      throw wrong(name, value, takes);
    },
    flag: (name, value) => {
      if (value === undefined || typeof value === 'boolean') return value === true;
      throw wrong(name, value, 'no value, and is given at most once');
    },
  };
}
