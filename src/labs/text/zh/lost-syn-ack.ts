import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '第二次握手的 SYN,ACK 丢失',
  question: '服务器已经回应，但回应丢了。靠谁的定时器补救：客户端，还是服务器？',
  says: {
    begin: '从现在起所有 SYN,ACK 都会丢失。为了看清谁是主动重传，这里客户端的初始超时设为 0.7 秒，服务器仍为 1 秒。',
    clear: '线路恢复正常，下一个 SYN,ACK 可以到达。',
    lost: '暂时丢弃每个 SYN,ACK',
  },
  musts: {
    'lost': '服务器回应 SYN,ACK，但它丢失了',
    'syn-again': '客户端等不到回应，重传 SYN',
    'answered-again': '服务器收到重复的 SYN，立即再次回应 SYN,ACK',
    'own-timer': '服务器自己的定时器也会重传 SYN,ACK，不需要新的 SYN 触发',
    'same-number': '{syns} 个 SYN 序号相同，{synAcks} 个 SYN,ACK 序号也相同：都是重传，不是新的连接请求',
    'accept-sleeps': '这期间服务器处于 SYN-RECEIVED，accept() 没有返回',
    'opened': '第一个到达的 SYN,ACK 就使连接建立',
  },
  explanation: [
    '笔记说客户端会采取与 SYN 丢失时同样的动作，这是对的：它分不清是 SYN 丢了还是 SYN,ACK 丢了，只能用同一个序号重传 SYN。',
    '笔记漏掉了服务器这一边。SYN,ACK 占用序号，凡占用序号的报文段都会重传：服务器有自己的定时器，Linux 上在第 1、3、7、15、31 秒重传（tcp_synack_retries = 5）。此外，重复的 SYN 会让它立即再回应一次。两个定时器同时在走，哪个报文段先到就由哪个完成握手。',
    '笔记还说“服务器阻塞在 accept()”。accept() 与此无关：握手由内核中的 TCP 完成，accept() 只是取走已经建立好的连接。服务器程序即使在忙别的事，握手照样进行。',
  ],
  questions: [
    { ask: 'SYN,ACK 丢失，而客户端没有重传 SYN，服务器会一直沉默吗？', answer: '不会，服务器为自己的 SYN,ACK 设有重传定时器。', shownBy: 'own-timer' },
    { ask: '重传的 SYN 会换一个初始序号吗？', answer: '不会，序号不变，这是重传。换了序号，服务器就会当成另一条连接。', shownBy: 'same-number' },
    { ask: 'SYN,ACK 丢失时 accept() 会返回错误吗？', answer: '不会。它不参与握手，只在有连接建立完成时返回。', shownBy: 'accept-sleeps' },
  ],
};
