/** What the two hosts of a lab are called on the screen. */
import type { Role } from '../../labs/ends/end.js';
import { otherRole } from '../../labs/ends/end.js';
import type { Lab } from '../../labs/lab.js';
import type { Setting } from '../../labs/run.js';
import type { Language } from '../../trace/language.js';

const WORDS = {
  en: { client: 'client', server: 'server', kernel: 'Linux kernel', side: (role: string, name: string): string => `${role} (${name})` },
  zh: { client: '客户端', server: '服务器', kernel: 'Linux 内核', side: (role: string, name: string): string => `${role}（${name}）` },
} as const satisfies Record<Language, unknown>;

/** "client", 客户端 */
export const roleName = (role: Role, language: Language): string => WORDS[language][role];

/** The host that is glasstcp stands on the left. */
export function sideNames({ glass }: Pick<Lab, 'glass'>, setting: Setting, language: Language): { readonly left: string; readonly right: string } {
  const words = WORDS[language];
  return { left: words.side(words[glass], 'glasstcp'), right: words.side(words[otherRole(glass)], setting === 'kernel' ? words.kernel : 'glasstcp') };
}
