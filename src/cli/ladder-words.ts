/** The words on a ladder that are no rule's, in either language. What a segment carries (seq, ack, win …) is named as on the wire. */
import type { Language } from '../trace/language.js';
import type { FoldWords } from './fold.js';

export interface LadderWords {
  /** Over the column of times, and over that of states. */
  readonly seconds: string;
  readonly ourState: string;
  readonly unreadable: string;
  readonly noFlags: string;
  readonly again: string;
  /** TIME-WAIT counting down. */
  readonly left: (seconds: string, of: string) => string;
  readonly folded: FoldWords;
}

const many = (n: number, noun: string): string => `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;

/** @param out what the direction from the left side to the right one is called; @param back the other */
export const englishFold = (out: string, back: string): FoldWords => ({
  language: 'en',
  comma: ', ',
  parts: {
    'data out': (n) => `${many(n, 'more data segment')} ${out}`,
    'data in': (n) => `${many(n, 'more data segment')} ${back}`,
    'ack out': (n) => `${many(n, 'ack')} ${out}`,
    'ack in': (n) => `${many(n, 'ack')} ${back}`,
    'decision': (n) => many(n, 'decision'),
  },
  octets: (n) => `${n.toLocaleString('en')} octets`,
  whole: (parts, size) => `… ${parts} (${size}) …`,
});

/** @param out 发出 or 向右; @param back 收到 or 向左 */
export const chineseFold = (out: string, back: string): FoldWords => ({
  language: 'zh',
  comma: '，',
  parts: {
    'data out': (n) => `又${out} ${n.toLocaleString('en')} 个数据报文段`,
    'data in': (n) => `又${back} ${n.toLocaleString('en')} 个数据报文段`,
    'ack out': (n) => `${out} ${n.toLocaleString('en')} 个 ACK`,
    'ack in': (n) => `${back} ${n.toLocaleString('en')} 个 ACK`,
    'decision': (n) => `${n.toLocaleString('en')} 次判断`,
  },
  octets: (n) => `${n.toLocaleString('en')} 字节`,
  whole: (parts, size) => `… ${parts}（${size}）…`,
});

export const LADDER_WORDS: Readonly<Record<Language, LadderWords>> = {
  en: {
    seconds: 'seconds', ourState: 'our state', unreadable: 'unreadable packet', noFlags: 'no flags', again: '(again)',
    left: (seconds, of) => `${seconds} s of ${of} s left`, folded: englishFold('out', 'in'),
  },
  zh: {
    seconds: '秒', ourState: '我方状态', unreadable: '无法解析的数据包', noFlags: '无标志', again: '（重传）',
    left: (seconds, of) => `还剩 ${seconds} 秒，共 ${of} 秒`, folded: chineseFold('发出', '收到'),
  },
};
