import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '误报：把乱序当成丢包',
  question: '一个报文段被后面四个超过，什么都没有丢。发送方会怎么想？',
  says: {
    begin: '客户端发送五个报文段，第一个绕了远路，被其余四个超过。',
    slow: '绕了远路',
    'slow-back': '回程也慢',
    late: '晚到 5 毫秒',
    other: '轮到服务器发送：先发两个，它们前后颠倒；再发五个，其中第一个晚到 5 毫秒。它的 TCP 会怎样？',
  },
  figures: {
    senders: {
      title: '五个报文段，第一个被其余的超过',
      words: { sender: '发送方', duplicates: '重复 ACK', again: '重传的报文段', us: 'glasstcp（三个重复 ACK）', kernel: 'Linux 内核（RACK）', glasstcp: '对端 glasstcp' },
    },
  },
  musts: {
    'alarm': '服务器期待的仍是第 {start} 字节：每来一个提前的报文段就立即回一个重复 ACK，共 {count} 个',
    'fast': '到第三个时客户端认定丢包：快速重传，不等定时器',
    'again': '重传了一个报文段，就是被超过的那个',
    'needless': '而在此之前服务器已经确认了全部五个（ACK {end}）：其实什么都不缺，只是这个 ACK 还在路上',
    'dsack': '事后服务器也说明了这一点：第 {first} 到 {last} 字节收到了两遍（D-SACK）',
    'cost': '代价不止一个报文段：拥塞窗口被降到 {cwnd} 字节，仿佛网络发生了拥塞',
    'read': '应用按顺序读到全部 {octets} 字节',
  },
  explanation: [
    'S2 提到了乱序，也说内核会排好序。没错，但发送方只能靠猜，就可能猜错：三个重复 ACK 即视为丢包（RFC 5681 §3.2）。一两个报文段后发先至还不要紧，三个以上就会误报。数据不受损害，但白白重传了一个报文段，拥塞窗口也被降低。',
    '事后 D-SACK 会告诉发送方（RFC 2883），Linux 据此恢复拥塞窗口；glasstcp 不作反应，见 docs/deviations.md。',
    'RACK（RFC 8985）用时间代替计数：后发的报文段已经到达，并且又过了一个“乱序窗口”（起初是最小往返时间的四分之一），才认定前面的丢失。在一条连接上没有见过乱序之前，它同样把三个重复 ACK 当作丢包；见过之后（比如这里先颠倒的那一对）就会等一等。Linux 内核有 RACK，glasstcp 没有：与内核一起运行本实验时，可以在表中比较两者。',
  ],
  questions: [
    { ask: '最多被几个报文段超过，发送方还不会认定丢包？', answer: '两个。第三个重复 ACK 就会触发重传。', shownBy: 'fast' },
    { ask: '发送方怎样得知是误报？', answer: '靠 D-SACK：这个报文段收到了两遍。', shownBy: 'dsack' },
    { ask: '误报的代价是什么？', answer: '白发一个报文段，拥塞窗口变小。', shownBy: 'cost' },
  ],
};
