import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '每次 HTTP 请求都要三次握手吗？',
  question: '向同一台服务器发两个请求，要握手几次？',
  says: {
    one: '手写两个 HTTP/1.1 请求，走同一条连接。请求里没有任何特别的要求：这就是默认行为。',
    two: '同样两个请求加上“Connection: close”，各走各的连接。',
  },
  figures: {
    cost: { title: '两个请求', words: { way: '方式', handshakes: '握手次数', segments: '报文段总数', persistent: '一条连接', separate: '各用一条连接', SYN: 'SYN', FIN: 'FIN' } },
  },
  musts: {
    'one': '两个应答都从同一条连接返回，各以 Content-Length 为界，而不是靠 FIN',
    'one-handshake': '只握手一次：两个方向各一个 SYN，共两个',
    'two': '用两条连接，得到同样的应答',
    'two-handshakes': '握手两次，挥手两次：四个 SYN，四个 FIN',
    'saved': '{one} 个报文段，而不是 {two} 个',
  },
  explanation: [
    'S3 说，由于 HTTP 无状态，每次 HTTP 请求都要三次握手。HTTP/1.0 确实如此；从 HTTP/1.1 起，连接默认是持久的，除非有一方说“Connection: close”（RFC 9112 §9.3）：下一个请求走同一条连接。',
    '“无状态”是说服务器单凭一个请求就能理解它，与连接无关：TCP 的状态在下面一层。',
    '省下的不只是报文段。每条新连接在发请求之前要多花一个往返时间，要重新慢启动，还会在先关闭的一方留下一个 TIME-WAIT：复用连接正是减少 TIME-WAIT 的根本办法。HTTP/2 在一条连接上同时承载许多请求；HTTP/3 使用基于 UDP 的 QUIC，根本没有 TCP 握手。',
    '既然连接不关闭，应答的结尾就不能靠 FIN，而要靠 Content-Length（或分块编码）来说明：TCP 是字节流，不认识记录。',
  ],
  questions: [
    { ask: 'HTTP/1.1 的客户端要发送什么，才能保持连接？', answer: '什么也不用发，默认就是保持。', shownBy: 'one-handshake' },
    { ask: '客户端怎么知道第一个应答到哪里结束？', answer: '看 Content-Length，此时并没有 FIN。', shownBy: 'one' },
  ],
};
