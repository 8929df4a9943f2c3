import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '半关闭',
  question: '发出 FIN 之后就不能再发送数据了，那么还能接收多久？',
  says: {
    begin: '客户端发出请求，然后只关闭自己的发送方向：调用 shutdown(SHUT_WR)，而不是 close()。',
    answer: '服务器知道请求已经完整，于是发回 1 MiB 的应答。',
  },
  musts: {
    'fin': '客户端的 FIN 结束了它的发送方向',
    'asked': '服务器读到了完整的请求和流的末尾',
    'half': '客户端处于 FIN-WAIT-2，服务器处于 CLOSE-WAIT：连接半关闭',
    'all': '客户端在发出 FIN 之后又收到了 {octets} 个字节，每个字节都正确',
    'after-fin': '应答的 {segments} 个报文段都确认了客户端的 FIN',
    'acks': '这期间客户端发送了 {acks} 个报文段，全是纯 ACK，序号始终是 FIN 之后的那一个',
    'still-half': '整个过程中客户端一直处于 FIN-WAIT-2，服务器一直处于 CLOSE-WAIT',
    'fin-back': '最后服务器也关闭',
  },
  explanation: [
    '笔记说得对：FIN 的意思是“我没有数据要发了”，不是“我走了”（RFC 9293 §3.6）。收到 FIN 的一方想发多少就发多少；发出 FIN 的一方继续接收、确认，并继续通告窗口。',
    '对应的系统调用是 shutdown(fd, SHUT_WR)。在 Node.js 里是套接字的 end()，对端还要设置 allowHalfOpen: true，否则它一读到 FIN 就自动关闭。close() 发出的 FIN 是一样的，但此后没有程序再接收，对方发来的数据会得到 RST（见实验 close-data-after-close）。',
    '半关闭（half-close）不是“半打开”（half-open）：后者指一方已经完全丢失了这条连接的状态（§3.5.1）。',
  ],
  questions: [
    { ask: '客户端发出 FIN 之后，报文段的序号是多少？', answer: '一直是 FIN 之后的那个序号。纯 ACK 不消耗序号，而它再没有别的东西要发。', shownBy: 'acks' },
    { ask: '一个方向发了 FIN，另一个方向还能传很多数据吗？', answer: '想传多少都行：只有对方的 FIN 才能结束 FIN-WAIT-2。', shownBy: 'all' },
  ],
};
