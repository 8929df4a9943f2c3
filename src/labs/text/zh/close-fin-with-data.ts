import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '携带数据的 FIN',
  question: 'FIN 可以携带数据吗？这时数据和 FIN 的序号各是多少？',
  says: { begin: '客户端写入十个字节，TCP 暂不发送，等待后续数据；接着就关闭，后面来的便是 FIN。' },
  musts: {
    'one-segment': '同一个报文段里既有十个字节的数据（序号 1），又有 FIN',
    'ack': '确认号是 12：十个字节占用 1 到 10，FIN 的序号是 11',
    'text': '服务器的程序先读到这十个字节，然后才读到流的末尾',
    'fin-alone': '服务器的 FIN 不携带数据',
    'ack-alone': '确认号是它的序号加 1：它同样消耗了一个序号',
  },
  explanation: [
    '笔记说“FIN 即使不携带数据也消耗一个序号”，这是对的（RFC 9293 §3.4），同时也说明 FIN 可以携带数据。在同一个报文段里，FIN 排在数据之后，序号紧接着最后一个字节。',
    '如果 FIN 没有自己的序号，就无法被确认，谁也不知道它是否到达；它在字节流中也就没有位置：途中超过了数据、提前到达的 FIN，必须等缺口补齐之后才生效。',
    'SYN 也是一样，只是它排在同一报文段的数据之前。纯 ACK 不消耗序号，所以不需要再对 ACK 进行确认。',
  ],
  questions: [
    { ask: '一个报文段序号为 1，有十个字节的数据和 FIN，确认号应当是多少？', answer: '12：FIN 的序号是 11，再加 1。', shownBy: 'ack' },
    { ask: '不携带数据的 FIN 消耗序号吗？', answer: '消耗一个。', shownBy: 'ack-alone' },
  ],
};
