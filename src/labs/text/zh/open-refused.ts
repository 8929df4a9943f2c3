import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '连接被拒绝',
  question: '端口上没有程序监听时，会收到什么回应？客户端要等多久？',
  says: {
    begin: '80 端口无人监听，客户端照样发起连接。',
    stray: '再来一个不属于任何连接的 ACK，之后来一个 RST。',
    listen: '有程序开始监听，客户端再试一次。',
  },
  musts: {
    'refused': 'RST,ACK：序号 0，确认号 x + 1，客户端由此知道被拒绝的正是它的 SYN',
    'told': 'connect() 失败，错误码 ECONNREFUSED',
    'once': '立即失败，不再重传 SYN',
    'stray': '来历不明的 ACK 换来不带 ACK 的 RST，其序号就是那个 ACK 的确认号',
    'no-reset-for-reset': '对 RST 从不回应',
    'opened': '有了监听套接字，同样的 SYN 就能建立连接',
  },
  explanation: [
    '笔记说建立连接之前服务器需要先监听，这是对的。用 RFC 的话说：端口处于 CLOSED，即根本没有连接；只有被动打开才会进入 LISTEN。',
    'CLOSED 状态下，除 RST 以外的任何报文段都以 RST 回应（RFC 9293 §3.10.7.1），序号的选法要让对方能够相信：如果来的报文段带 ACK，RST 的序号就取它的确认号，自己不带 ACK；如果不带 ACK（例如 SYN），RST 的序号为 0，并确认该报文段的全部内容，由于 SYN 消耗一个序号，确认号为 x + 1。',
    'SYN-SENT 状态下，只有 ACK 确认了自己的 SYN，RST 才算数（§3.10.7.3 第二步），否则谁都可以冒充服务器拒绝连接。没有回应与被拒绝是两回事：SYN 被防火墙丢弃时，客户端会一直重传到上限，见实验 lost-syn。',
  ],
  questions: [
    { ask: '序号为 x 的 SYN 到达没有监听的端口，回应的序号和确认号各是多少？', answer: 'RST,ACK，序号 0，确认号 x + 1。', shownBy: 'refused' },
    { ask: '之后客户端还会重传 SYN 吗？', answer: '不会。对方已经明确拒绝，立即返回 ECONNREFUSED。只有得不到回应时才重传。', shownBy: 'once' },
    { ask: '没有监听的端口收到 RST，会怎样回应？', answer: '不回应。否则两台主机可能无休止地互发 RST。', shownBy: 'no-reset-for-reset' },
  ],
};
