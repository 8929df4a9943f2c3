import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'FIN 丢失，接着它的 ACK 也丢失',
  question: 'FIN 没有到达，是谁发现的？FIN 到了而 ACK 丢了，又怎么办？',
  says: {
    'ack-lost': '对 FIN 的 ACK',
    begin: '客户端关闭。线路会丢掉第一个 FIN，以及对 FIN 的第一个 ACK。',
    'fin-lost': 'FIN',
    'server-closes': '现在服务器也关闭，它的第一个 FIN 同样丢失。',
  },
  musts: {
    'lost': 'FIN（序号 1）在途中丢失',
    'unaware': '客户端处于 FIN-WAIT-1，服务器仍是 ESTABLISHED，毫不知情',
    'again': '没有谁来催要这个 FIN：是客户端自己的重传定时器把它再发一次',
    'close-wait': '这一次到了：服务器进入 CLOSE-WAIT',
    'ack-lost': '服务器确认它（确认号 2），而这个 ACK 丢了',
    'third': '客户端第三次发送 FIN：它分不清丢的是 FIN 还是 ACK',
    'same': '三个 FIN 的序号和确认号完全相同',
    'backoff': '等待时间加倍：先是 {wait} 毫秒，然后是 {longer} 毫秒',
    'acked': '服务器对已经收到过的 FIN 再次确认，客户端进入 FIN-WAIT-2',
    'back-lost': '服务器的 FIN（序号 1，确认号 2）丢失：客户端在 FIN-WAIT-2 等着它，无从得知',
    'back-again': '服务器自己的定时器以同样的序号和确认号再发一次：客户端进入 TIME-WAIT',
  },
  explanation: [
    '除了最后一个 ACK，笔记没有讲 FIN 丢失的情况。FIN 有自己的序号，所以和数据一样重传：用同一个定时器（RFC 9293 §3.8.1），超时时间同样逐次加倍（RFC 6298 §5.5）。',
    '等待的一方什么也不做：处于 ESTABLISHED 时，对方不说话是很平常的事。如果所有 FIN 都丢了，发送方在达到 R2 后放弃（§3.8.3），另一方则一直停在 ESTABLISHED，直到它自己发送数据或者保活探测。',
    '重复到达的 FIN 序号在 RCV.NXT 之前，已经不可接受，但仍然要回一个 ACK（§3.10.7.4 第一步）：丢失的 ACK 就是这样补上的。',
  ],
  questions: [
    { ask: '同一个 FIN 到达两次，服务器的状态会变吗？', answer: '不变，只是再发一次 ACK。', shownBy: 'acked' },
    { ask: '客户端能区分“FIN 丢了”和“ACK 丢了”吗？', answer: '不能。两种情况下它都重发同一个 FIN。', shownBy: 'same' },
  ],
};
