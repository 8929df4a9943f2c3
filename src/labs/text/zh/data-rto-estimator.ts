import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '要等多久：重传超时（RTO）的估计',
  question: '笔记说“一定时间内没有收到 ack 就重新发送”。这个“一定时间”是多久？由谁决定？',
  says: {
    begin: '客户端在单程 75 毫秒的路径上建立连接，一条接一条地发送短消息。不使用时间戳。',
    silence: '下一条消息丢失，第一次重传也丢失。',
    gone: '途中丢失',
    slower: '现在 ACK 要绕远路：往返时间增加 {longer} 毫秒。',
    detour: '绕远路',
  },
  musts: {
    'initial': '在取得任何样本之前，RTO 为 1 秒',
    'first': '握手给出第一个样本 R = {sample} 毫秒：SRTT = R，RTTVAR = R/2，RTO = R + 4·R/2 = {rto} 毫秒',
    'calm': '往返时间保持稳定时，RTO 从 {from} 毫秒降到 {rto} 毫秒：加上去的是偏差，而不是往返时间的倍数',
    'doubled': '{rto} 毫秒后仍没有 ACK：RTO 加倍为 {twice} 毫秒，再加倍为 {four} 毫秒',
    'karn': '这条消息发送了三次，它的 ACK 不作样本：没有人知道它确认的是哪一次（Karn 算法）',
    'kept': '收到这个 ACK 之后，加倍后的 RTO（{rto} 毫秒）仍然有效',
    'clean': '下一条消息只发送一次：它的往返时间是样本，RTO 重新由测量值算出，为 {rto} 毫秒',
    'spurious': '往返时间变得比 RTO 还长：一条消息发送了 {times} 次，尽管没有任何报文段丢失',
    'learned': '几个往返之后，RTO（{rto} 毫秒）又大于往返时间（{way} 毫秒）',
    'formula': '全部 {samples} 个样本都按 RFC 6298 的公式改变 SRTT、RTTVAR 和 RTO，实验另行计算了一遍，结果一致',
  },
  figures: {
    estimator: {
      title: '样本与估计值',
      words: { time: '时间（毫秒）', duration: '毫秒', sample: '测得的往返时间' },
    },
  },
  explanation: [
    '局域网和卫星链路不可能共用一个常数，所以 TCP 靠测量。RFC 6298 §2：第一个样本 R 使 SRTT = R、RTTVAR = R/2；此后每个样本 R′ 使 RTTVAR 向 |SRTT − R′| 靠近四分之一，使 SRTT 向 R′ 靠近八分之一。RTO = SRTT + 4·RTTVAR。偏差要乘以 4，因为让 RTO 出错的不是路远，而是忽快忽慢。',
    'S0 说定时器“默认为 3 秒”，那是 RFC 1122 和 RFC 2988 的数值。自 RFC 6298（2.1）起是 1 秒，而且只用到取得第一个样本为止；3 秒只在 SYN 被重传过之后才用（5.7）。RFC 还要求 RTO 始终不小于 1 秒（2.4，SHOULD）。Linux 取 200 毫秒；本实验取 100 毫秒，好让人看到公式本身，而不是只看到下限。',
    'S0 还说每个报文段都有自己的重传定时器。RFC 6298 §5 推荐整条连接只用一个：有数据未确认就运行，每收到新的 ACK 就重新开始，超时则 RTO 加倍（5.5）。正是加倍救了拥塞的网络：越得不到应答，就发得越少。',
    'Karn 算法（§3）：报文段发送过多次，它的 ACK 可能是对其中任何一次的应答。如果当作对最后一次的应答，那么对第一次的迟到应答看上去就像极短的往返。所以它不作样本，退避后的 RTO 一直保持到出现干净的样本为止。使用时间戳时（RFC 7323 §4），回显值能说明应答的是哪一次，所以这里关闭了时间戳。',
  ],
  questions: [
    { ask: '第一个 SYN 的 RTO 是多少？', answer: '1 秒：还什么都没有测量。', shownBy: 'initial' },
    { ask: '没有时间戳时，发送方从重传过的报文段的 ACK 能学到什么？', answer: '只知道它到达了；关于往返时间一无所知。', shownBy: 'karn' },
    { ask: '发生了重传，就证明有数据丢失吗？', answer: '不能，也可能只是往返时间变得比 RTO 还长。', shownBy: 'spurious' },
  ],
};
