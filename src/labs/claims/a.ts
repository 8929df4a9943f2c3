/** The handshake, entries 1 to 20 (RFC 9293 §3.4, §3.5). */
import { analogy, type Claim, imprecise, right, wrong } from './claim.js';

export const claims: readonly Claim[] = [
  {
    number: 1,
    quotes: [
      right('S0', '确认号为 Ack = x + 1，表示收到客户端的序号 Seq 并将其值加 1 作为自己确认号 Ack 的值'),
      right('S1', '1、client端建立连接，发送一个syn同步包，发送之后状态变成syn_sent'),
      right('S4', '服务器端将标志位SYN和ACK都置为1，ack=x+1'),
    ],
    citations: ['RFC 9293 §3.5, Figure 6'],
    labs: ['open-normal'],
  },
  {
    number: 2,
    quotes: [imprecise('S0', '序号Seq = x表示一个随机数'), imprecise('S3', '序列号初始化是随机的'), imprecise('S4', '随机产生一个值seq=x')],
    citations: ['RFC 9293 §3.4.1', 'RFC 6528 §3'],
    labs: ['open-isn'],
  },
  {
    number: 3,
    quotes: [
      imprecise('S0', '三次握手的主要目的是确认自己和对方的发送和接收都是正常的'),
      imprecise('S2', '三次握手的作用就是双方都能明确自己和对方的收、发能力是正常的'),
    ],
    citations: ['RFC 9293 §3.5', 'RFC 9293 §3.4.1'],
    labs: ['lost-third-ack-alive'],
  },
  {
    number: 4,
    quotes: [
      wrong('S0', 'S->C：SYN ，seq=y，ack=x+1（我能听到，你能听到吗？）'),
      wrong('S0', '客户端 ： 打开对讲机，并开始听对讲机(Listen阶段)'),
      wrong('S0', '并开始等待（SYN-SEND阶段）'),
    ],
    citations: ['RFC 9293 §3.5, Figure 6', 'RFC 9293 §3.3.2'],
    labs: ['open-normal'],
  },
  {
    number: 5,
    quotes: [right('S0', '成员Server:默默的点点头，并对自己说可以（进入 ESTABLISHED阶段）'), wrong('S4', '如果正确则连接建立成功，客户端和服务器端进入ESTABLISHED状态，完成三次握手')],
    citations: ['RFC 9293 §3.5, Figure 6'],
    labs: ['open-delayed-ack-instant'],
  },
  {
    number: 6,
    quotes: [imprecise('S1', '返回一个ack响应，同时也会给客户端发送一个syn包'), right('S2', '实际上可以将这两个动作合一，招手的同时点头和微笑(syn+ack)')],
    citations: ['RFC 9293 §3.4.1', 'RFC 9293 §3.5, Figure 6'],
    labs: ['open-normal'],
  },
  {
    number: 7,
    quotes: [wrong('S1', '3、client端收到server的ack之后，状态变为established')],
    citations: ['RFC 9293 §3.10.7.3, fourth and fifth'],
  },
  {
    number: 8,
    quotes: [wrong('S3', '客户端<- SYN =1 同步 seq =  <Server Init Seq Num>   <- 服务端 （可以和上一步合并）')],
    citations: ['RFC 9293 §3.10.7.3', 'RFC 9293 §3.5, Figure 7'],
    labs: ['open-split'],
  },
  { number: 9, quotes: [], citations: ['RFC 9293 §3.5, Figure 7 (MUST-10)'], labs: ['open-simultaneous', 'open-self-connect'] },
  {
    number: 10,
    quotes: [imprecise('S3', '在信道不可靠情况下, 要保证可靠的数据传输，就需要至少三次通信')],
    citations: ['RFC 9293 §3.4.1', 'RFC 9293 §3.5'],
    labs: ['open-two-way'],
  },
  {
    number: 11,
    quotes: [right('S1', '如果只有两次，无法做到双向建立的连接'), right('S4', '至多只有连接发起方的起始序列号能被确认， 另一方选择的序列号则得不到确认')],
    citations: ['RFC 9293 §3.4.1'],
    labs: ['open-two-way'],
  },
  {
    number: 12,
    quotes: [
      right('S3', '而是在某个网络节点中滞留了，直到某个时间才到达server，本来这已经是一个失效的报文'),
      wrong('S3', 'client是不会理睬server的确认信息，也不会向服务端发送确认的请求'),
      right('S3', '客户端发现是旧的连接，会向服务端发送 RST 重置报文以终止这个连接'),
    ],
    citations: ['RFC 9293 §3.5, Figure 8', 'RFC 9293 §3.10.7.3, first', 'RFC 9293 §3.10.7.1'],
    labs: ['open-stale-syn'],
  },
  {
    number: 13,
    quotes: [imprecise('S0', '如果只有第二次握手,服务端发给客服端的包丢了之后,服务端就直接建立了连接,然后一直傻等,不会释放,造成阻塞')],
    citations: ['RFC 9293 §3.5.1', 'RFC 9293 §3.8.4'],
    labs: ['half-open', 'half-open-keepalive'],
  },
  {
    number: 14,
    quotes: [imprecise('S3', '服务器会重复接受无用的连接请求 SYN 报文，而造成重复分配资源')],
    citations: ['RFC 4987 §2', 'RFC 4987 §3.6'],
  },
  {
    number: 15,
    quotes: [right('S0', '三次握手理论上已经建立最少可靠资源下建立连接成功，所以不需要第次四握手')],
    citations: ['RFC 9293 §3.4.1'],
  },
  {
    number: 16,
    quotes: [imprecise('S4', '通信双方数据原点的序列号！，即ack')],
    citations: ['RFC 9293 §3.4.1', 'RFC 9293 §3.2'],
  },
  {
    number: 17,
    quotes: [
      right('S2', '所谓的“连接”，其实是客户端和服务器的内存里保存的一份关于对方的信息，如 IP 地址、端口号等'),
      right('S3', 'Socket、序列号和窗口大小'),
    ],
    citations: ['RFC 9293 §3.3.1'],
  },
  {
    number: 18,
    quotes: [imprecise('S2', '我们看到有两个中间状态，syn_sent和syn_rcvd，这两个状态叫着「半打开」状态')],
    citations: ['RFC 9293 §3.5.1', 'RFC 9293 §3.6.1'],
    labs: ['half-open'],
  },
  {
    number: 19,
    quotes: [analogy('S0', '先打开对讲机'), analogy('S2', '三次握手就好比两个人在街上隔着50米看见了对方')],
    citations: ['RFC 9293 §3.4', 'RFC 9293 §3.8.6'],
    labs: ['open-normal'],
    narrators: { S0: 'walkie-talkie', S2: 'fog' },
  },
  {
    number: 20,
    quotes: [right('S1', '建立连接前server端需要监听端口，因此初始状态是listen')],
    citations: ['RFC 9293 §3.10.1', 'RFC 9293 §3.10.7.1'],
    labs: ['open-refused'],
  },
];
