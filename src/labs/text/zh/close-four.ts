import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '四次挥手',
  question: '一条连接有两个方向，每个方向各自关闭。双方依次经过哪些状态？最后是谁在等待？',
  says: {
    'begin': '连接已经建立。客户端没有数据要发了，主动关闭。',
    'server-closes': '服务器这段时间还有事情要做，现在做完了，也关闭。',
  },
  musts: {
    'fin': '第一个报文段：客户端的 FIN（序号 1）。它同时带 ACK：除了最初的 SYN，每个报文段都带 ACK',
    'ack': '第二个：服务器确认这个 FIN（确认号 2），可见 FIN 消耗了一个序号',
    'half': '这个 ACK 让客户端进入 FIN-WAIT-2，而不是 TIME-WAIT；服务器此时处于 CLOSE-WAIT',
    'fin-back': '第三个：服务器的 FIN，序号与前面的 ACK 相同，仍是 1，因为中间没有发送数据',
    'last-ack': '第四个：客户端确认服务器的 FIN（序号 2，确认号 2）',
    'server-closed': '服务器已经 CLOSED，客户端还在 TIME-WAIT：只有主动关闭的一方需要等待',
    'time-wait': 'TIME-WAIT 在 {waited} 毫秒后自行结束，正好是 2 MSL（本实验把 MSL 设为 500 毫秒）',
    'client-path': '客户端的状态依次为 ESTABLISHED、FIN-WAIT-1、FIN-WAIT-2、TIME-WAIT、CLOSED',
    'server-path': '服务器的状态依次为 ESTABLISHED、CLOSE-WAIT、LAST-ACK、CLOSED',
  },
  explanation: [
    '笔记画的四个报文段是对的（RFC 9293 §3.6，图 12），但有三处细节错了。一处说客户端收到对自己 FIN 的 ACK 就进入 TIME-WAIT：这个 ACK 只让它进入 FIN-WAIT-2，收到对方的 FIN 才进入 TIME-WAIT。另一处让客户端发完最后一个 ACK 直接进入 CLOSED，漏掉了 TIME-WAIT。还有一份列表里有个标着“?”的报文段，把 FIN 写成进入 FIN-WAIT-2 的条件，而且没有 LAST-ACK 和 TIME-WAIT。',
    '设两个 FIN 的序号分别为 u 和 w，正确的过程是：FIN,ACK，序号 u（本端 FIN-WAIT-1）；ACK，确认号 u + 1（对端 CLOSE-WAIT，本端 FIN-WAIT-2）；FIN,ACK，序号 w，确认号 u + 1（对端 LAST-ACK）；ACK，序号 u + 1，确认号 w + 1（本端 TIME-WAIT，对端 CLOSED）。如果服务器在第二、第三个报文段之间没有发送数据，w 就等于第二个报文段的序号。',
    '有的图里 FIN 不带 ACK，实际上不会这样发送：除最初的 SYN（以及某些 RST）外，每个报文段都带确认（§3.10.7.4 第五步：没有 ACK 的报文段会被丢弃）。',
  ],
  questions: [
    { ask: '客户端处于 FIN-WAIT-1，收到了对自己 FIN 的 ACK，下一个状态是什么？', answer: 'FIN-WAIT-2。要等到对方的 FIN 才进入 TIME-WAIT。', shownBy: 'half' },
    { ask: '哪一方会经历 TIME-WAIT？', answer: '主动关闭的一方，不论它是客户端还是服务器。被动关闭的一方从 LAST-ACK 直接进入 CLOSED。', shownBy: 'server-closed' },
    { ask: '一个不带数据的 FIN，为什么确认号是 u + 1？', answer: '不管带不带数据，FIN 都消耗一个序号，这样它才能像数据一样被确认、被重传。', shownBy: 'ack' },
  ],
};
