/** CLOSE-WAIT and TIME-WAIT, entries 63 to 80 (RFC 9293 §3.3.2, §3.6.1). */
import { type Claim, imprecise, open, right, wrong } from './claim.js';

export const claims: readonly Claim[] = [
  {
    number: 63,
    quotes: [
      right('S0', '是收到客户端关闭链接的报文后，为了保证服务点关闭链接之前发送的数据处理'),
      right('S4', '服务器保持了大量CLOSE_WAIT状态'),
    ],
    citations: ['RFC 9293 §3.3.2', 'RFC 9293 §3.6'],
    labs: ['close-wait-pile', 'close-wait-emfile'],
  },
  {
    number: 64,
    quotes: [wrong('S4', '而TIME_WAIT和CLOSE_WAIT两种状态如果一直被保持，那么意味着对应数目的通道就一直被占着，一旦达到句柄数上限，新的请求就无法被处理了')],
    citations: ['RFC 9293 §3.3.2', 'RFC 9293 §3.6.1', 'RFC 6191'],
    labs: ['wait-no-descriptor'],
  },
  {
    number: 65,
    quotes: [
      right('S0', '然后服务器就会超时重传第三次挥手的fin信息报，然后客户端再重传一次第四次挥手的ack报文'),
      right('S1', '如果server没有收到最后一个ack，那么就会重新发送fin'),
      right('S2', '因为如果对方没有收到ack的话，会重传fin报文，处于time_wait状态的套接字会立即向对方重发ack报文'),
      right('S4', '接着客户端再重传一次确认，重新启动时间等待计时器'),
    ],
    citations: ['RFC 9293 §3.10.7.4, fifth and eighth'],
    labs: ['wait-2msl', 'close-lost-last-ack'],
  },
  {
    number: 66,
    quotes: [
      right('S0', '此处应该是客户端收到一个非法的报文段，而返回一个RST的数据报'),
      imprecise('S4', '则无法收到服务端重传的FIN+ACK报文段，所以不会再发送一次确认报文段'),
    ],
    citations: ['RFC 9293 §3.10.7.1', 'RFC 9293 §3.5.2'],
    labs: ['wait-none'],
  },
  {
    number: 67,
    quotes: [
      imprecise('S0', '这次连接中有个迷失在网络中的syn包，然后下次连接又马上开始'),
      right('S1', '上一次连接的部分数据在网络中延迟到达server，数据就可能发生混淆'),
      right('S2', '不然当新的端口被重复利用时，这些残留报文可能会干扰新的链接'),
      imprecise('S4', '防止“已失效的连接请求报文段”出现在本连接中'),
      right('S4', '就可以使本连接持续的时间内所产生的所有报文段都从网络中消失'),
    ],
    citations: ['RFC 9293 §3.4.3', 'RFC 9293 §3.5, Figure 8', 'RFC 7323 §5'],
    labs: ['wait-old-segment'],
  },
  { number: 68, quotes: [imprecise('S2', '原始报文还在路上)传过来时，都会被立即丢弃掉')], citations: ['RFC 9293 §3.10.7.4, first', 'RFC 1337'], labs: ['wait-residue-answered', 'wait-assassination'] },
  {
    number: 69,
    quotes: [right('S2', '4分钟就是2个MSL，每个MSL是2分钟'), right('S2', '这个时间是由官方RFC协议规定的')],
    citations: ['RFC 9293 §3.4.2', 'RFC 9293 §3.6.1 (MUST-13)'],
    labs: ['wait-values'],
  },
  {
    number: 70,
    quotes: [open('S2', '至于为什么是2个MSL而不是1个MSL，我还没有看到一个非常满意的解释')],
    citations: ['RFC 9293 §3.6.1 (MUST-13)', 'RFC 9293 §3.10.7.4, eighth'],
    labs: ['wait-why-two'],
  },
  { number: 71, quotes: [imprecise('S4', '而IP数据报则有限制其生存时间的TTL字段')], citations: ['RFC 9293 §3.4.2', 'RFC 1812 §5.3.1', 'RFC 8200 §8.2'], labs: ['wait-values'] },
  {
    number: 72,
    quotes: [
      imprecise('S2', '这段时间内套接字资源(端口)不得回收利用'),
      imprecise('S4', '定义这个连接的插口（客户的IP地址和端口号，服务器的IP地址和端口号）不能再被使用'),
    ],
    citations: ['RFC 9293 §3.6.1 (MAY-2)', 'RFC 6191 §2'],
    labs: ['wait-same-tuple'],
  },
  { number: 73, quotes: [imprecise('S0', '当网络中存在大量的timewait状态，那么服务器的压力可想而知')], citations: ['RFC 9293 §3.6.1', 'RFC 6191'], labs: ['wait-no-descriptor', 'wait-active-closer'] },
  { number: 74, quotes: [imprecise('S4', '如果客户端的并发量持续很高，此时部分客户端就会显示连接不上')], citations: ['RFC 9293 §3.6.1', 'RFC 6191 §2'], labs: ['wait-flood'] },
  { number: 75, quotes: [open('S4', '4.3 解决方案')], citations: ['RFC 9293 §3.6.1 (SHLD-4)', 'RFC 6191 §2', 'RFC 7323 §5'], labs: ['wait-remedies'] },
  {
    number: 76,
    quotes: [imprecise('S0', '是第四次挥手后,客户端进入的状态,是客户端必要的等待时间'), imprecise('S4', '假设客户端不等待2MSL，而是在发送完ACK之后直接释放关闭')],
    citations: ['RFC 9293 §3.6.1 (MUST-13)'],
    labs: ['wait-active-closer'],
  },
  { number: 77, quotes: [imprecise('S4', 'TIME_WAIT状态就是用来重发可能丢失的ACK报文')], citations: ['RFC 9293 §3.4.3', 'RFC 9293 §3.10.7.4, eighth'], labs: ['wait-old-segment'] },
  { number: 78, quotes: [wrong('S4', 'TCP双方可能的状态')], citations: ['RFC 9293 §3.3.2, Figure 5'], labs: ['state-bingo'] },
  { number: 79, quotes: [right('S4', '常用的三个状态是')], citations: ['RFC 9293 §3.3.2'] },
  { number: 80, quotes: [open('S4', '一句话解释')], citations: ['RFC 9293 §3.3.2', 'RFC 9293 §3.5', 'RFC 9293 §3.6'], labs: ['wait-sentences'] },
];
