/** The transfer of data, entries 42 to 50 (RFC 9293 §3.7, §3.8; RFC 6298, RFC 5681). */
import { type Claim, imprecise, right, wrong } from './claim.js';

export const claims: readonly Claim[] = [
  { number: 42, quotes: [right('S2', '张三并不能判断究竟是自己的话被大风吹走了还是李四的回复被大风吹走了')], citations: ['RFC 9293 §3.8.1', 'RFC 2883 §4'] },
  { number: 43, quotes: [right('S2', '既然会重传，李四就有可能同一句话听见了两次，这就是「去重」')], citations: ['RFC 9293 §3.10.7.4, first', 'RFC 2883 §4'] },
  {
    number: 44,
    quotes: [right('S2', '一起向对方回复说前面你说的八句话我都听见了，这就是批量ack')],
    citations: ['RFC 9293 §3.4', 'RFC 9293 §3.8.6.3 (MUST-40, SHLD-18, SHLD-19)'],
    labs: ['data-cumulative-ack', 'data-delayed-ack'],
  },
  {
    number: 45,
    quotes: [imprecise('S2', '两人之间需要有协商好的合适的发送和接受速率，这个就是「TCP窗口大小」')],
    citations: ['RFC 9293 §3.8.6', 'RFC 9293 §3.8.6.1', 'RFC 9293 §3.8.6.2'],
    labs: ['data-zero-window', 'data-silly-window'],
  },
  {
    number: 46,
    quotes: [right('S2', '同一个来源发出来的不同数据包在「网际路由」上可能会走过不同的路径，最终达到同一个地方时，顺序就不一样了')],
    citations: ['RFC 9293 §3.10.7.4 (SHLD-31)', 'RFC 5681 §3.2', 'RFC 8985'],
    labs: ['data-reordering', 'data-false-alarm'],
  },
  {
    number: 47,
    quotes: [
      right('S0', '数据分块，是最合适发送方法'),
      wrong('S0', '校验和 ： 防止数据反转，保证数据传输过程中不发生变换'),
      imprecise('S0', '序列号和确认：防止数据出错，如果出错的话，重发序列号的数据'),
      wrong('S0', '阻塞控制：网络上节点发生阻塞的时候，减少发送的数据'),
      right('S1', '接收方收到数据后同样计算，如果不一致，那么传输有误'),
      right('S1', 'TCP在进行数据传输时，对数据都进行了编号'),
      right('S1', '如果发送方发送完数据在一定时间内没有接收到  数据接收方发送的ack，就会及重新发送数据'),
      right('S2', '它会处理 IP 层或以下的层的丢包、重复以及错误问题'),
    ],
    citations: ['RFC 9293 §3.1', 'RFC 9293 §3.7', 'RFC 9293 §3.8.1', 'RFC 9293 §3.8.2', 'RFC 5681 §3'],
    labs: ['data-corrupt-bit', 'data-corrupt-swap', 'data-slow-start'],
  },
  { number: 48, quotes: [right('S0', 'TCP 通过滑动窗口协议来支持流量控制机制')], citations: ['RFC 9293 §3.8.6 (SHLD-14)'] },
  { number: 49, quotes: [right('S2', '双方都可以主动发起数据传输')], citations: ['RFC 9293 §2.2', 'RFC 9293 §3.10.7.4, seventh'], labs: ['data-both-ways'] },
  {
    number: 50,
    quotes: [
      imprecise('S0', '建立连接定时器：顾名思义，该定时器是在建立 TCP 连接的时候使用的'),
      imprecise('S0', '当TCP 发送报文段时，就会创建特定报文的重传计时器'),
    ],
    citations: ['RFC 6298 §5', 'RFC 9293 §3.8', 'RFC 9293 §3.10.8'],
    labs: ['data-timers'],
  },
];
