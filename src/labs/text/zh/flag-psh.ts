import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'PSH 说了什么，没说什么',
  question: '程序写了三次，PSH 会出现在哪里？对方会分三次读到吗？',
  says: {
    'three': '客户端连续写三次：“one;”、“two;”、“three;”，然后服务器也照做。对方最后只读一次。',
    'large': '一次写 5000 字节，先是客户端，后是服务器。最后一个报文段走得慢，对方在它到达之前就去读。',
    'last-held': '最后一个报文段走得很慢',
  },
  figures: {
    segments: {
      title: 'PSH 出现在哪里',
      words: { 'sender': '发送方', 'calls': '程序', 'seq': '序号', 'octets': '字节数', 'push': 'PSH', 'client': '客户端', 'server': '服务器', 'three writes': '写三次', 'one write': '写一次', '-': '-' },
    },
  },
  musts: {
    'placed': '三次写变成了 {segments} 个报文段，个个带 PSH：第一个立即发出，后两次写合并成一个（Nagle 算法）',
    'one-read': '一次 recv() 就读到了三次写的内容：“{read}”',
    'last': '一次写 5000 字节，最后一个报文段带 PSH：它后面的队列已空',
    'early': '最后一个报文段到达之前，recv() 已读到 {early} 字节，不带 PSH 的报文段里的数据也在其中',
    'pieces': '一次写的 {all} 字节分两次读到，{early} 字节和 {rest} 字节：接收方无从知道每次写的起止',
  },
  explanation: [
    'S3 里的 PSH 只写了“传送”两个字，下面是空的。PSH 是对接收方 TCP 说的：不要等更多数据，把这些交上去吧。RFC 9293 §3.9.1.2 规定：SEND 调用没有 PUSH 标志时，TCP 必须在最后一个已缓冲的报文段上置 PSH，也就是后面队列已空的那一个（MUST-61）。套接字的 send(2) 没有 PUSH 参数，所以大家都这么做。',
    'PSH 在哪个方向上都不是记录的边界（§3.8：TCP 传的是字节流，多次写可以合并，一次写也可以拆开）。指望一次 send() 对应一次 recv() 的程序都有缺陷，负载一高就会暴露，这就是所谓的“粘包”。需要记录的程序应当自己写上长度或分隔符。',
    '如今的接收方基本不看 PSH：数据只要按序到达就可以读，带不带 PSH 都一样，两台主机都是如此。Linux 只在一些小地方用到它，比如当作希望尽快收到 ACK 的暗示。',
    '表格里多半能看到，一次写的中间也有 PSH。这是 Linux 的做法，glasstcp 与它相同：数据按批发出，每批至少两个报文段，具体几个要看拥塞窗口和往返时间，每批末尾置 PSH，好让合并报文段的接收方及时上交。RFC 9293 把这留给发送方决定。',
  ],
  questions: [
    { ask: '三次 send() 需要几次 recv()？', answer: '两者没有对应关系。这里是一次；线路慢一些，也可能是三次或十次。', shownBy: 'one-read' },
    { ask: '数据到了，但报文段不带 PSH，程序能读到吗？', answer: '能，不必等 PSH。', shownBy: 'early' },
    { ask: '哪个报文段必须带 PSH？', answer: '后面队列已空的那一个。', shownBy: 'last' },
  ],
};
