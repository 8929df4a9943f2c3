/** What the two hosts of a lab are called on the screen. */
import { otherRole } from '../../labs/ends/end.js';
import type { Lab } from '../../labs/lab.js';
import { ROLE_NAMES } from '../../labs/names.js';
import type { Setting } from '../../labs/run.js';
import type { Language } from '../../trace/language.js';

const WORDS = {
  en: { kernel: 'Linux kernel', side: (role: string, name: string): string => `${role} (${name})` },
  zh: { kernel: 'Linux 内核', side: (role: string, name: string): string => `${role}（${name}）` },
} as const satisfies Record<Language, unknown>;

/** The host that is glasstcp stands on the left. */
export function sideNames({ glass }: Pick<Lab, 'glass'>, setting: Setting, language: Language): { readonly left: string; readonly right: string } {
  const [words, roles] = [WORDS[language], ROLE_NAMES[language]];
  return { left: words.side(roles[glass], 'glasstcp'), right: words.side(roles[otherRole(glass)], setting === 'kernel' ? words.kernel : 'glasstcp') };
}
