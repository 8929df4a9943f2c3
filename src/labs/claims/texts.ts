/** The texts of all claims, by language and number. */
import { LANGUAGES, type Language } from '../text/language.js';
import type { ClaimTexts } from './claim.js';
import { text as enA } from './text/en/a.js';
import { text as enB } from './text/en/b.js';
import { text as enC } from './text/en/c.js';
import { text as enD } from './text/en/d.js';
import { text as enE } from './text/en/e.js';
import { text as enF } from './text/en/f.js';
import { text as enG } from './text/en/g.js';
import { text as enH } from './text/en/h.js';
import { text as zhA } from './text/zh/a.js';
import { text as zhB } from './text/zh/b.js';
import { text as zhC } from './text/zh/c.js';
import { text as zhD } from './text/zh/d.js';
import { text as zhE } from './text/zh/e.js';
import { text as zhF } from './text/zh/f.js';
import { text as zhG } from './text/zh/g.js';
import { text as zhH } from './text/zh/h.js';

const PARTS: Readonly<Record<Language, readonly ClaimTexts[]>> = {
  en: [enA, enB, enC, enD, enE, enF, enG, enH],
  zh: [zhA, zhB, zhC, zhD, zhE, zhF, zhG, zhH],
};

export const CLAIM_TEXTS = Object.fromEntries(LANGUAGES.map((language) => [language, Object.assign({}, ...PARTS[language]) as ClaimTexts])) as Readonly<Record<Language, ClaimTexts>>;
