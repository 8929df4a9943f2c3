/** Which language a person asks for: needed before the command line is read, because its help and its errors are in that language. */
import { type Language, LANGUAGES, languageOf } from '../trace/language.js';

/** The language that a command line asks for: by --lang, whose last one counts, or else by LANG and its kin. */
export function languageAsked(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Language {
  const end = args.indexOf('--');
  const words = end < 0 ? args : args.slice(0, end);
  const asked = words.flatMap((word, i) => (word === '--lang' ? [words[i + 1]] : word.startsWith('--lang=') ? [word.slice('--lang='.length)] : []));
  return LANGUAGES.find((language) => language === asked.at(-1)) ?? languageOf(env);
}
