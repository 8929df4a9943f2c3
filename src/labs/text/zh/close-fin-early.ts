import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'FIN 比数据先到',
  question: '网络可能使报文段乱序。如果 FIN 比最后的数据先到，会怎样？',
  says: {
    begin: '客户端写入十个字节，然后关闭。数据走的路比 FIN 远。',
    'slow-text': '数据',
  },
  musts: {
    'late': '数据（序号 1）在途中被延迟',
    'fin': 'FIN 的序号紧接在数据之后：11',
    'dup-ack': 'FIN 先到：服务器的确认号是 1，意思是“我还在等第 1 个字节”',
    'still-open': '服务器仍处于 ESTABLISHED，它的程序还没有读到流的末尾',
    'reason': '服务器把 FIN 留着，等前面的缺口补齐',
    'close-wait': '数据到了，FIN 这时才生效，服务器进入 CLOSE-WAIT',
    'ack': '确认号 12 一次确认了数据和 FIN',
    'text': '程序先读到十个字节，然后才读到流的末尾',
  },
  explanation: [
    '笔记说 TCP 会把网络打乱的报文段重新排好，又说 FIN 消耗一个序号。这两点是相关的：正因为 FIN 有序号，它在字节流中才有自己的位置，不会在缺了一段的时候就结束整个流。',
    'RFC 9293 按序号的顺序处理报文段（§3.10.7.4：起始序号更大的报文段应当留到以后处理）。状态在处理 FIN 时改变，而不是在它到达时改变。',
    '因此，读到了流的末尾，就说明前面的数据一个字节也没有少。这是 FIN 的保证，RST 没有这个保证。',
  ],
  questions: [
    { ask: '只有 FIN 到达时，服务器处于什么状态？', answer: 'ESTABLISHED：FIN 还要等它前面的数据。', shownBy: 'still-open' },
    { ask: '先到的 FIN 得到的确认号是多少？', answer: '1，即第一个缺失字节的序号。', shownBy: 'dup-ack' },
  ],
};
