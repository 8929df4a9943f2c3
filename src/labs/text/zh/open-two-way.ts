import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '如果只有两次：不安全的两次握手',
  question: '让服务器一发出 SYN,ACK 就认为连接已经建立，会出什么问题？第三次握手真能解决吗？',
  says: {
    'stale-two': '现在服务器不再等第三个报文段（不安全的变体，仅限实验）。一个旧 SYN 到达；客户端的 RST 丢失。',
    'stale-three': '换成三次握手，重来一遍：另一个端口的旧 SYN 到达，RST 同样丢失。',
    'lost-two': '再换回两次握手。一个真正的客户端来连接，但 SYN,ACK 丢了。服务器程序 accept() 之后发送“hello”。',
    'lost-three': '同样的情形，换成三次握手：SYN,ACK 丢失。',
    'lost-rst': '本可告知服务器的 RST',
    'lost-syn-ack': '第一个 SYN,ACK',
  },
  musts: {
    'two-open': '两次握手：旧 SYN 一到，服务器立即进入 ESTABLISHED',
    'two-accepted': 'accept() 还把这条对面无人的连接交给了程序',
    'three-waits': '三次握手：服务器停在 SYN-RECEIVED，accept() 没有返回',
    'three-frees': 'SYN,ACK 重传到上限（这里是一次）之后，表项被释放',
    'leak': '两次握手得到的那条连接仍是 ESTABLISHED：没有任何定时器在走，也就永远不会结束',
    'two-mute': '服务器不止一次发送“hello”，每次都送达了，但客户端处于 SYN-SENT，什么也读不到：它不知道服务器的序号从哪里开始',
    'two-deaf': '客户端重传 SYN，可在服务器看来那是旧的，只回一个单独的 ACK，而它在 SYN-SENT 状态下毫无用处。SYN,ACK 再也不会重发',
    'three-again': '三次握手：SYN,ACK 没有得到确认，服务器会重传',
    'three-text': '连接建立，客户端读到“hello”',
  },
  explanation: [
    '笔记的两个理由都对。S4 说“2 次：至多只有连接发起方的起始序列号能被确认”，本实验后半部分展示了序号没有得到确认的代价：服务器的初始序号只在 SYN,ACK 里，它丢了，客户端就无法为任何数据定位；而自以为已连接的服务器没有理由再说一遍。S3 说旧 SYN 会浪费服务器资源，前半部分展示了这种浪费：这条连接只有靠程序自己的超时或保活才能结束。',
    'RFC 9293 §3.5 把后者，即防止旧的重复报文段造成混乱，列为三次握手的首要原因；前者则是握手的本来目的：双方的初始序号都要让对方知道并得到确认（§3.4.1）。',
    '有一篇笔记问“为什么至少三次通信”，回答是要让双方都确信对方。严格说来这是做不到的：在会丢包的线路上，任何有限次数的通信都不能让双方确信“彼此都已知道”（两军问题），最后一个 ACK 的发送者永远不知道它到了没有。三次只是确认两个初始序号所需的次数，余下的不确定靠重传解决，见实验 lost-third-ack-alive。',
    '本实验没有发生的是：如果 RST 到达了，即使只有两次握手，服务器也会以 ECONNRESET 结束那条连接。第三次握手并不是用来代替 RST 的：服务器等到它才相信连接已建立，因此 RST 丢不丢都无妨。',
  ],
  questions: [
    { ask: '两次握手，旧 SYN 到达而 RST 丢失，服务器会把这条连接保留多久？', answer: '永远，除非程序启用了保活或自己设了超时：它处于 ESTABLISHED，没有任何等待确认的东西。', shownBy: 'leak' },
    { ask: '客户端处于 SYN-SENT，没见过 SYN,ACK，却收到了确认号正确的数据，能收下吗？', answer: '不能。它不知道服务器的初始序号，没有 SYN 的报文段只能丢弃。', shownBy: 'two-mute' },
    { ask: '三次握手时，服务器为什么会重传 SYN,ACK？', answer: '因为它的 SYN 还没有得到确认：SYN 占一个序号，与数据一样要重传。', shownBy: 'three-again' },
  ],
};
