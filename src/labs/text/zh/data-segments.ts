import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '分块：一次写入怎样变成报文段',
  question: '应用一次写入 10,000 字节，线路上走的是什么，对方读到的又是什么？',
  says: {
    begin: '一次写入 {octets} 字节，对方每次读 3,000 字节。',
    small: '再来一遍，这次服务器通告的 MSS 是 {mss}，就像一台 MTU 为 576 的主机。',
    theirs: '换服务器来写。',
  },
  figures: {
    writes: {
      title: '一次写入 10,000 字节',
      words: {
        writer: '写入方', mss: '两个 MSS 中较小的', text: '满长报文段的数据', packet: '最大的 IP 包', segments: '报文段数', wide: 'glasstcp，MTU 1500', narrow: 'glasstcp，对端 MTU 576',
        kernel: 'Linux 内核，MTU 1500', glasstcp: '对端 glasstcp，MTU 1500',
      },
    },
  },
  musts: {
    'announced': '双方在 SYN 里都通告 MSS {mss}：MTU {mtu} 减去 IP 和 TCP 首部的 40 字节',
    'full': '共 {count} 个报文段：满长的各 {full} 字节，因为时间戳选项占去 MSS 中的 12 字节；最后一个 {last} 字节',
    'packet': '加上首部，一个满长报文段正好是 {packet} 字节的包，等于 MTU，IP 层无须分片',
    'stream': '一次写入，{segments} 个报文段，而读到的依次是 {reads} 字节：内容和顺序不变，边界消失了',
    'small': '对 MSS 为 {mss} 的对端，同样的写入要 {count} 个报文段，每个最多 {full} 字节',
    'small-packet': '其中最大的包是 {packet} 字节',
    'theirs': '对方也是这样切分的：{count} 个报文段，每个最多 {most} 字节',
  },
  explanation: [
    'S0 说“数据分块，是最合适发送方法”。块的大小并不随意：双方在 SYN 里各自通告能接收的最大报文段长度（MSS），对方不得超过（RFC 9293 §3.7.1）。MSS 只算数据，不含首部；选项要从中扣除，所以启用时间戳后，1460 实际是 1448 字节（RFC 6691）。MSS 是各自通告，而不是协商出来的，两个方向可以不同。',
    'S2 说得对，TCP 是字节流：写入和报文段的边界，读的一方都看不到。程序若要区分消息，得自己标明，比如前面加长度，或者用分隔符。所谓“粘包”就是这么回事，并不是 TCP 的毛病。',
    '在发送主机上抓包，可能看到 2 万甚至 6 万字节的“报文段”，它们从未出现在线路上：启用分段卸载（TSO、GSO）时，内核把一大块数据交给网卡，抓包之后才由网卡切分；接收侧的 GRO 则在抓包之前把报文段合并。本实验的 TUN 没有任何卸载，看到的就是真正发出的。',
    'S0 列举了可靠性的六项手段，S1 列举了四项：分块就是本实验；校验和见两个关于损坏的实验；重传见“丢的是数据，还是确认”；序列号和确认见累积确认与乱序；流量控制和拥塞控制（S0 写成“阻塞控制”，应为拥塞控制）见窗口和慢启动的实验；连接管理见建立连接和关闭连接两部分。',
  ],
  questions: [
    { ask: 'MSS 是 1460，满长报文段为什么只有 1448 字节？', answer: '每个报文段里的时间戳选项占了 12 字节。', shownBy: 'full' },
    { ask: '一次写入，对方一次就能读完吗？', answer: '不一定。TCP 保证字节和顺序，不保留边界。', shownBy: 'stream' },
    { ask: '报文段有多大由谁决定？', answer: '由接收方通告的 MSS 和路径的 MTU 决定。', shownBy: 'small' },
  ],
};
