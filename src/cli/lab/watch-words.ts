/** What is said beside the ladder while somebody steps through a lab, in either language. */
import type { Language } from '../../trace/language.js';

export interface WatchWords {
  readonly sends: (who: string) => string;
  readonly injected: (who: string) => string;
  readonly virtual: string;
  readonly prompt: string;
  /** Where keys come in lines. */
  readonly linePrompt: string;
  readonly help: readonly string[];
  readonly left: (packets: number) => string;
  readonly capture: (path: string, packets: number) => string;
  readonly look: (path: string) => string;
}

export const WATCH_WORDS: Readonly<Record<Language, WatchWords>> = {
  en: {
    sends: (who) => `${who} is about to send`,
    injected: (who) => `the lab puts on the line, as if the ${who} sent it now:`,
    virtual: 'In virtual time between two glasstcp stacks (--sim): it stands still while you read; the kernel would not wait.',
    prompt: 'space: next   c: go on without stopping   q: quit   ?: help',
    linePrompt: 'Enter: next   c, Enter: go on without stopping   q, Enter: quit   ?, Enter: help',
    help: [
      'space or Enter   the segment above goes on the line',
      'c                go on to the end without stopping',
      'q                quit; the exit status is 0',
      '?                this help',
    ],
    left: (packets) => `Left after ${packets} packet${packets === 1 ? '' : 's'}; the lab was not played to its end.`,
    capture: (path, packets) => `${packets} packet${packets === 1 ? '' : 's'}, each with its explanation: ${path}`,
    look: (path) => `wireshark ${path}`,
  },
  zh: {
    sends: (who) => `${who}即将发送`,
    injected: (who) => `实验往链路上放入一个报文段，看上去像是${who}此刻所发：`,
    virtual: '两端都是 glasstcp，在虚拟时间中进行（--sim）：你阅读时，时间停住不动；内核则不会等人。',
    prompt: '空格：下一个   c：一直进行到底   q：退出   ?：帮助',
    linePrompt: '回车：下一个   c 回车：一直进行到底   q 回车：退出   ? 回车：帮助',
    help: [
      '空格或回车   上面的报文段进入链路',
      'c            不再停顿，进行到底',
      'q            退出，退出状态为 0',
      '?            显示本帮助',
    ],
    left: (packets) => `在第 ${packets} 个数据包之后退出，实验没有进行完。`,
    capture: (path, packets) => `${packets} 个数据包，每个都附有解释：${path}`,
    look: (path) => `wireshark ${path}`,
  },
};
