/** The languages that glasstcp speaks, which of them a person asked for, and sentences with places for values. */

export type Language = 'en' | 'zh';
export const LANGUAGES: readonly Language[] = ['en', 'zh'];

/** What LANG and its kin ask for: Chinese where they begin with zh, else English. */
export function languageOf(env: Readonly<Record<string, string | undefined>>): Language {
  const wanted = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return /^zh/i.test(wanted) ? 'zh' : 'en';
}

/** Puts values where a sentence has {name}. A name without value stays as it is, so that a test sees it. */
export const fill = (sentence: string, values: Readonly<Record<string, string | number>>): string =>
  sentence.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
