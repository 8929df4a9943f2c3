/**
 * The questions of the doctor, and what comes of them. They are asked through an Environment, so that tests can be any
 * machine; a Check only looks and never changes anything.
 */
import type { Run } from '../isolation-probe.js';

export interface Environment {
  readonly platform: string;
  /** As process.versions.node. */
  readonly nodeVersion: string;
  readonly uid: number;
  readonly run: Run;
  /** Opens a file for reading and writing. @returns null if that works, else the errno's name */
  readonly tryOpen: (path: string) => string | null;
  /** Loads an npm package. @returns its version. @throws if it cannot be loaded */
  readonly load: (name: string) => string;
  /** Is it in node_modules, whether or not it can be loaded? */
  readonly isInstalled: (name: string) => boolean;
  /** @returns the text of a file, or null when it cannot be read */
  readonly readText: (path: string) => string | null;
}

export interface Finding {
  readonly name: string;
  readonly fine: boolean;
  /** What was found. */
  readonly detail: string;
  /** Only if not fine: what is lost without it, and the command that mends it. */
  readonly why?: string;
  readonly mend?: string;
  /** glasstcp is useful without it. */
  readonly optional?: boolean;
}

export type Check = (env: Environment) => Finding;

export const fine = (name: string, detail: string): Finding => ({ name, fine: true, detail });

export function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
