import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'RST 的八种来历',
  question: 'RST 由谁发出？序号和确认号怎么定？对方的程序会得到什么错误？',
  says: {
    'refused': '一、端口上没有程序监听。',
    'half-open': '二、服务器断电，忘了这条连接；客户端发送数据。',
    'challenge': '三、服务器又忘了连接。一个伪造的 RST 落在窗口内但不精确，客户端发出挑战 ACK 去问。',
    'syn-sent': '四、客户端处于 SYN-SENT，SYN 还在路上；这时来了一个旧的 SYN,ACK，确认的是别的序号。',
    'linger-zero': '五、SO_LINGER 设为 0 秒，然后 close()。',
    'unread': '六、还有数据没读，程序就调用 close()。',
    'after-close': '七、客户端已调用 close()，服务器继续发送数据。',
    'overflow': '八、全连接队列已满，且 net.ipv4.tcp_abort_on_overflow 为 1：握手完成时已没有位置。',
    'no-power': '主机断电，什么也发不出去',
    'slow': 'SYN 走得很慢',
  },
  figures: {
    kinds: {
      title: 'RST 的八种来历',
      words: {
        'kind': '起因', 'sender': '发送方', 'flags': '标志', 'seq': '序号', 'ack': '确认号', 'call': '对方程序得到', 'client': '客户端', 'server': '服务器', '-': '-',
        'refused': '1 无人监听', 'half-open': '2 半打开', 'challenge': '3 挑战 ACK', 'syn-sent': '4 错误的 SYN,ACK', 'linger-zero': '5 linger 0', 'unread': '6 数据未读', 'after-close': '7 close() 之后来数据', 'overflow': '8 队列已满',
        'SEG.ACK': 'SEG.ACK', 'SND.NXT': 'SND.NXT', 'RCV.NXT': 'RCV.NXT', 'SEG.SEQ+SEG.LEN': 'SEG.SEQ + SEG.LEN',
      },
    },
  },
  musts: {
    'refused': '无人监听：SYN 不带 ACK，所以回 RST,ACK，序号 0，并确认这个 SYN；connect() 返回 ECONNREFUSED',
    'half-open': '半打开：RST 的序号就是数据报文段的确认号；recv() 返回 ECONNRESET',
    'challenge': '挑战 ACK 到了已经忘记连接的主机：RST 的序号就是它的确认号，所以这次精确无误；ECONNRESET',
    'syn-sent': 'SYN-SENT 中收到错误的 SYN,ACK：发起方按其确认号回 RST，自己继续连接（EINPROGRESS）',
    'linger-zero': 'linger 0：RST,ACK，序号 SND.NXT，由程序主动中止；对端 recv() 返回 ECONNRESET',
    'unread': '数据未读：不发 FIN，而是 RST,ACK，序号 SND.NXT；对端 recv() 返回 ECONNRESET',
    'after-close': '数据到达时程序已经关闭：RST 的序号就是数据的确认号；对端先前已读到流的末尾，所以下一次 send() 返回 EPIPE',
    'overflow': '全连接队列没有位置：RST 的序号就是那个 ACK 的确认号；客户端以为已经连上，得到的却是 ECONNRESET',
  },
  explanation: [
    'S3 对 RST 只写了“重置”两个字。所有来历都出自三条规则。报文段不带 ACK、又不属于任何连接：序号为 0，并确认它占用的全部序号（RFC 9293 §3.10.7.1，第 1 种）。报文段带 ACK，但不属于任何连接或不可能正确：序号取它的确认号，不带 ACK（第 2、3、4、7、8 种）。程序主动中止一条活着的连接：序号为 SND.NXT，和普通报文段一样带 ACK（第 5、6 种）。',
    '第二条规则正是 RST 能被相信的原因：它的序号就是接收方所期待的 RCV.NXT，因为那正是接收方自己报出来的。',
    '程序得到什么错误取决于它所处的阶段：正在连接时是 ECONNREFUSED，之后是 ECONNRESET；如果已读到流的末尾，之后才来 RST，再写就是 EPIPE。主动中止的程序自己不会得到错误。',
    'RST 从来不用 RST 来回应。它结束连接，不经过 TIME-WAIT；双方发送缓冲区里的数据全部丢失。',
  ],
  questions: [
    { ask: '拒绝 SYN 的 RST，序号为什么是 0？', answer: 'SYN 里没有确认号可取，拒绝方自己也没有序号。确认号则说明它见过这个 SYN。', shownBy: 'refused' },
    { ask: 'RST 是对带 ACK 的报文段的回应，序号是多少？', answer: '就是那个报文段的确认号。', shownBy: 'half-open' },
    { ask: 'close() 一定发送 FIN 吗？', answer: '不一定。有数据未读，或者 SO_LINGER 为 0 时，发送的是 RST。', shownBy: 'unread' },
  ],
};
