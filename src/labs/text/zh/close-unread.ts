import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '还有数据没读就 close()',
  question: '笔记说挥手“能保证所有数据被传输”。什么时候保证不了？',
  says: {
    read: '第一条连接：服务器读完请求，发出应答，然后关闭。',
    unread: '第二条连接：其他都一样，只是服务器没有读请求就关闭。',
  },
  musts: {
    'read-all': '读了请求：客户端收到全部 {octets} 个字节和流的末尾',
    'read-fin': '服务器以 FIN 关闭，没有出现 RST',
    'rst': '没读请求：服务器立刻发送 RST',
    'no-fin': '而没有发送 FIN',
    'reason': '服务器这样做，是因为还有数据没有读',
    'client-error': '客户端读到的是 ECONNRESET，而不是流的末尾',
    'lost': '应答共 {octets} 个字节，客户端只收到 {got} 个：还在发送缓冲区里的都丢了',
    'no-time-wait': '双方都是 CLOSED，没有 TIME-WAIT',
  },
  explanation: [
    '有一篇笔记说四次挥手“能保证所有数据被传输”。前提是双方都读到流的末尾。如果还有数据没读就关闭，对方以为已经送达（因为已经被确认）的数据其实被扔掉了，这时再发表示“一切正常”的 FIN 就是说谎，所以 TCP 应当发送 RST（RFC 9293 §3.6.1，RFC 2525 §2.17），Linux 就是这样做的。',
    'RST 同时结束两个方向：服务器发送缓冲区里的数据被丢弃；在途的数据也可能保不住，有的系统甚至会丢掉客户端已经收到但还没读的部分。HTTP 服务器拒绝一个很大的上传时，最后那几句话往往就是这样丢的。RFC 9112 §9.6 给出了办法：先用 shutdown 关闭发送方向，继续读到对方关闭，再 close()。',
    '确认只说明数据已经到了对方的 TCP，不说明对方的程序已经读了。只有应用层的应答才能说明这一点。',
  ],
  questions: [
    { ask: '对方看到的不是流的末尾，而是什么？', answer: 'ECONNRESET：RST 说明有东西丢了。', shownBy: 'client-error' },
    { ask: 'close() 之前写入的应答，对方都能收到吗？', answer: '还在发送缓冲区里的那部分收不到：ABORT 会把它丢弃。', shownBy: 'lost' },
  ],
};
