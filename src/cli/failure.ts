/** Errors as people are told them: what went wrong, why, and what mends it. Nobody is shown a stack trace. */
import type { Language } from '../trace/language.js';
import { errorInChinese } from './zh/phrases.js';

/** Something a user can mend: a wrong option, a file that cannot be written. */
export class Failure extends Error {
  override readonly name = 'Failure';

  /**
   * @param mend the command or change that mends it.
   * @param status exit status: 1, or 2 when the command line itself is wrong.
   */
  constructor(message: string, readonly mend = '', readonly status: 1 | 2 = 1) {
    super(message);
  }
}

/** The command line is wrong. */
export const usageError = (message: string, mend: string): Failure => new Failure(message, mend, 2);

/** "error: … / to mend it: …", with a line end. Errors of devices and captures carry their own `mend`. */
export function explainFailure(error: unknown, language: Language = 'en'): string {
  const words = WORDS[language];
  if (!(error instanceof Error)) return `${words.error}${String(error)}\n`;
  const mend = 'mend' in error && typeof error.mend === 'string' ? error.mend : undefined;
  if (mend === undefined) return `${words.error}${error.message}\n  ${words.bug(error.name + placeOf(error))}\n`;
  return `${words.error}${words.translate(firstLine(error))}\n${mend === '' ? '' : `  ${words.mend}${words.translate(mend)}\n`}`;
}

const WORDS = {
  en: { error: 'error: ', mend: 'to mend it: ', bug: (what: string) => `This is a bug in glasstcp (${what}).`, translate: (sentence: string) => sentence },
  zh: { error: '错误：', mend: '解决办法：', bug: (what: string) => `这是 glasstcp 的一个缺陷（${what}）。`, translate: errorInChinese },
} as const;

/** What a module loader says goes on for lines. */
export const firstLine = ({ message }: Error): string => message.split('\n', 1)[0] ?? '';

/** Where a bug showed: the first line of ours in the stack, for a report. */
function placeOf(error: Error): string {
  const place = /[\\/](?:dist|src)[\\/]([\w\\/.-]+:\d+)/.exec(error.stack ?? '');
  return place === null ? '' : ` at ${place[1]}`;
}

export const statusOf = (error: unknown): number => (error instanceof Failure ? error.status : 1);
