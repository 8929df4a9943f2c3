import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '第三次握手的 ACK 丢失，服务器已经放弃',
  question: '服务器一直等不到第三个报文段，accept() 会返回什么？客户端随后发的数据又会怎样？',
  says: {
    begin: '客户端发出的不带数据的 ACK 全部丢失。这里服务器不重传 SYN,ACK（tcp_synack_retries = 0），约 1 秒后放弃。',
    text: '客户端毫无察觉，发送“hello”。',
    again: '线路恢复正常，同一个客户端再次连接同一个端口。',
    lost: '每个不带数据的 ACK',
  },
  musts: {
    'apart': '客户端是 ESTABLISHED，服务器是 SYN-RECEIVED',
    'forgotten': '{after} 秒后服务器删除了这次握手的表项，客户端仍以为连接是通的',
    'silent': '服务器悄悄放弃，没有发 RST，也没有发任何别的报文段',
    'reset': '数据到达后，服务器回应 RST',
    'told': 'RST 的序号等于数据报文段的确认号，客户端的程序得到 ECONNRESET',
    'accept-sleeps': 'accept() 没有因此返回：既没有报错的 −1，也没有连接（非阻塞调用只得到 EAGAIN）',
    'still-listens': '监听套接字始终处于 LISTEN，下一次握手照样成功',
  },
  explanation: [
    '笔记说服务器重传 SYN,ACK 超过限制后 accept() 返回 −1，这是错的。accept() 等的是已经建立好的连接，失败的握手根本到不了它那里。处于 SYN-RECEIVED 的表项被悄悄删除，谁也不会得到通知。Linux 默认重传 5 次，约 63 秒后删除；这里不重传，约 1 秒后删除。',
    '在这种情况下，笔记说的 RST 是对的：表项没了，数据不属于任何连接。但它给的理由“此时已经不在监听状态”不对。服务器正是因为仍在监听才回 RST：监听套接字没有发送过任何可供确认的东西，所以收到 ACK 一律回 RST，RST 的序号取自对方的确认号（RFC 9293 §3.10.7.2 第二步）。',
    '如果表项还在，同一个数据报文段会直接完成握手，见实验 lost-third-ack-alive。',
  ],
  questions: [
    { ask: '握手被放弃时，accept() 返回什么？', answer: '什么也不返回，继续等待，就像从来没有收到过 SYN。', shownBy: 'accept-sleeps' },
    { ask: '为什么数据换来的是 RST？', answer: '没有匹配的连接，而发给监听套接字的 ACK 只可能是错的。并不是因为没有人在监听。', shownBy: 'reset' },
    { ask: '之后还能连接这个端口吗？', answer: '能，监听套接字从未离开 LISTEN。', shownBy: 'still-listens' },
  ],
};
