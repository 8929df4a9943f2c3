import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'SYN 携带数据（不用 Fast Open）',
  question: '一个 SYN 带着 5 字节数据到达，这合法吗？这些数据会怎样？',
  says: {
    'linux': '一个手工模拟的客户端向服务器发送带“hello”的 SYN，服务器按 Linux 的方式处理。',
    'linux-ack': '客户端用纯 ACK 完成握手。它的序号是 6，因为那 5 个字节它已经发过了。',
    'again': '数据没有得到确认，客户端于是重传。',
    'rfc': '把同样的 SYN 发给另一台主机，它也在监听，但按 RFC 9293 处理。',
    'rfc-ack': '这里同样用纯 ACK 完成握手。',
  },
  musts: {
    'linux-syn-ack': '带数据的 SYN 得到 SYN,ACK，确认号 1（x + 1）：只确认了 SYN，没有确认数据',
    'ignored': '连接已经建立，accept() 也返回了，recv() 却读不到数据：Linux 没有保留它们',
    'again-acked': '重传的数据得到确认（确认号 6）并被读出：数据没有丢，只是晚了一个往返',
    'rfc-syn-ack': '按 RFC 处理的主机同样回应 SYN,ACK，确认号 1',
    'kept': '但它在 SYN-RECEIVED 中保留了数据；此时 accept() 还没有返回',
    'delivered': '第三个报文段到达，连接建立，recv() 立即返回“hello”',
    'kept-acked': '确认号 6 确认了这些数据，而它们只随 SYN 发送过一次',
    'no-reset': '两台主机都没有把这个 SYN 当成错误：自始至终没有 RST',
  },
  explanation: [
    '一篇笔记说第一次、第二次握手不可以携带数据，另一篇说“SYN=1 的报文段不能携带数据”，都不对。RFC 9293 §3.5 说这样做完全合法，只要接收方在确定数据有效之前不交付给用户；§3.10.7.3 还专门指出，在 SYN 报文段上收发应用数据是合法的，历来对此有大量的误传和误解。',
    '怎样处理这些数据由主机自己决定，只要它只确认自己保留下来的部分。按 §3.10.7.2，数据先排队，等进入 ESTABLISHED 再处理；SYN,ACK 的确认号是 x + 1，数据在那之后才确认。Linux 则直接忽略：握手完成之前不为数据占用内存（见实验 data-syn-flood），发送方得不到确认，自然会重传。两种做法都不会报错。',
    '可见 SYN 携带数据本身并不省时间：数据无论如何要等第三个报文段到达之后才交付。只有凭 TCP Fast Open 的 cookie，服务器才会当场相信这个 SYN，见实验 data-fast-open。',
  ],
  questions: [
    { ask: '服务器收到带数据的 SYN，会回 RST 吗？', answer: '不会。SYN 携带数据是合法的，照样回应 SYN,ACK。', shownBy: 'no-reset' },
    { ask: 'SYN 的序号是 x，带 5 字节数据，Linux 的确认号是多少？', answer: 'x + 1，只确认 SYN，数据要重传。', shownBy: 'linux-syn-ack' },
    { ask: '主机保留了数据，程序什么时候可以读到？', answer: '进入 ESTABLISHED 之后。在那以前，这个 SYN 可能是旧的，也可能是伪造的。', shownBy: 'kept' },
  ],
};
