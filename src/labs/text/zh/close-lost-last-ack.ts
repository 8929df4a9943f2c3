import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '最后一个 ACK 连丢两次',
  question: '最后一个 ACK 不会再得到确认。它丢了，由谁发现？TIME-WAIT 又做了什么？',
  says: {
    begin: '客户端先关闭，然后服务器关闭。线路会丢掉客户端最后的 ACK，补发的第一个也会丢掉。',
    'last-ack-lost': '最后一个 ACK',
  },
  musts: {
    'last-ack': '客户端的最后一个 ACK 丢失',
    'unsure': '客户端处于 TIME-WAIT，服务器处于 LAST-ACK，还在等待',
    'fin-again': '服务器重传 FIN，一次又一次，直到收到 ACK',
    'answers': '处于 TIME-WAIT 的客户端对每一个 FIN 都回同样的 ACK',
    'restart': '而且每次都重新开始计 2MSL',
    'server-closed': '第三个 ACK 到了：服务器进入 CLOSED',
    'over': '最后一次应答之后 {rest} 毫秒 TIME-WAIT 结束，即 2MSL（本实验把 MSL 设为 1000 毫秒）',
    'restarted': 'TIME-WAIT 总共持续 {whole} 毫秒，超过 2MSL：计时确实重新开始过',
  },
  explanation: [
    '笔记在这里说对了，这就是 TIME-WAIT 存在的第一个理由。处于 LAST-ACK 的一方不断重传 FIN，直到被确认或者放弃；处于 TIME-WAIT 的一方还记得足够的信息，能够应答它。RFC 9293 §3.10.7.4 第八步写明：重新启动 2MSL 定时器。',
    '只是有几篇笔记没有提到重新计时。如果不重新计时，在等待快要结束时到达的 FIN 刚刚得到应答，这边就把连接忘了；下一个 FIN 再来时，只能得到 RST。',
    '为什么是 2MSL？一个 MSL 留给本端的 ACK，让它到达或者消失；另一个 MSL 留给对方在 ACK 到达之前刚刚重传的 FIN。每个 FIN 都让计时重新开始，所以每一轮都成立。但这并不是绝对的保证：如果 ACK 一直丢失，时间超过了等待期，对方就会收到 RST，它的程序可能看到一个错误，尽管数据早已全部送达。',
  ],
  questions: [
    { ask: '最后一个 ACK 是客户端的定时器重传的吗？', answer: '不是。ACK 自己从不重传：是服务器的 FIN 又来了，客户端才再次应答。', shownBy: 'answers' },
    { ask: '进入 TIME-WAIT 1.9 MSL 之后又来了一个 FIN，等待什么时候结束？', answer: '再过 2MSL：每个 FIN 都让计时重新开始。', shownBy: 'restarted' },
  ],
};
