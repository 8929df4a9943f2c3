import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'SYN-SENT 状态下的 RST',
  question: '连接建立之前还没有 RCV.NXT 可以比较，什么样的 RST 才算数？',
  says: {
    'slow': 'SYN 走得很慢',
    'bad': '两台主机各自向对方发起连接，SYN（序号 x）还在路上。这时来了确认号为 x 和 x + 2 的 RST，都与它发出的 SYN 不符。',
    'bare': '再来一个不带 ACK 的 RST。',
    'go-on': '现在让两个 SYN 继续前行。',
    'good': '两台主机各自再发起一次连接，来的是确认号为 x + 1 的 RST。',
  },
  figures: {
    outcomes: { title: 'SYN-SENT 状态下收到的 RST', words: { 'host': '主动打开的一方', 'reset': '收到的 RST', 'state': '之后的状态', 'call': 'connect()', 'client': '客户端', 'server': '服务器', 'no-ack': '不带 ACK', 'ack = x': 'ack = x', 'ack = x + 1': 'ack = x + 1', 'ack = x + 2': 'ack = x + 2' } },
  },
  musts: {
    'bad-ack': '确认号不对的 RST 被丢弃：双方都留在 SYN-SENT',
    'no-ack': '不带 ACK 的 RST 也被丢弃',
    'opened': '两条连接照常建立，好像什么都没发生过',
    'good-ack': '确认了 SYN 的 RST 终止连接：CLOSED，ECONNREFUSED',
    'silent': '这些 RST 都没有得到回应',
  },
  explanation: [
    '在 SYN-SENT 状态下，对端的序号还一无所知，所以无法要求 RST 落在 RCV.NXT 上。知道的只有自己的 SYN：拒绝它的主机必定见过它，因此确认号是 x + 1（见实验 open-refused）。RFC 9293 §3.10.7.3 正是这样规定的：RST 的 ACK 可接受，才报告“connection reset”；没有 ACK，就丢弃。',
    '伪造的或过时的 RST 必须猜中一个 32 位的随机数。它自己的序号则无所谓：这里用的是 0，真正的拒绝也是如此。',
    '程序得到的错误码不是 ECONNRESET，而是 ECONNREFUSED：套接字接口把连接过程中的重置和之后的重置区分开来。',
  ],
  questions: [
    { ask: '正在连接时收到一个不带 ACK 的 RST，会怎样？', answer: '什么也不会发生。拒绝 SYN 的一方总会确认它。', shownBy: 'no-ack' },
    { ask: 'RST 正确时，connect() 以什么错误结束？', answer: 'ECONNREFUSED。', shownBy: 'good-ack' },
  ],
};
