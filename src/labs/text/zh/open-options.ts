import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '握手还商定了什么：TCP 选项',
  question: 'SYN 里不只有序号。双方在握手时还商定了哪些事？如果一方不支持某个选项，会怎样？',
  says: {
    'with-all': '双方四个选项都支持：MSS、窗口扩大、SACK、时间戳。这条和后面每条连接的第一个数据报文段都会丢失，以便看出 SACK 是否启用。',
    'server-no-scale': '服务器不支持窗口扩大（tcp_window_scaling = 0）。',
    'server-no-sack': '服务器不支持 SACK（tcp_sack = 0）。',
    'server-no-stamps': '服务器不支持时间戳（tcp_timestamps = 0）。',
    'server-no-mss': '中间设备去掉了 SYN,ACK 里的 MSS 选项：服务器等于没有说明自己能接收多大的报文段。',
    'client-bare': '这次客户端除了 MSS 什么也不请求，而服务器什么都支持。',
    lost: '第一个数据报文段',
    stripped: 'MSS 选项被去掉',
  },
  figures: {
    options: {
      title: '请求了什么，应答了什么，之后什么生效',
      words: {
        'case': '对端', asked: 'SYN 中请求', answered: 'SYN,ACK 中应答', inForce: '生效', longest: '最长的数据', field: '窗口字段',
        'with-all': '全部支持', 'server-no-scale': '无窗口扩大', 'server-no-sack': '无 SACK', 'server-no-stamps': '无时间戳', 'server-no-mss': '无 MSS', 'client-bare': '未被请求',
      },
    },
  },
  musts: {
    'all': '请求、应答、生效的都是四项：MSS（每个报文段 {longest} 字节数据，加 12 字节时间戳，合 1460）、窗口扩大（字段值为 {field}，实际是它的 128 倍）、SACK、时间戳',
    'first-rtt': 'SYN,ACK 还给出了第一个往返时间样本，此时尚未发送数据：{rtt} 毫秒',
    'no-scale': '没有应答，两个方向就都不扩大窗口：客户端的字段值 {field} 就是 {field} 字节，服务器的 {back} 就是 {back} 字节',
    'no-sack': '没有应答，就没有 SACK 块：对缺口之后的数据，ACK 只能指出缺口从哪里开始',
    'no-stamps': '没有应答，SYN 之后的报文段就都不带时间戳，省下的空间可放数据：{longest} 字节',
    'no-mss': '没有 MSS 就按 536 字节：{longest} 字节数据，加 12 字节时间戳',
    'unasked': '没有请求的，服务器不会主动提供：SYN,ACK 只有 MSS，其余都不生效',
  },
  explanation: [
    '有一篇笔记问“握的是啥”，回答是“数据原点的序列号，即 ack”。差不多：握的是初始序号 ISN，确认号则是 ISN + 1。但握手一次性商定的不止这个，还有只能用 SYN 报文段商定的选项（RFC 9293 §3.2）。',
    'MSS 其实不是协商：双方各自声明自己能接收多大的报文段，两个方向可以不同；不声明就按 536 字节（IPv6 为 1220 字节）处理（§3.7.1，MUST-15）。窗口扩大只有双方都发送了才生效，两个方向各用各的移位数，SYN 本身的窗口从不扩大（RFC 7323 §2.2）。时间戳也须双方都发送，之后每个报文段都要带（§3.2）。SACK-permitted 的意思是“你可以给我发 SACK”，两个方向各自许可（RFC 2018 §2），实践中要么都有，要么都没有。',
    '监听方只应答对方请求过的选项。正因如此，今天的主机仍能与 1981 年的主机通信：不认识的选项跳过，没有得到应答的不生效。',
    '握手还顺便测量了路径：从 SYN 到 SYN,ACK 是第一个往返时间样本，数据的重传超时就从它算起（RFC 6298 §2）；SYN 重传过则不算。',
  ],
  questions: [
    { ask: 'SYN 带有窗口扩大因子 7，而 SYN,ACK 里没有。此后窗口字段 1000 表示多少？', answer: '1000 字节，两个方向都是：双方都发送了，窗口扩大才生效。', shownBy: 'no-scale' },
    { ask: '对端没有声明 MSS，带时间戳的报文段最多有多少数据？', answer: '524 字节：上限 536 字节包含选项。', shownBy: 'no-mss' },
    { ask: '服务器支持 SACK，但 SYN 没有请求，SYN,ACK 里会有吗？', answer: '不会。监听方只应答，不主动提供。', shownBy: 'unasked' },
  ],
};
