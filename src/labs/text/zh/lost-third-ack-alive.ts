import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '第三次握手的 ACK 丢失，但数据及时到达',
  question: '客户端以为连接已建立，服务器还在等。此时客户端发送数据，服务器会回 RST 吗？',
  says: {
    begin: '从现在起，客户端发出的不带数据的 ACK 全部丢失。',
    timer: '服务器等不到 ACK，定时器到期后重传 SYN,ACK；客户端再次确认，又丢了。',
    text: '客户端的程序对此毫不知情，发送“hello”。',
    lost: '每个不带数据的 ACK',
  },
  musts: {
    'ack-lost': '第三个报文段（确认号 1）丢失',
    'apart': '客户端已是 ESTABLISHED，服务器仍是 SYN-RECEIVED，accept() 没有返回',
    'syn-ack-again': '服务器重传 SYN,ACK',
    'ack-again': '客户端对重传的 SYN,ACK 再次回应同样的 ACK',
    'text-acks': '数据报文段的序号是 1，确认号也是 1，正是丢失的那个确认',
    'completed': '数据报文段携带的 ACK 完成了握手：服务器由 SYN-RECEIVED 进入 ESTABLISHED',
    'delivered': 'accept() 返回，服务器的程序读到“hello”，一个字节也没少',
    'no-reset': '双方都没有发送 RST',
  },
  explanation: [
    '笔记说：第三次握手的 ACK 丢失后，客户端发数据，服务器会以 RST 回应。一般情况下这是错的。第一个 SYN 之后的每个报文段都带 ACK。数据报文段的序号是 x + 1，确认号是 y + 1，与丢失的那个 ACK 说的完全一样。处于 SYN-RECEIVED 时，只要确认号可接受，握手就完成了，不管报文段里还有什么（RFC 9293 §3.10.7.4 第五步），随后数据照常收下。',
    '只有服务器届时已经忘掉这次握手，才会回 RST，见实验 lost-third-ack-expired。（在 Linux 上，全连接队列已满且 tcp_abort_on_overflow = 1 时也会回 RST。）',
    '笔记说服务器会重传 SYN,ACK，这是对的。客户端此时已是 ESTABLISHED，每收到一个就再回一个 ACK。所以即使客户端没有数据要发，只要有一个 ACK 到达，连接也能建立。',
    '这也说明，“双方确认收发能力正常”并不是第三个报文段的目的：它可以永远丢失，连接照样建立。真正要紧的是双方都知道对方的初始序号。',
  ],
  questions: [
    { ask: '第三次握手的 ACK 丢了，客户端接着发数据，服务器怎么办？', answer: '把这个报文段的 ACK 当作第三次握手，进入 ESTABLISHED，并收下数据。', shownBy: 'completed' },
    { ask: '第一个数据报文段的确认号是多少？', answer: '与第三次握手相同，即 y + 1，因为服务器还没有发过数据。', shownBy: 'text-acks' },
    { ask: '客户端已是 ESTABLISHED，又收到一次 SYN,ACK，它会发送什么？', answer: '再发一次 ACK。', shownBy: 'ack-again' },
  ],
};
