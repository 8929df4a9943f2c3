import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'SO_LINGER 设为 0：用 RST 关闭',
  question: '常有人建议把 SO_LINGER 设为 0 秒来消除 TIME-WAIT。代价是什么？',
  says: { begin: '客户端把 SO_LINGER 设为 0 秒，写入大量数据，随即关闭。' },
  musts: {
    'rst': 'close() 发出 RST',
    'no-fin': '两个方向都没有 FIN',
    'client-path': '客户端从 ESTABLISHED 直接进入 CLOSED，服务器也是 CLOSED：哪一边都没有 TIME-WAIT',
    'silence': 'RST 不需要应答：它到达之后，服务器再没有发送任何报文段',
    'server-error': '服务器读到的是 ECONNRESET',
    'lost': '{queued} 个字节中服务器只收到 {got} 个，其余的都丢了，尽管写操作已经成功返回',
  },
  explanation: [
    '这是 RFC 9293 的 ABORT（§3.10.5），不是 CLOSE：发送缓冲区里的数据被丢弃，给对方发 RST，连接立即被忘掉。没有 TIME-WAIT，是因为这条连接的一切都已忘掉。服务器此前发出的那些 ACK 到达时已经找不到连接，每个都得到一个 RST。',
    'TIME-WAIT 没有了，它的作用也就没有了：对方分不清这是正常结束还是故障；没发出去的数据丢失；如果 RST 丢了，对方就成了半打开的连接；旧的报文段还可能闯进地址和端口都相同的下一条连接。',
    '有一篇笔记把“大量 TIME-WAIT 怎么办”空着没写。在各种办法里，这是最差的一种。它只适合本来就要把连接扔掉的场合，例如对方行为异常，或者测试。',
  ],
  questions: [
    { ask: 'write() 已经成功的数据，最后都会送达吗？', answer: '不会。还没有发出去的都被丢弃。', shownBy: 'lost' },
    { ask: '关闭的一方经过哪些状态？', answer: '什么中间状态也没有：从 ESTABLISHED 直接到 CLOSED。', shownBy: 'client-path' },
  ],
};
