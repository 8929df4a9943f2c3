import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '“四步握手”其实要五步',
  question: '服务器把 ACK 和 SYN 分两次发送，就成了四步握手吗？',
  says: {
    begin: '本实验的服务器由我们手工扮演。客户端发出 SYN，这是第一个报文段。',
    ack: '第二个：服务器发送 ACK，确认号 x + 1，不带 SYN。',
    syn: '第三个：服务器发送 SYN，不带 ACK。',
    last: '第五个：服务器确认客户端的 SYN,ACK。',
    taken: '由本实验手工扮演的服务器收走',
  },
  musts: {
    'syn': '客户端发出 SYN，序号 x',
    'ack-ignored': '单独的 ACK 被丢弃：客户端仍是 SYN-SENT，也没有回应',
    'syn-ack': '客户端对 SYN 的回应是第四个报文段 SYN,ACK：再次带上自己的 SYN（序号 x），确认号 y + 1',
    'not-yet': '四个报文段之后，客户端处于 SYN-RECEIVED，还不是 ESTABLISHED',
    'fifth': '第五个报文段（再次确认 x + 1）到达后，客户端才进入 ESTABLISHED',
    'path': '客户端的状态依次为 SYN-SENT、SYN-RECEIVED、ESTABLISHED，与同时打开一样',
  },
  explanation: [
    '有一篇笔记描述了 SYN、ACK、SYN、ACK 的“四步握手”，说中间两步合并就成了三次握手。思路是对的：SYN 和 ACK 是两件事，可以放进同一个报文段。但 TCP 里并没有这样的四步。',
    'SYN-SENT 状态下，不带 SYN 的 ACK 会被丢弃（RFC 9293 §3.10.7.3 第五步）。接着到来的、不带 ACK 的 SYN，看起来就像对方也在主动打开（第四步）：客户端进入 SYN-RECEIVED，并连同 ACK 重发自己的 SYN。在客户端看来自己的 SYN 还没有被确认，所以服务器必须再确认一次。一共五个报文段：SYN、ACK、SYN、SYN,ACK、ACK。',
    '四个报文段的打开方式确实有，但那是另一回事：两个 SYN 在途中交错，然后是两个 SYN,ACK，即同时打开，见实验 open-simultaneous。',
  ],
  questions: [
    { ask: '客户端先后收到 ACK（x + 1）和 SYN（y），它会发送什么？', answer: 'SYN,ACK，序号 x，确认号 y + 1。之前的 ACK 已被丢弃，它的 SYN 仍算没有得到确认。', shownBy: 'syn-ack' },
    { ask: '这四个报文段之后，客户端处于什么状态？', answer: 'SYN-RECEIVED，常被误以为是服务器专有的状态。', shownBy: 'not-yet' },
    { ask: '这样打开一条连接要几个报文段？', answer: '五个：客户端的 SYN 必须再被确认一次。', shownBy: 'fifth' },
  ],
};
