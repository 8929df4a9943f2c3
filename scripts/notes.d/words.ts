/** The words of the page in each language. */
import { SECTION_TITLES } from '../../src/labs/claims/names.js';
import type { Language } from '../../src/labs/text/language.js';

export interface PageWords {
  readonly title: string;
  readonly intro: readonly string[];
  readonly counts: readonly string[];
  readonly entries: string;
  readonly entryColumns: readonly string[];
  readonly inNoNote: string;
  readonly truth: string;
  readonly read: string;
  readonly seen: (lab: string, musts: number, seconds: string) => string;
  readonly evidenceAt: (link: string) => string;
  readonly footnote: string;
  readonly narrator: (title: string) => string;
  readonly listing: (lab: string) => string;
  readonly listingColumns: readonly string[];
  readonly table: (title: string, lab: string) => string;
  readonly colon: string;
  readonly semicolon: string;
  readonly stop: string;
}

const en: PageWords = {
  title: 'The five study notes, claim by claim',
  intro: [
    'Five Chinese study notes on the three-way handshake and the four-way close, S0 to S4, are what this product was asked for with. Here is what they say: each claim in the note\'s own words, with a verdict, what is true, where it stands, and the [lab](labs/) that shows it on live packets.',
    'Made by `npm run notes` from the claims in `src/labs/claims` and from a run of all labs in virtual time; do not edit it by hand. A test fails when the page and a run differ. `glasstcp prove S4-64` shows the same for one claim, with the packets. 中文：[notes.zh.md](notes.zh.md).',
  ],
  counts: ['note', 'title', 'right', 'imprecise', 'wrong', 'left open', 'other'],
  entries: 'All entries', entryColumns: ['entry', 'claim', 'notes', 'lab'], inNoNote: 'In no note',
  truth: 'What is true', read: 'Read',
  seen: (lab, musts, seconds) => `${lab}: all ${musts} seen, in ${seconds} s of virtual time`,
  evidenceAt: (link) => `Evidence: at ${link}`, footnote: 'a footnote', narrator: (title) => `In the note's own picture (${title}), and where it breaks:`,
  listing: (lab) => `The list as it should be, from a run of ${lab} (relative numbers, so that u = w = 1):`,
  listingColumns: ['', 'from', 'segment', 'seq', 'ack', 'client after it', 'server after it'],
  table: (title, lab) => `${title} (from the lab ${lab}):`,
  colon: ': ', semicolon: '; ', stop: '.',
};

const zh: PageWords = {
  title: '五篇学习笔记，逐条检验',
  intro: [
    '本产品源于五篇关于三次握手、四次挥手的中文学习笔记（S0 到 S4）。这里列出笔记的每一条说法：原文、判定、实际情况、出处，以及用真实数据包证实它的[实验](labs/)。',
    '本页由 `npm run notes` 根据 `src/labs/claims` 中的说法和全部实验在虚拟时间中的一次运行生成，请勿手工修改；页面与运行结果不一致时，测试会失败。`glasstcp prove S4-64 --lang zh` 可检验其中一条，并显示数据包。English: [notes.md](notes.md).',
  ],
  counts: ['笔记', '标题', '正确', '不准确', '错误', '没有答案', '其他'],
  entries: '全部条目', entryColumns: ['条目', '说法', '笔记', '实验'], inNoNote: '笔记未提',
  truth: '实际情况', read: '出处',
  seen: (lab, musts, seconds) => `${lab}：应当看到的 ${musts} 项全部看到，虚拟时间 ${seconds} 秒`,
  evidenceAt: (link) => `证据见 ${link}`, footnote: '附注', narrator: (title) => `用笔记自己的比喻（${title}）来讲，以及比喻在哪里不成立：`,
  listing: (lab) => `正确的列表，取自实验 ${lab} 的一次运行（相对序号，u = w = 1）：`,
  listingColumns: ['', '发送方', '报文段', '序号', '确认号', '客户端随后的状态', '服务器随后的状态'],
  table: (title, lab) => `${title}（出自实验 ${lab}）：`,
  colon: '：', semicolon: '；', stop: '。',
};

export const PAGE_WORDS: Readonly<Record<Language, PageWords>> = { en, zh };

/** "A · The handshake" */
export const sectionTitle = (language: Language, section: keyof (typeof SECTION_TITLES)['en']): string => `${section} · ${SECTION_TITLES[language][section]}`;
