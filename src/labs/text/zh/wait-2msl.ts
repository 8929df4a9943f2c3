import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '最后一个 ACK 丢失：2MSL 重新计时',
  question: '最后一个 ACK 没有人再确认。如果它丢了，而且不止丢一次，会怎样？',
  says: {
    begin: '客户端先关闭，服务器随后关闭。线路把客户端的最后一个 ACK 丢掉 {lost} 次。',
    'last-ack-lost': '最后一个 ACK 丢失',
  },
  musts: {
    'lost': '对服务器 FIN 的 ACK 丢失了',
    'fin-again': '服务器重传 FIN {times} 次，序号始终不变',
    'ack-again': '处于 TIME-WAIT 的客户端对每个 FIN 都回复同样的 ACK',
    'last-ack': '服务器一直停在 LAST-ACK，直到其中一个 ACK 到达才进入 CLOSED',
    'restart': '每次收到重传的 FIN，2MSL 都重新计时',
    'longer': 'TIME-WAIT 共持续 {waited} 秒：FIN 反复到来的 {later} 秒，再加上完整的 {two} 秒',
  },
  explanation: [
    '这是 TIME-WAIT 存在的第一个理由，笔记说得对：最后一个 ACK 可能丢失，而只有发送它的一方才能补发。对方停在 LAST-ACK，超时后重传 FIN，就会触发补发。',
    '常被忽略的是：计时并不是接着原来的往下走。RFC 9293 §3.10.7.4 规定，确认这个 FIN，并且重新启动 2MSL 定时器。所以等待的终点从最后一次发出的 ACK 算起，而不是第一次。',
    '最后一个 ACK 自己不会超时重传：纯 ACK 不占序号，没有人确认它，只有再次到来的 FIN 才说明它丢了。本实验中 MSL 取 1 秒；RFC 建议 2 分钟，Linux 的 TIME-WAIT 总共 60 秒。',
  ],
  questions: [
    { ask: '哪一方为最后一个 ACK 设有重传定时器？', answer: '都没有。定时器在对方：它不断重传 FIN，直到收到 ACK。', shownBy: 'fin-again' },
    { ask: '2MSL 走到一半时 FIN 又来了，从这时起还要等多久？', answer: '完整的 2MSL。', shownBy: 'longer' },
  ],
};
