import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'Nagle 算法遇上延迟确认',
  question: '程序把一个请求分成两小段写入，应答就比正常情况慢了 40 毫秒。没有丢包，谁也不忙，时间花在哪里了？',
  says: {
    'two-writes': '客户端把请求分成两段，紧接着写入。',
    'no-delay': '同样的写法，启用 TCP_NODELAY。',
    'one-write': '不用 TCP_NODELAY，但一次写完。',
  },
  musts: {
    'held': '第一段立即发出，第二段没有：它不满一个报文段，而且还有数据未被确认（Nagle 算法）',
    'delayed': '服务器只收到半个请求，无法应答，也就没有数据可以捎带 ACK，于是推迟确认：第一段发出 {waited} 毫秒之后才发送',
    'released': '第二段到这时才发出',
    'no-delay': '启用 TCP_NODELAY 后，两段立即发出，各占一个报文段',
    'faster': '一问一答用了 {quick} 毫秒，原来要 {slow} 毫秒',
    'one-write': '一次写完就是一个报文段，{took} 毫秒：不管有没有这个选项，都没有数据会被扣下',
  },
  figures: {
    times: {
      title: '同一个请求，三种写法',
      words: { how: '写法', segments: '报文段数', time: '得到应答的时间（毫秒）', nagle: '写两次', nodelay: '写两次，TCP_NODELAY', whole: '写一次' },
    },
  },
  explanation: [
    'Nagle 算法（RFC 896，RFC 9293 §3.7.4）减少网络中的小报文段：只要还有数据未被确认，不满一个报文段的数据就等待。它不需要定时器，因为一个往返之后 ACK 就会到来。延迟确认（§3.8.6.3）减少纯 ACK：等待可以捎带 ACK 的数据。',
    '两者单独都是好办法。可是程序写两次再等应答时，一方在等 ACK，另一方在等数据，直到延迟确认定时器触发为止：Linux 上至少 40 毫秒，别的系统上有 200 毫秒的。写一次就读，或者大量写入，都不受影响。',
    '最好的办法是把同一条消息的内容一次写完。做不到时可以用 TCP_NODELAY（MUST-17：应用程序必须能够关闭这个算法），代价是每次写入占一个报文段。',
    '笔记讲了批量 ack（S2）和流量控制（S0），却没有讲这一面：窗口和拥塞窗口都还有余地时，报文段也可能被扣下。',
  ],
  questions: [
    { ask: '是什么扣住了第二段？', answer: '发送方自己的 TCP：第二段太小，而第一段还没有确认。', shownBy: 'held' },
    { ask: '等待是怎样结束的？', answer: '接收方的延迟确认定时器触发。', shownBy: 'delayed' },
    { ask: '哪种办法不需要任何选项？', answer: '把请求一次写完。', shownBy: 'one-write' },
  ],
};
