import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '拥塞窗口：慢启动、拥塞避免、快速恢复与超时',
  question: '没有人告诉发送方网络能承受多少，它该发多快？只能自己试探：越发越快，直到有东西丢失。',
  says: {
    begin: '客户端在往返时间 50 毫秒的路径上发送 100 个 1000 字节的报文段，初始窗口为 2 个报文段。接收方的窗口容得下后面的一切。',
    one: '路由器丢弃一个报文段',
    outage: '路径中断',
    back: '路径恢复。',
  },
  musts: {
    'start': '拥塞窗口从 2 个报文段开始',
    'doubled': '慢启动，每个往返加倍：{rounds} 个报文段',
    'third': '丢失一个报文段；三个重复 ACK 说明缺少第 {octet} 字节，于是立即重传，没有等到超时',
    'halved': '快速恢复：窗口减半，从 {before} 降到 {after} 个报文段，而不是全部放弃，因为 ACK 还在到来，说明网络还通',
    'avoidance': '拥塞避免，此后不再加倍，每个往返大约增加一个报文段：{rounds}',
    'timeout': '然后什么也收不到了，没有 ACK 能说明丢了什么：超时之后窗口为 1 个报文段',
    'ssthresh': '当时有 {flight} 个报文段在途，其一半 {ssthresh} 记为 ssthresh',
    'again': '再次慢启动，到 ssthresh 之前快速增长，之后放慢：{course}',
    'all': '全部 {got} 个字节都已到达',
  },
  figures: {
    cwnd: {
      title: '客户端的拥塞窗口',
      words: { time: '时间（毫秒）', segments: '报文段', cwnd: 'cwnd', ssthresh: 'ssthresh' },
    },
  },
  explanation: [
    'S0 写作“阻塞控制”，应为“拥塞控制”（congestion control）：不是堵死了，而是太多人要走同一条路。那句解释是对的：网络节点拥塞时减少发送的数据。没有说明的是，主机怎样知道发生了拥塞：没有路由器会告诉它（除非使用 ECN），它把丢包当作信号。',
    '窗口 cwnd 由发送方自己维护，从不出现在报文段里。慢启动（RFC 5681 §3.1）只是起点低：每个 ACK 增加一个报文段，于是每个往返加倍。从 ssthresh 起是拥塞避免：每个往返增加一个报文段。如今的初始窗口是 10 个报文段（RFC 6928）；这里取 2，好看清加倍的过程。',
    '两种丢失，两种反应。三个重复 ACK 说明缺了一个报文段，而其他报文段还在到达：减半，继续发（§3.2，快速重传与快速恢复；NewReno，RFC 6582）。超时则说明什么也到不了：从一个报文段重新开始，慢启动到在途数据的一半为止（§3.1，公式 4）。',
    '这是 glasstcp 所用的 Reno。Linux 通常使用 CUBIC（RFC 9438），拥塞避免阶段按另一条曲线增长；BBR 则测量速率，而不是等待丢包。拥塞控制不是流量控制：rwnd 保护接收方，cwnd 保护网络，取两者中较小的一个。',
  ],
  questions: [
    { ask: '慢启动慢吗？', answer: '起点低，但每个往返加倍。', shownBy: 'doubled' },
    { ask: '丢了一个报文段而其他的都到达，窗口缩小多少？', answer: '减半。', shownBy: 'halved' },
    { ask: '超时之后呢？', answer: '只剩一个报文段。', shownBy: 'timeout' },
  ],
};
