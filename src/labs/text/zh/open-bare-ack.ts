import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '只有 ACK，打不开连接',
  question: '客户端发出 SYN 之后，只要收到对它的 ACK，就进入 ESTABLISHED 了吗？',
  says: {
    begin: '客户端发出 SYN。让它在线路上暂时停住，服务器还不会回应。',
    bare: '此时有一个不带 SYN 的 ACK 到达客户端，它对 SYN 的确认是正确的（x + 1）。',
    wrong: '作为对照：再来一个确认客户端从未发送过的内容的 ACK（x + 1001）。',
    release: '放行 SYN，服务器收到后回应 SYN,ACK。',
    held: '扣住，好让服务器暂不应答',
  },
  musts: {
    'syn': '客户端发出 SYN，处于 SYN-SENT',
    'dropped': '确认号为 x + 1 的 ACK 没有任何作用：客户端仍是 SYN-SENT，也还不能发送数据',
    'no-answer': '客户端也不回应它：直接丢弃',
    'wrong-ack': '确认号错误的 ACK 换来 RST，其序号就是那个确认号；客户端仍是 SYN-SENT',
    'opened': '收到 SYN,ACK 后客户端才进入 ESTABLISHED',
  },
  explanation: [
    '有一篇笔记说客户端“收到 server 的 ack 之后 established”。必须是 SYN,ACK。ACK 只说明自己的序号对方收到了；对方的序号从哪里开始，要靠 SYN 才知道，否则客户端拿什么去确认呢。',
    'RFC 9293 §3.10.7.3 规定，SYN-SENT 状态下收到的报文段按五步处理。第一步看 ACK：确认了从未发送的内容就回 RST；第二步看 RST；第三步看安全属性；第四步看 SYN；第五步：既没有 SYN 也没有 RST，丢弃。单独的 ACK 就止于第五步。（Linux 在第一步回 RST 之后，还会立即重发 SYN，可以在图中看到。）',
    '所以把 ACK 和 SYN 分开发的“四步握手”并不是多一步而已：其中的 ACK 会被客户端丢掉。之后会发生什么，见实验 open-split。',
  ],
  questions: [
    { ask: 'SYN-SENT 状态下收到一个确认号正确、但不带 SYN 的 ACK，接下来是什么状态？', answer: '仍是 SYN-SENT，该报文段被丢弃。', shownBy: 'dropped' },
    { ask: '如果确认号是客户端从未发送过的呢？', answer: '回 RST，其序号取那个确认号：它必定属于某条旧连接。', shownBy: 'wrong-ack' },
    { ask: '怎样才能进入 ESTABLISHED？', answer: 'SYN 和 ACK 都要有：自己的序号得到确认，对方的序号也已知道。', shownBy: 'opened' },
  ],
};
