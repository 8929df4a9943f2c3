import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '全连接队列已满',
  question: '服务器程序很忙，迟迟不调用 accept()，这期间到来的连接会怎样？',
  says: {
    first: '服务器以 backlog 0 监听，队列里只能容纳一条连接，而且没有程序调用 accept()。第一个客户端来了。',
    second: '队列已满，再发起第二条连接。',
    accept: '程序终于调用了一次 accept()，队列腾出了位置。',
  },
  musts: {
    'first-open': '没有调用 accept()，第一条连接照样在双方都进入 ESTABLISHED',
    'not-accepted': '连它的数据也被收下并确认了（确认号 6），尽管还没有程序取走这条连接',
    'again': '第二个客户端得不到回应，停在 SYN-SENT，一再重传 SYN',
    'silence': '服务器对这些 SYN 一概没有回应：没有 SYN,ACK，没有 RST，也没有表项',
    'opened': 'accept() 之后，下一个 SYN 得到回应，第二条连接也建立起来',
  },
  explanation: [
    '笔记谈到 accept() 时，好像它参与了握手。其实握手由 TCP 完成，程序此时可以在忙别的；建立好的连接放进全连接队列，队列长度由 listen() 的第二个参数决定，accept() 只是从队列里取走连接。',
    '队列满了之后，Linux 会直接丢弃新来的 SYN（对第三次握手的 ACK 也不予理会），不作任何回应。这是有意为之：如果回 RST，connect() 会立即以 ECONNREFUSED 失败，就像没有程序监听一样；不回应，客户端稍后会重传 SYN，那时队列可能已经有了空位。在客户端看来，这与 SYN 丢失没有区别，见实验 lost-syn。',
    'RFC 9293 里没有这个队列：一次 OPEN 只对应一条连接。glasstcp 的做法与 Linux 相同。',
  ],
  questions: [
    { ask: '还没有调用 accept()，连接能进入 ESTABLISHED 吗？', answer: '能，双方都能。', shownBy: 'first-open' },
    { ask: '队列已满，又来了一个 SYN，会以 RST 拒绝吗？', answer: '不会，直接丢弃，好让客户端稍后重试。', shownBy: 'silence' },
  ],
};
