import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '排在零窗口后面的 FIN',
  question: '对方的窗口已经关闭，这时我们关闭连接。我们处于什么状态？FIN 在哪里？',
  says: {
    begin: '服务器不读数据，接收缓冲区又很小。客户端写入的数据多得放不下，然后关闭。',
    reads: '服务器现在开始读数据。',
  },
  musts: {
    'full': '服务器的窗口关闭：通告窗口为 0',
    'queued': '客户端处于 FIN-WAIT-1，服务器仍是 ESTABLISHED：状态在 FIN 进入发送队列时就改变，不是在发出时',
    'no-fin': 'FIN 还没有发出：排在它前面的数据要先发',
    'probe': '客户端虽然已经关闭，仍在探测零窗口',
    'opens': '服务器读了数据，窗口重新打开',
    'fin': 'FIN 紧跟最后一个字节，序号为 {seq}',
    'all': '服务器读到全部 {got} 个字节，然后读到流的末尾',
    'acked': 'FIN 被确认：FIN-WAIT-2',
  },
  explanation: [
    'CLOSE 的意思是“我没有更多数据要发了”，此前写入的数据仍然要送达，FIN 排在它们后面（RFC 9293 §3.10.4：先等前面所有的 SEND 都变成报文段，再构造 FIN）。但对用户和状态机来说，连接立刻就处于 FIN-WAIT-1，不管还要等多久。',
    '窗口限制数据，因此也限制排在数据后面的 FIN。坚持定时器在 FIN-WAIT-1 和在 ESTABLISHED 一样工作（§3.8.6.1）：否则只要有一个窗口更新丢失，连接就会永远挂着。如果协议栈在用户关闭之后就不再探测，就会卡死在这里。',
    '笔记没有讲到这一点，而其中的图容易让人以为 FIN 发到线路上时才进入 FIN-WAIT-1。实际上可能早得多。',
  ],
  questions: [
    { ask: '客户端已经关闭，但 FIN 还发不出去，它处于什么状态？', answer: 'FIN-WAIT-1：FIN 已经进入发送队列。', shownBy: 'queued' },
    { ask: '窗口重新打开，是怎么知道的？', answer: '接收方读了数据之后会通告；万一通告丢失，还有发送方的零窗口探测。', shownBy: 'probe' },
  ],
};
