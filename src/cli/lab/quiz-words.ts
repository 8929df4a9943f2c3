/** What the quiz says, in either language. */
import type { Language } from '../../trace/language.js';
import type { Field } from './quiz-answers.js';

export interface QuizWords {
  readonly intro: readonly string[];
  readonly question: (number: number, of: number, who: string, state: string) => string;
  readonly ask: Readonly<Record<Field, string>>;
  readonly unreadable: Readonly<Record<Field, string>>;
  readonly right: (field: string, answer: string) => string;
  readonly wrong: (field: string, answer: string, given: string) => string;
  readonly score: (points: number, of: number) => string;
  readonly part: (field: string, points: number, of: number) => string;
  readonly nothing: string;
  readonly comma: string;
  readonly questions: string;
  readonly enter: string;
  readonly shown: (must: string) => string;
  readonly notShown: string;
}

export const QUIZ_WORDS: Readonly<Record<Language, QuizWords>> = {
  en: {
    intro: [
      'Predict what is sent next: flags as SYN,ACK (PSH and ECN do not count);',
      'numbers as on the ladder, each side counted from its first; - where there is no ack. q quits.',
    ],
    question: (number, of, who, state) => `? ${number} of ${of}: ${who}, in ${state}, is about to send a segment. Which one?`,
    ask: { flags: 'flags', seq: 'seq', ack: 'ack' },
    unreadable: {
      flags: 'Flags are SYN, ACK, FIN, RST, URG, PSH: one or several, such as SYN,ACK. q quits.',
      seq: 'A number from 0 to 4294967295. q quits.',
      ack: 'A number from 0 to 4294967295, or - for none. q quits.',
    },
    right: (field, answer) => `✓ ${field} ${answer}`,
    wrong: (field, answer, given) => `✗ ${field} ${answer}, not ${given}`,
    score: (points, of) => `Score: ${points} of ${of}`,
    part: (field, points, of) => `${field} ${points}/${of}`,
    nothing: 'Nothing is sent in this lab that could be predicted.',
    comma: ', ',
    questions: 'Questions of the lab',
    enter: '(Enter shows the answer)',
    shown: (must) => `seen in this run: ${must}`,
    notShown: 'this run has not shown it',
  },
  zh: {
    intro: [
      '请预测接下来发送什么：标志位写成 SYN,ACK（不计 PSH 和 ECN）；',
      '序号与时序图一致，双方各从自己的第一个序号数起；没有确认号就写 -。q 退出。',
    ],
    question: (number, of, who, state) => `? 第 ${number}/${of} 题：${who}处于 ${state}，即将发送一个报文段。是哪一个？`,
    ask: { flags: '标志位', seq: '序号 seq', ack: '确认号 ack' },
    unreadable: {
      flags: '标志位是 SYN、ACK、FIN、RST、URG、PSH 中的一个或几个，例如 SYN,ACK。q 退出。',
      seq: '应为 0 到 4294967295 的数。q 退出。',
      ack: '应为 0 到 4294967295 的数，没有则写 -。q 退出。',
    },
    right: (field, answer) => `✓ ${field} ${answer}`,
    wrong: (field, answer, given) => `✗ ${field} 应为 ${answer}，不是 ${given}`,
    score: (points, of) => `得分：${points}/${of}`,
    part: (field, points, of) => `${field} ${points}/${of}`,
    nothing: '这个实验里没有可供预测的报文段。',
    comma: '，',
    questions: '实验的问题',
    enter: '（回车显示答案）',
    shown: (must) => `本次运行已经看到：${must}`,
    notShown: '本次运行没有显示这一点',
  },
};
