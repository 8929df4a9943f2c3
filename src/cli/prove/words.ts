/** The words of `prove` in each language. */
import type { LineFate } from '../../labs/line.js';
import { FATE_NAMES } from '../../labs/names.js';
import type { Language } from '../../labs/text/language.js';

export interface ProveWords {
  readonly fates: Readonly<Record<LineFate, string>>;
  readonly inNoNote: string;
  readonly says: string;
  readonly truth: string;
  readonly citations: string;
  readonly evidence: (lab: string) => string;
  readonly sim: string;
  readonly kernel: string;
  readonly omitted: (count: number) => string;
  readonly notSeen: string;
  readonly fault: string;
  readonly instead: string;
  readonly noLab: string;
  readonly further: string;
  readonly narrators: string;
  readonly captured: (packets: number, path: string) => string;
  readonly held: (count: number, all: number) => string;
  readonly colon: string;
  readonly semicolon: string;
}

const en: ProveWords = {
  fates: { ...FATE_NAMES.en, injected: 'forged or old' },
  inNoNote: 'no note says anything of it', says: 'Claim', truth: 'What is true', citations: 'Read',
  evidence: (lab) => `Evidence: lab ${lab}`, sim: '(both hosts are glasstcp, in virtual time)', kernel: '(with this machine\'s kernel)',
  omitted: (count) => `${count} earlier`, notSeen: 'Not seen', fault: 'The lab could not be played', instead: 'seen instead',
  noLab: 'A footnote: no lab is needed for this.', further: 'Other labs about it', narrators: 'In the note\'s own picture',
  captured: (packets, path) => `${packets} packets in ${path}: open it in Wireshark.`,
  held: (count, all) => `${count} of ${all} shown by a run`, colon: ': ', semicolon: '; ',
};

const zh: ProveWords = {
  fates: { ...FATE_NAMES.zh, injected: '伪造或旧的' },
  inNoNote: '五篇笔记都没有提到', says: '说法', truth: '实际情况', citations: '出处',
  evidence: (lab) => `证据：实验 ${lab}`, sim: '（双方都是 glasstcp，虚拟时间）', kernel: '（对端是本机内核）',
  omitted: (count) => `此前还有 ${count} 个`, notSeen: '没有看到', fault: '实验无法进行', instead: '实际看到',
  noLab: '这是一条附注，不需要实验。', further: '其他相关实验', narrators: '用笔记自己的比喻来讲',
  captured: (packets, path) => `${path} 中有 ${packets} 个数据包：可用 Wireshark 打开。`,
  held: (count, all) => `${all} 条中有 ${count} 条由运行证实`, colon: '：', semicolon: '；',
};

export const PROVE_WORDS: Readonly<Record<Language, ProveWords>> = { en, zh };
