/** All texts of labs, by language and id. */
import { SECTIONS } from '../all.js';
import type { LabText } from '../lab.js';
import { type Language, LANGUAGES } from './language.js';

const textsIn = (language: Language): Readonly<Record<string, LabText>> => Object.fromEntries(SECTIONS.flat().map(({ lab, text }) => [lab.id, text[language]]));

export const TEXTS = Object.fromEntries(LANGUAGES.map((language) => [language, textsIn(language)])) as Readonly<Record<Language, Readonly<Record<string, LabText>>>>;
