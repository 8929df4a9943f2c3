import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'SYN 洪泛与 SYN cookie',
  question: '发一个 SYN 几乎不费成本，服务器却必须记住它。如果 SYN 大量涌来，而 SYN,ACK 永远没人应答，会怎样？',
  says: {
    flood: '服务器监听，backlog 为 {backlog}，SYN cookie 关闭。来了 {flood} 个 SYN，每个来自不同的地址，而那些地址上都没有主机。',
    honest: '现在一个真正的客户端要来连接。',
    cookies: '换一个端口，启用 SYN cookie，再来 {flood} 个 SYN。',
    'honest-cookie': '再来一个真正的客户端。',
  },
  figures: {
    flood: {
      title: 'SYN 洪泛：关闭与启用 SYN cookie',
      words: { cookies: 'SYN cookie', syns: 'SYN 数', entries: 'SYN-RECEIVED 表项', answers: '得到应答', client: '真正的客户端', off: '关', on: '开', 'shut-out': '被挡在门外', connected: '建立了连接' },
    },
  },
  musts: {
    'full': '服务器有 {queue} 个 SYN-RECEIVED 表项（比 backlog 多一个），不会再多',
    'dropped': '其余 {dropped} 个 SYN 被直接丢弃，没有任何回应',
    'shut-out': '真正的客户端的 SYN 也一样：得不到回应，就像 SYN 丢了',
    'answered': '启用 SYN cookie 后，{flood} 个 SYN 全部得到应答',
    'no-more': '但表项仍然只有 {queue} 个：对其余的 SYN，服务器什么也没有记',
    'opened': '真正的客户端的 ACK 带回了 cookie，即只有这台服务器才算得出的序号，accept() 随即返回连接',
    'options': '连窗口扩大因子也保住了：它藏在客户端回显的时间戳里',
    'text': '真正的客户端的数据到达',
  },
  explanation: [
    '有一篇笔记说三次握手能避免浪费资源，服务器不会为陈旧的 SYN 建立连接。这话只对了一半：连接确实没有建立，accept() 也没有返回；但服务器还是预留了东西，即一个 SYN-RECEIVED 表项，要保留到 SYN,ACK 重传次数用完（Linux 是 63 秒）。只要从不会应答的地址不断发 SYN，就能把表填满，把正常客户端挡在门外。这就是 1996 年出现的 SYN 洪泛攻击（RFC 4987 §2）。',
    '那么三次握手的目的是什么？另一篇笔记说是让双方确认对方的收发能力正常。那只是副产品；真正的目的是确认双方的初始序号，并识别旧的 SYN（RFC 9293 §3.5）。而且确认可以来得晚一些，见实验 lost-third-ack-alive。',
    'SYN cookie 把第三次握手利用了起来（RFC 4987 §3.6）：服务器把需要记住的东西放进自己的初始序号，即几个比特的时间、MSS，以及四元组的带密钥散列，然后忘掉这个 SYN。ACK 会把这个序号加一带回来，散列相符就据此建立连接。收不到 SYN,ACK 的攻击者无从得知这个序号。',
    '代价是：MSS 只能取四个值之一；其他选项要靠时间戳才放得下；ACK 丢了也无法补救，因为没有人会重传 SYN,ACK。Linux 只在队列满时才使用（tcp_syncookies = 1，nstat 里计入 TCPReqQFullDoCookies）；2025 年以来 Linux 的队列也是 backlog 加一，此前正好是 backlog。',
  ],
  questions: [
    { ask: '握手完成之前，一个 SYN 会占用服务器的内存吗？', answer: '会，占一个 SYN-RECEIVED 表项。三次握手改变不了这一点。', shownBy: 'full' },
    { ask: '队列已满，又没有 SYN cookie，真正的客户端会看到什么？', answer: '什么回应也没有，只好重传 SYN，就像丢了一样。', shownBy: 'shut-out' },
    { ask: '使用 SYN cookie 的服务器，把发来 SYN 的客户端的信息记在哪里？', answer: '记在自己 SYN,ACK 的序号里，由客户端的 ACK 带回来。', shownBy: 'opened' },
  ],
};
