/** All narrators, by language. */
import type { Language } from '../text/language.js';
import { breakUp as breakUpEn } from './en/break-up.js';
import { fog as fogEn } from './en/fog.js';
import { walkieTalkie as walkieTalkieEn } from './en/walkie-talkie.js';
import type { Narrator } from './narrator.js';
import { breakUp as breakUpZh } from './zh/break-up.js';
import { fog as fogZh } from './zh/fog.js';
import { walkieTalkie as walkieTalkieZh } from './zh/walkie-talkie.js';

export const NARRATORS: Readonly<Record<Language, readonly Narrator[]>> = {
  en: [walkieTalkieEn, fogEn, breakUpEn],
  zh: [walkieTalkieZh, fogZh, breakUpZh],
};

/** By its id, or by its title in either language: fog, 雾中挥手. */
export function narratorNamed(name: string, language: Language): Narrator | undefined {
  const at = Object.values(NARRATORS).map((all) => all.findIndex(({ id, title }) => id === name || title === name)).find((found) => found >= 0);
  return at === undefined ? undefined : NARRATORS[language][at];
}
