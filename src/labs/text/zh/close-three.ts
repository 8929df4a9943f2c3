import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '三次挥手',
  question: '收到 FIN 的一方，一定要先单独回一个 ACK，再另发一个 FIN 吗？',
  says: {
    begin: '先完成一问一答。',
    'other-way': '一条新连接，反过来：服务器先关闭，客户端随即也关闭。',
    close: '客户端关闭。服务器的程序读到流的末尾，立刻也关闭。',
  },
  musts: {
    'fin': '第一个报文段：客户端的 FIN',
    'fin-ack': '第二个：服务器的 FIN，同时确认客户端的 FIN',
    'one-segment': '服务器没有再发别的报文段：ACK 没有单独占用一个报文段',
    'last-ack': '第三个：客户端确认服务器的 FIN',
    'client-path': '客户端从 FIN-WAIT-1 直接进入 TIME-WAIT，没有经过 FIN-WAIT-2',
    'server-path': '服务器和四次挥手时一样，经 CLOSE-WAIT、LAST-ACK 到 CLOSED',
    'other-way': '反过来也一样：客户端只用一个 FIN,ACK 回应服务器的 FIN，服务器从 FIN-WAIT-1 直接进入 TIME-WAIT',
  },
  explanation: [
    '笔记说需要四次，是因为连接是全双工的，被动关闭的一方可能还有数据要发，这是对的。但其中一份说“接收 FIN 方只能回一个 ACK，无法马上返回 FIN”，这是错的：只要应用程序关闭得够快，ACK 和 FIN 就在同一个报文段里。',
    'ACK 可以稍等一会儿再发（RFC 9293 §3.8.6.3：小于 0.5 秒），TCP 正是利用这段时间：也许应用程序马上也要关闭。很多程序一读到流的末尾就关闭，所以抓包看到的多数是三次挥手。',
    '在 FIN-WAIT-1 收到的报文段既是 FIN，又确认了本端的 FIN，于是直接进入 TIME-WAIT（§3.3.2，图 5，注 2）。“四”指的是要说的话有四句，不是报文段有四个；三次握手也是这样把两句话合在一个报文段里的。',
  ],
  questions: [
    { ask: '客户端跳过了哪个状态？', answer: 'FIN-WAIT-2：对本端 FIN 的 ACK 和对方的 FIN 在同一个报文段里到达。', shownBy: 'client-path' },
    { ask: '服务器跳过 CLOSE-WAIT 了吗？', answer: '没有。从收到客户端的 FIN 到自己的程序关闭为止，它短暂地处于 CLOSE-WAIT。', shownBy: 'server-path' },
  ],
};
