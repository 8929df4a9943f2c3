import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '什么样的 RST 才算数',
  question: '谁都可以伪造 RST。它的序号要是多少，才能终止一条连接？',
  says: {
    exact: 'RST 的序号恰好等于 RCV.NXT，即期待的下一个字节。先发给客户端，再在另一条连接上发给服务器。',
    inside: 'RST 落在窗口内，但比 RCV.NXT 大 1000。',
    outside: 'RST 落在窗口之外。',
  },
  figures: {
    outcomes: { title: '各个 RST 的结果', words: { exact: 'RCV.NXT', inside: 'RCV.NXT + 1000，窗口内', outside: '窗口之外', number: 'RST 的序号', host: '发给', answer: '回应', state: '之后的状态', call: 'recv() 返回', client: '客户端', server: '服务器' } },
  },
  musts: {
    exact: '序号等于 RCV.NXT 时，双方都相信：立即 CLOSED，不作回应，recv() 返回 ECONNRESET',
    challenge: '落在窗口内时，双方都回一个挑战 ACK（seq 1，ack 1）：“请用正确的序号再说一遍”',
    lives: '连接照旧：仍是 ESTABLISHED，数据照样通过',
    outside: '落在窗口外时，双方都默默丢弃，连接照旧',
    rules: 'glasstcp 对三种情况分别按各自的规则处理：相信、挑战、窗口外',
  },
  explanation: [
    'S3 里的 RST 只写了“重置”两个字，下面是空的。RST 会立刻终止连接：没有 FIN，没有 ACK，没有 TIME-WAIT，发送缓冲区里的数据全部丢失。所以 TCP 对该相信哪个 RST 非常谨慎。',
    'RFC 793 相信窗口内的任何 RST。窗口为 64 KiB 时，攻击者只要知道地址和端口，猜 65,536 次就能覆盖整个序号空间；有了窗口扩大选项，次数更少。RFC 5961 §3.2 以及现在的 RFC 9293 §3.10.7.4 只相信序号等于 RCV.NXT 的 RST。落在窗口内其他位置的可能是真的，于是发一个挑战 ACK（challenge ACK）去问：对端如果真的已经没有这条连接，会用 RST 回应这个 ACK，其序号恰好就是 ACK 的确认号。',
    '窗口外的 RST 默默丢弃，回应只会帮助猜序号的人；窗口外的其他报文段则会得到一个 ACK。',
  ],
  questions: [
    { ask: '一个 RST 落在窗口中间，会发生什么？', answer: '向对端发一个挑战 ACK，仅此而已，连接照旧。', shownBy: 'challenge' },
    { ask: '相信了一个 RST 之后，会回应什么？', answer: '什么也不回。RST 从来得不到回应，状态立即变为 CLOSED。', shownBy: 'exact' },
    { ask: '窗口外的 RST 会得到什么回应？', answer: '同样什么也没有，但连接保持原样。', shownBy: 'outside' },
  ],
};
