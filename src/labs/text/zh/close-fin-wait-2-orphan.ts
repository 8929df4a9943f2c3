import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '无人等待的 FIN-WAIT-2',
  question: '对方一直不关闭，FIN-WAIT-2 会持续多久？tcp_fin_timeout 到底是什么？',
  says: {
    begin: '两条连接：客户端对第一条调用 close()，对第二条调用 shutdown()。服务器都不关闭。',
    late: '现在服务器在两条连接上各发一小段数据。',
  },
  musts: {
    'both-wait': '两条连接都处于 FIN-WAIT-2：从线路上看不出区别',
    'over': 'close() 之后：FIN-WAIT-2 在 {seconds} 秒后结束；这里 tcp_fin_timeout 设为 1（Linux 默认 60）',
    'reason': '原因是 FIN 没有来，也没有程序在等它',
    'no-time-wait': '它从 FIN-WAIT-2 直接到 CLOSED，没有 TIME-WAIT：tcp_fin_timeout 和 TIME-WAIT 毫无关系',
    'patient': 'shutdown() 之后：仍处于 FIN-WAIT-2，程序想读多久就读多久',
    'server-unaware': '没有谁通知服务器：它还在 CLOSE-WAIT',
    'rst': '它再发数据时，那边已经没有这条连接，得到 RST',
    'answered': '另一条连接上的数据正常送达',
  },
  explanation: [
    'RFC 9293 没有给 FIN-WAIT-2 规定定时器：连接一直等对方的 FIN，必要时永远等下去。半关闭之后，这正是程序想要的。但在 close() 之后，已经没有程序在等了，如果对方永不关闭（CLOSE-WAIT 泄漏），内存就会被占满。所以 Linux 在 tcp_fin_timeout 之后忘掉这样的孤儿连接。',
    '这个名字容易误导：tcp_fin_timeout 是孤儿连接在 FIN-WAIT-2 的等待时间，不是 TIME-WAIT 的时长。Linux 的 TIME-WAIT 固定为 60 秒，无法设置。“调小 tcp_fin_timeout 来减少 TIME-WAIT”的说法，对按时关闭的连接毫无效果。',
    '对方要到下一次发送数据时才会知道。',
  ],
  questions: [
    { ask: 'tcp_fin_timeout 能缩短 TIME-WAIT 吗？', answer: '不能。它只结束已经没有程序持有的连接的 FIN-WAIT-2。', shownBy: 'no-time-wait' },
    { ask: '它也会结束半关闭的连接吗？', answer: '不会。程序还持有这个套接字。', shownBy: 'patient' },
  ],
};
