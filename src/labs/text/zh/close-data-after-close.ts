import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'close() 之后到来的数据',
  question: 'shutdown() 和 close() 发出的 FIN 一模一样。close() 之后又来了数据，会怎样？',
  says: { begin: '客户端调用 close()。服务器读到流的末尾，却还要写数据。' },
  musts: {
    'half': 'FIN-WAIT-2 和 CLOSE-WAIT：从线路和状态上看，和半关闭没有区别',
    'end': '服务器的程序读到了流的末尾',
    'write': '它的写操作成功：服务器无从知道对方已经不再接收',
    'text': '数据发出，并且确认了客户端的 FIN',
    'rst': '客户端回 RST',
    'reason': '原因是它的程序已经关闭套接字，这些数据再也没有程序来读',
    'both-closed': '双方都是 CLOSED，没有 TIME-WAIT',
    'epipe': '服务器的下一次写操作失败：EPIPE',
  },
  explanation: [
    '对程序来说 close() 关闭了两个方向，但 FIN 只能说明其中一个：“我不再发送”。没有哪种报文段表示“我不再接收”。所以对方可以继续发送，直到一个 RST 告诉它数据丢了（RFC 9293 §3.6.1：用户已经关闭的一方收到数据时应当发送 RST）。',
    '服务器常见的“Broken pipe”就是这样来的：客户端关闭后，第一次写成功，后面的写才返回 EPIPE（如果没有忽略 SIGPIPE，还会收到这个信号）。写成功只说明数据进了本机的发送缓冲区，此外什么也不说明。',
    '笔记对半关闭的说法是对的，但没有讲这个区别：发出 FIN 之后还想接收，就要用 shutdown()，不能用 close()。',
  ],
  questions: [
    { ask: '服务器能看出客户端调用的是 close() 还是 shutdown() 吗？', answer: '在它发送数据之前看不出来：FIN 是一样的。', shownBy: 'half' },
    { ask: '服务器的哪一次写操作失败？', answer: '不是第一次，而是收到 RST 之后的那一次。', shownBy: 'epipe' },
  ],
};
