import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '什么消耗序号：SYN、FIN 和每一个字节',
  question: '不带数据的 FIN，确认号也是 U + 1。究竟什么消耗序号？是哪一方的序号？',
  says: {
    begin: '客户端发起连接。下面的序号都相对于各自的初始序号：双方 SYN 的序号都是 0。',
    text: '客户端发送“hello”，5 字节；服务器发送“hi!”，3 字节。',
    close: '客户端先关闭，服务器随后关闭。',
  },
  figures: {
    count: {
      title: '消耗序号的报文段（相对序号）及其对应的确认号',
      words: { from: '发送方', segment: '报文段', seq: '序号', takes: '消耗', ack: '对应的确认号', client: '客户端', server: '服务器', 'ACK+5': '数据，5 字节', 'ACK+3': '数据，3 字节' },
    },
  },
  musts: {
    'syn': '客户端的 SYN（序号 0）得到确认号 1：它消耗了一个序号',
    'syn-ack': '服务器在 SYN,ACK 里的 SYN 也一样：同步是双方的事，不只是客户端',
    'text': '从序号 1 开始的 5 个字节得到确认号 6，3 个字节得到确认号 4',
    'fin': '客户端最后一个数据字节的序号是 {last}，所以它的 FIN 虽不带数据，序号仍为 U = {u}',
    'fin-ack': '对这个 FIN 的确认号是 U + 1 = {ack}：FIN 也消耗一个序号',
    'other-fin': '服务器的 FIN（序号 4）得到确认号 5',
    'sum': '客户端共用了 {client} 个序号（SYN、5 个字节、FIN），服务器用了 {server} 个，与双方收到的最后一个确认号一致',
  },
  explanation: [
    '笔记说 SYN 消耗一个序号，FIN 即使不带数据也消耗一个序号，FIN 的序号 U 等于前面最后一个字节的序号加 1，都是对的。RFC 9293 §3.4 规定占用序号空间的控制位只有 SYN 和 FIN：SYN 算在所在报文段的第一个字节之前，FIN 算在最后一个字节之后。',
    '原因在于这两者都需要序号带来的好处：可以被确认、可以被重传、可以排序。FIN 不能先于它前面的数据生效，也不能生效两次。',
    '一篇笔记说 SYN 表示“客户端想建立连接”。其实双方各有自己的 SYN，服务器的 SYN 就在 SYN,ACK 里，意思是“我的序号从这里开始”，同样由对方确认。',
  ],
  questions: [
    { ask: '客户端发完“hello”后关闭，它的 FIN 的相对序号是多少？', answer: '6：SYN 用掉 0，数据用掉 1 到 5。', shownBy: 'fin' },
    { ask: '服务器发 3 个字节并正常关闭，一共用掉几个序号？', answer: '5 个：SYN、3 个字节、FIN。', shownBy: 'sum' },
    { ask: '服务器的 SYN 也会被确认吗？', answer: '会，第三个报文段的确认号 1 就是。', shownBy: 'syn-ack' },
  ],
};
