/** Verdicts, notes and sections as people call them. */
import type { Language } from '../text/language.js';
import type { Note, SectionName, Verdict } from './claim.js';

export const VERDICT_NAMES = {
  en: { right: 'right', imprecise: 'imprecise', wrong: 'wrong', open: 'left open', analogy: 'an analogy', footnote: 'a footnote', missing: 'in no note' },
  zh: { right: '正确', imprecise: '不准确', wrong: '错误', open: '没有答案', analogy: '比喻', footnote: '附注', missing: '笔记未提' },
} as const satisfies Record<Language, Record<Verdict, string>>;

/** One column wide, before a verdict. */
export const VERDICT_MARKS = { right: '✓', imprecise: '~', wrong: '✗', open: '?', analogy: '≈', footnote: '*', missing: '+' } as const satisfies Record<Verdict, string>;

/** The notes' own titles. */
export const NOTE_TITLES = {
  S0: '三次握手和四次挥手机制', S1: 'tcp的三次握手和四次挥手', S2: 'TCP三次握手，四次挥手', S3: 'TCP 传输控制协议', S4: 'TCP流程',
} as const satisfies Record<Note, string>;

export const SECTION_TITLES = {
  en: {
    A: 'The handshake', B: 'Losses in the handshake', C: 'Data in the handshake', D: 'Flags and numbers', E: 'Data transfer', F: 'The close', G: 'CLOSE-WAIT and TIME-WAIT', H: 'Not TCP\'s own',
  },
  zh: { A: '三次握手', B: '握手中的丢包', C: '握手时携带数据', D: '标志位与序号', E: '数据传输', F: '四次挥手', G: 'CLOSE-WAIT 与 TIME-WAIT', H: 'TCP 之外' },
} as const satisfies Record<Language, Record<SectionName, string>>;

const STEPS: Readonly<Record<string, string>> = { first: '第一步', second: '第二步', third: '第三步', fourth: '第四步', fifth: '第五步', sixth: '第六步', seventh: '第七步', eighth: '第八步' };

/** "RFC 9293 §3.10.7.3, fourth and fifth" as each language writes it. */
export function citationIn(language: Language, citation: string): string {
  if (language === 'en') return citation;
  return citation
    .replace(/, (?=Figure|first|second|third|fourth|fifth|sixth|seventh|eighth|“)/g, '，')
    .replace(/Figure (\d+)/g, '图 $1')
    .replace(/\b(\w+)\b( and )?/g, (whole, word: string, and: string | undefined) => (word in STEPS ? `${STEPS[word]}${and === undefined ? '' : '、'}` : whole))
    .replace(/ \(([^)]*)\)/g, (_, inner: string) => `（${inner.replaceAll(', ', '、')}）`);
}
