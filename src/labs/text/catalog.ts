/** All texts of labs, by language and id. */
import type { LabText } from '../lab.js';
import { text as enOpenNormal } from './en/open-normal.js';
import type { Language } from './language.js';
import { text as zhOpenNormal } from './zh/open-normal.js';

export const TEXTS: Readonly<Record<Language, Readonly<Record<string, LabText>>>> = {
  en: { 'open-normal': enOpenNormal },
  zh: { 'open-normal': zhOpenNormal },
};
