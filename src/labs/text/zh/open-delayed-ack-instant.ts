import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '都是 ESTABLISHED，但不在同一时刻',
  question: '连接到底什么时候算建立？两端的答案并不相同。',
  says: {
    begin: '让第三个报文段在路上多耽搁半秒，好看清两个时刻。',
    'held': '扣住半秒',
  },
  musts: {
    'slow': '第三个报文段 ACK 已经发出，但在路上被耽搁',
    'client-at-once': '客户端发出它时已经是 ESTABLISHED，不等任何回应',
    'server-waits': '半秒后服务器仍是 SYN-RECEIVED，accept() 没有返回',
    'server-late': 'ACK 到达后服务器才进入 ESTABLISHED，比客户端晚 {lead} 毫秒，这时 accept() 才返回',
    'server-silent': '服务器进入 ESTABLISHED 时什么也不发：它至此只发过一个 SYN,ACK',
  },
  explanation: [
    '有一篇笔记说第三次握手之后“客户端和服务器端进入 ESTABLISHED”，好像是同一时刻。其实没有这样的时刻。客户端收到 SYN,ACK 就进入 ESTABLISHED（RFC 9293 §3.10.7.3）；服务器要等第三个报文段到达（§3.10.7.4），晚半个往返时间，如果它丢了，还会更晚。',
    '另一篇笔记说得对：服务器是默默进入 ESTABLISHED 的，不会再回任何报文段。所以客户端并不知道服务器是否已经就绪，要等收到服务器的数据，或者自己的数据被确认，才能知道。',
  ],
  questions: [
    { ask: 'ACK 在路上走了半秒，这期间客户端处于什么状态？', answer: 'ESTABLISHED，从收到 SYN,ACK 那一刻起就是。', shownBy: 'client-at-once' },
    { ask: '服务器呢？', answer: 'SYN-RECEIVED，accept() 也不会返回。', shownBy: 'server-waits' },
    { ask: '客户端怎么知道服务器已经 ESTABLISHED？', answer: '暂时无从知道：服务器什么也没有发。', shownBy: 'server-silent' },
  ],
};
