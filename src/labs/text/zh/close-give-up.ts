import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'FIN 始终到不了',
  question: '有一篇笔记说 FIN 会一直重传到收到 ACK 为止。如果永远收不到呢？',
  says: {
    'all-lost': '全部报文段',
    begin: '从现在起，客户端发出的报文段全都到不了。客户端关闭。',
    mended: '线路恢复。服务器毫不知情，发来一小段数据。',
  },
  musts: {
    'repeats': 'FIN 一次次重传，每次都丢失',
    'gave-up': '发送 {times} 次 FIN 之后客户端放弃：达到了 R2',
    'doubled': '每次等待的时间都加倍，总共 {total} 毫秒',
    'client-path': '客户端从 FIN-WAIT-1 直接进入 CLOSED，没有 TIME-WAIT',
    'half-open': '服务器仍处于 ESTABLISHED：这才是 RFC 所说的半打开',
    'rst': '服务器的数据到达客户端时已经没有这条连接，得到 RST',
    'told': '服务器的程序到这时才知道：ECONNRESET',
  },
  explanation: [
    '“重传到收到 ACK 为止”只在还有希望的时候成立。RFC 9293 §3.8.3 有两个门限：达到 R1 时 TCP 开始怀疑路径，达到 R2 时关闭连接。有用户在等结果时，R2 至少应为 100 秒。这里已经没有程序在等，Linux 对这种孤儿连接不那么有耐心，由 tcp_orphan_retries 决定；为了快些，本实验把它设为 2。',
    '另一方无从知道。它手里的连接，对端已经完全不记得了：这正是 RFC 所说的半打开（§3.5.1）。等服务器发送数据、得到 RST，或者保活探测失败，这条连接才会结束。只等待、又没有开启保活的服务器会永远保留它。',
    '笔记担心握手时服务器“一直傻等不会释放”。其实这种情况更常见于连接结束的时候。',
  ],
  questions: [
    { ask: '放弃之后还有 TIME-WAIT 吗？', answer: '没有：连接已经失败，直接被忘掉。', shownBy: 'client-path' },
    { ask: '服务器怎样得知客户端已经不在了？', answer: '靠它下一个报文段得到的 RST。', shownBy: 'told' },
  ],
};
