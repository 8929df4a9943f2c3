/** The words of the pages around the texts of the labs, in both languages. */
import { SECTION_TITLES } from '../../src/labs/claims/names.js';
import type { LineFate } from '../../src/labs/line.js';
import { FATE_NAMES } from '../../src/labs/names.js';
import type { Language } from '../../src/labs/text/language.js';

export interface Words {
  readonly gap: (packets: number) => string;
  readonly fates: Readonly<Record<LineFate, string>>;
  readonly labs: string;
  readonly section: string;
  readonly sections: Readonly<Record<string, string>>;
  readonly otherLanguage: string;
  readonly entries: string;
  readonly seen: string;
  readonly paths: string;
  readonly segments: string;
  readonly segmentsLeft: (left: number) => string;
  readonly why: string;
  readonly questions: string;
  readonly read: string;
  readonly play: string;
  readonly ladder: string;
  readonly ladderAlt: (title: string) => string;
  readonly made: string;
  readonly played: (glass: string) => string;
  readonly noPacket: string;
  readonly colon: string;
  readonly index: { readonly title: string; readonly machine: string; readonly words: readonly string[] };
}

export const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    gap: (n) => `… ${n} more segments …`,
    fates: { ...FATE_NAMES.en, duplicated: 'twice', corrupted: 'damaged', delayed: 'late' },
    labs: 'Labs', section: 'Section', sections: SECTION_TITLES.en, otherLanguage: '中文', entries: 'Entries of the notes', seen: 'What had to be seen, and was', paths: 'The states', segments: 'The segments, and why',
    segmentsLeft: (n) => `… and ${n} more: run it to see them.`, why: 'What it means', questions: 'Questions', read: 'Read on', play: 'Play it yourself', ladder: 'The ladder',
    ladderAlt: (title) => `Ladder of the lab “${title}”`,
    made: 'Made by `npm run pages` from a run in virtual time; do not edit it by hand.',
    played: (glass) => `The ${glass} is glasstcp, whose reasons stand below. Against the kernel, the other side is Linux. Times are in seconds; numbers are relative.`,
    noPacket: 'no packet', colon: ': ',
    index: {
      title: 'Labs: claims about TCP that run', machine: 'The state machine, with the labs that take each edge',
      words: [
        'Each lab plays one claim about TCP on live packets, against the Linux kernel or, with `--sim`, in virtual time, and fails if what must be seen is not seen. Each has a page with its ladder, its segments and why each was sent.',
        'The pages are made from runs by `npm run pages`; a test compares them with a run. The same pages for a browser: [html/index.html](html/index.html).',
      ],
    },
  },
  zh: {
    gap: (n) => `……此处省略 ${n} 个报文段……`,
    fates: FATE_NAMES.zh,
    labs: '实验', section: '章节', sections: SECTION_TITLES.zh, otherLanguage: 'English', entries: '对应的笔记条目', seen: '应当看到、也确实看到的', paths: '状态变化', segments: '报文段及其原因',
    segmentsLeft: (n) => `……还有 ${n} 个，运行实验即可看到。`, why: '解释', questions: '问题', read: '延伸阅读', play: '自己动手', ladder: '时序图',
    ladderAlt: (title) => `实验“${title}”的时序图`,
    made: '本页由 `npm run pages` 根据一次虚拟时间中的运行生成，请勿手工修改。',
    played: (glass) => `${glass}是 glasstcp，下面列出它的每个决定及原因；与内核对跑时，另一端是 Linux。时间单位为秒，序号均为相对值。`,
    noPacket: '没有报文', colon: '：',
    index: {
      title: '实验：可以运行的 TCP 说法', machine: '状态机：每条转移由哪个实验走过',
      words: [
        '每个实验用真实的报文段验证一条关于 TCP 的说法：可以与 Linux 内核对跑，也可以加 `--sim` 在虚拟时间中运行；应当看到的没有看到，实验就算失败。每个实验都有一页，包括时序图、每个报文段以及发送它的原因。',
        '这些页面由 `npm run pages` 根据实际运行生成，并有测试与运行结果逐一比对。浏览器版：[html/index.zh.html](html/index.zh.html)。',
      ],
    },
  },
};
