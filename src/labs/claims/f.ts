/** The close, entries 51 to 62 (RFC 9293 §3.6). */
import { analogy, type Claim, imprecise, right, wrong } from './claim.js';

export const claims: readonly Claim[] = [
  {
    number: 51,
    quotes: [
      right('S0', '成员client:我事情讲完了，你知道吗（FIN = 1,Seq = u）；（进入FIN-WAIT-1）'),
      right('S1', '1、client端向server发送fin包，进入fin_wait_1状态，表示客户端已经没有数据要发送了'),
      right('S2', '张三挥手(fin)——李四伤感地微笑(ack)——李四挥手(fin)——张三伤感地微笑(ack)'),
      right('S4', '当一个socket关闭的时候，是通过两端四次握手完成的'),
    ],
    citations: ['RFC 9293 §3.6, Figure 12'],
    labs: ['close-four'],
  },
  {
    number: 52,
    quotes: [
      right('S0', '成员Server:哦，哦（ACK = 1, Seq = v）,知道了（Ack = u+1）,让我再理一下（进入CLOSE-WAIT）'),
      wrong('S0', '成员client:对的，是的（ACK=1,Seq= u+1,Ack = w+1）,并关掉对讲机（close）'),
    ],
    citations: ['RFC 9293 §3.6, Figure 12', 'RFC 9293 §3.6.1 (MUST-13)'],
    labs: ['close-four'],
  },
  { number: 53, quotes: [wrong('S1', '4、client收到ack之后，进入time_wait的状态')], citations: ['RFC 9293 §3.10.7.4, fifth and eighth', 'RFC 9293 §3.6, Figure 12'], labs: ['close-four'] },
  {
    number: 54,
    quotes: [
      wrong('S3', '客户端<- ？seq =  V   <- 服务端 （可以和上一步合并）'),
      wrong('S3', '客户端<-  FIN =1 结束 seq = <W>  <-  服务端【客户端就进入 FIN-WAIT-2 终止等待 2 状态】'),
      wrong('S3', '客户端-> ACK =1 确认 ack =  <U> +1  -> 服务端'),
    ],
    citations: ['RFC 9293 §3.6, Figure 12', 'RFC 9293 §3.10.7.4, fifth and eighth'],
    labs: ['close-four'],
  },
  {
    number: 55,
    quotes: [
      right('S0', '简单来说就是因为TCP是全双工的，两个方向的连接需要单独关闭'),
      right('S2', '之所以中间的两个动作没有合并，是因为tcp存在「半关闭」状态'),
      wrong('S2', '它是无法马上返回对方一个 FIN 报文段的'),
      right('S4', '当服务端收到FIN报文时，很可能并不会立即关闭SOCKET，所以只能先回复一个ACK报文'),
    ],
    citations: ['RFC 9293 §3.6', 'RFC 9293 §3.6.1'],
    labs: ['close-three'],
  },
  { number: 56, quotes: [right('S2', '中间的两个动作有时候是可以合并一起进行的，这个时候就成了三次挥手')], citations: ['RFC 9293 §3.10.7.4, eighth'], labs: ['close-three'] },
  { number: 57, quotes: [right('S2', '张三已经挥了手，可是人还没有走，只是不再说话，但是耳朵还是可以继续听')], citations: ['RFC 9293 §3.6.1'], labs: ['close-half'] },
  { number: 58, quotes: [], citations: ['RFC 9293 §3.6, Figure 13'], labs: ['close-simultaneous'] },
  {
    number: 59,
    quotes: [wrong('S4', '而被动关闭一方则转入CLOSED状态'), imprecise('S4', '这的确能够保证所有的数据都被传输')],
    citations: ['RFC 9293 §3.6, Figure 12', 'RFC 9293 §3.6.1 (SHLD-3)', 'RFC 2525 §2.17'],
    labs: ['close-unread'],
  },
  { number: 60, quotes: [], citations: ['RFC 9293 §3.8.3', 'RFC 9293 §3.10.7.4, eighth', 'RFC 9293 §3.10.4'], labs: ['close-lost-fin', 'close-fin-zero-window', 'close-fin-wait-2-orphan', 'close-give-up'] },
  {
    number: 61,
    quotes: [right('S4', '使得处于LAST-ACK状态的B收不到对已发送的FIN+ACK报文段的确认，服务端超时重传FIN+ACK报文段')],
    citations: ['RFC 9293 §3.6', 'RFC 9293 §3.8.1'],
    labs: ['close-lost-last-ack'],
  },
  {
    number: 62,
    quotes: [analogy('S2', '它就好比主动分手方要承担的责任，是你提出的要分手，你得付出代价'), analogy('S2', '不能释放套接字资源(端口)，就好比守寡期')],
    citations: ['RFC 9293 §3.6.1 (MUST-13)'],
    labs: ['close-four'],
    narrators: { S2: 'break-up' },
  },
];
