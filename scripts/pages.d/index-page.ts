/** The list of all labs: docs/labs/README.md in both languages. */
import { LABS } from '../../src/labs/all.js';
import { TEXTS } from '../../src/labs/text/catalog.js';
import type { Language } from '../../src/labs/text/language.js';
import { fileOf } from './page.js';
import { WORDS } from './words.js';

export const indexFile = (language: Language): string => (language === 'en' ? 'README.md' : 'README.zh.md');

export function indexPage(language: Language): string {
  const words = WORDS[language];
  const other: Language = language === 'en' ? 'zh' : 'en';
  const sections = Object.entries(words.sections).map(([section, title]) => {
    const labs = LABS.filter((lab) => lab.section === section);
    return labs.length === 0 ? [] : [`## ${section}${words.colon}${title}`, labs.map(({ id }) => `- [${TEXTS[language][id].title}](${fileOf(id, language)}) \`${id}\``).join('\n')];
  });
  return `${[`# ${words.index.title}`, `[${words.otherLanguage}](${indexFile(other)})`, ...words.index.words, `- [${words.index.machine}](${fileOf('state-machine', language)})`, ...sections.flat(), `<sub>${words.made}</sub>`].join('\n\n')}\n`;
}
