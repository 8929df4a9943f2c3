import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'SYN 丢失：RFC 与 Linux 对照',
  question: '两台主机同时向对方的不同端口发起连接，所有 SYN 都丢失。双方都会重传，各在什么时刻？',
  says: {
    begin: '客户端按 RFC 6298 行事；服务器主机这次也当客户端，按 Linux 的做法行事。线路丢弃所有 SYN。',
    lost: 'SYN',
  },
  figures: {
    times: { title: '每个 SYN 的发送时刻（秒）', words: { number: '第几个 SYN', doubling: 'RFC 6298', linear: 'Linux' } },
    count: { title: '累计发出的 SYN', words: { seconds: '秒', syns: 'SYN 数', doubling: 'RFC 6298', linear: 'Linux' } },
  },
  musts: {
    'doubling': '按 RFC 6298：SYN 在第 {times} 秒发出，先等 1 秒，之后每次加倍',
    'linear': 'Linux：SYN 在第 {times} 秒发出，前几次都只等 1 秒',
    'more': '客户端将要发出第四个 SYN 时，Linux 已经发了 {theirs} 个，客户端才 {ours} 个',
    'then-doubling': '此后 Linux 也开始加倍：下一次等 2 秒',
    'same-number': '每次重传都是同一个 SYN：同样的端口，同样的序号',
    'both-wait': '七秒之后双方都没有放弃，仍处于 SYN-SENT',
  },
  explanation: [
    '有一篇笔记说 SYN 的定时器默认 3 秒，表中两列都不是。3 秒是 RFC 1122 和 RFC 2988 的规定；RFC 6298 §2.1 在 2011 年改为 1 秒，因为大多数路径用不了那么久，之后每次加倍（§5.5）：0、1、3、7、15、31、63 秒。',
    'Linux 6.5 又进了一步：开始加倍之前，先有 tcp_syn_linear_timeouts（4）次重传只间隔 1 秒，于是是 0、1、2、3、4、5、7、11、19……SYN 偶然丢失较多的地方，连接能更快建立，代价只是多几个 60 字节的报文段。',
    'connect() 多久才放弃？RFC 9293 要求至少 3 分钟（MUST-23）。Linux 的 tcp_syn_retries = 6 从线性部分之后算起，约 131 秒就放弃，不到 3 分钟。glasstcp 默认遵守 3 分钟。',
    '虚拟时间里，服务器主机也是 glasstcp，只是设成了 Linux 的做法。',
  ],
  questions: [
    { ask: '按 RFC 6298，第一个 SYN 在第 0 秒发出，全部丢失，第四个在什么时候？', answer: '第 7 秒：1 + 2 + 4。', shownBy: 'doubling' },
    { ask: '现在的 Linux 呢？', answer: '第 3 秒：前五次等待都是 1 秒。', shownBy: 'linear' },
    { ask: '重传的 SYN 会换一个初始序号吗？', answer: '不会。它是同一个 SYN，只是再发一次。', shownBy: 'same-number' },
  ],
};
