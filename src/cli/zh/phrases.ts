/** Sentences of the command line in Chinese: looked up as they are, or by a pattern whose {names} stand for whatever stands there. */
import { errors } from './errors.js';
import { help } from './help.js';

interface Pattern {
  readonly match: RegExp;
  readonly names: readonly string[];
  readonly chinese: string;
}

const PATTERNS: readonly Pattern[] = Object.entries(errors).map(([english, chinese]) => {
  const names = [...english.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const source = english.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('([^]*?)');
  return { match: new RegExp(`^${source}$`), names, chinese };
});

/** A sentence of the help; unknown ones stay English. */
export const inChinese = (sentence: string): string => help[sentence] ?? sentence;

/** An error, or part of one; what stands in it for a {name} is looked up as well. Unknown ones stay English. */
export function errorInChinese(sentence: string): string {
  const exact = errors[sentence] ?? help[sentence];
  if (exact !== undefined) return exact;
  for (const { match, names, chinese } of PATTERNS) {
    const found = names.length === 0 ? null : match.exec(sentence);
    if (found !== null) return names.reduce((text, name, i) => text.replace(`{${name}}`, () => errorInChinese(found[i + 1])), chinese);
  }
  return sentence;
}
