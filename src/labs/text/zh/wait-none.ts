import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '没有 TIME-WAIT：还在等的一方收到 RST',
  question: '如果主动关闭方不等待，而最后一个 ACK 又丢了，停在 LAST-ACK 的一方会怎样？',
  says: {
    begin: '客户端不等待：MSL 为 0。它发完告别的数据就关闭，而线路丢掉了它的最后一个 ACK。',
    'last-ack-lost': '最后一个 ACK 丢失',
  },
  musts: {
    'delivered': '数据在此之前已经送达，不受影响',
    'lost': '客户端的最后一个 ACK 丢失',
    'forgotten': '客户端立刻进入 CLOSED：它已经忘记这条连接',
    'fin-again': '服务器停在 LAST-ACK，重传 FIN',
    'rst': '得到的应答是 RST，序号就是 FIN 报文段的确认号',
    'reset': '服务器因这个 RST 离开 LAST-ACK；对它的 FIN 的 ACK 始终没有到达',
  },
  explanation: [
    '有一篇笔记用粗体更正：没有 TIME-WAIT 时，对重传的 FIN 应回复 RST，而不是不理会。这个更正是对的：发给不存在的连接的报文段，要回 <SEQ=SEG.ACK><CTL=RST>（RFC 9293 §3.10.7.1）。',
    '有什么危害？所有数据都已确认，并不会丢失，服务器的连接反正也要进入 CLOSED。但如果应用还没有释放套接字，就可能收到错误（Linux 上是 ECONNRESET），而其实一切正常：“连接被对方重置”意味着它无从知道最后发出的数据是否送达。',
    '所以 TIME-WAIT 的第一个理由是为了干净地结束；第二个理由，即旧报文段闯入新连接，才关系到数据出错，见 wait-old-segment。',
  ],
  questions: [
    { ask: '这个 RST 的序号是多少？', answer: '等于 FIN 报文段的确认号，正是服务器期待的下一个序号，所以服务器会接受它。', shownBy: 'rst' },
    { ask: '这里有数据丢失吗？', answer: '没有，数据在关闭之前就已送达。', shownBy: 'delivered' },
  ],
};
