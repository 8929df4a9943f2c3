/** Flags, sequence and acknowledgment numbers, entries 31 to 41 (RFC 9293 §3.1, §3.4). */
import { type Claim, imprecise, open, right, wrong } from './claim.js';

export const claims: readonly Claim[] = [
  {
    number: 31,
    quotes: [right('S3', '但需要消耗掉一个序号，表示三次握手中的开始'), imprecise('S3', '即表示客户端想要和服务端建立连接')],
    citations: ['RFC 9293 §3.4', 'RFC 9293 §3.4.1'],
  },
  { number: 32, quotes: [wrong('S3', 'TCP 规定 ACK =1 报文端不能携带数据，但需要消耗掉一个序号')], citations: ['RFC 9293 §3.1', 'RFC 9293 §3.5', 'RFC 9293 §4, “ACK”'] },
  { number: 33, quotes: [right('S3', 'TCP 规定 FIN 报文段即使不携带数据，也要消耗一个序号')], citations: ['RFC 9293 §3.4', 'RFC 9293 §4, “FIN”'], labs: ['flag-syn-fin-count', 'close-fin-with-data'] },
  {
    number: 34,
    quotes: [imprecise('S0', 'C->S：FIN，seq=p（我说完了）'), imprecise('S3', '客户端-> FIN =1 结束 seq = <U> ->服务端【客户端进入 FIN-WAIT-1 中止等待 1 状态】')],
    citations: ['RFC 9293 §3.6, Figure 12', 'RFC 9293 §3.10.7.4, fifth'],
  },
  { number: 35, quotes: [open('S3', '传送')], citations: ['RFC 9293 §3.9.1.2 (MUST-60, MUST-61)'] },
  { number: 36, quotes: [open('S3', '重置')], citations: ['RFC 9293 §3.5.2', 'RFC 9293 §3.5.3', 'RFC 5961 §3'], labs: ['rst-kinds', 'rst-window', 'rst-syn-sent'] },
  { number: 37, quotes: [open('S3', '紧急')], citations: ['RFC 9293 §3.8.5 (SHLD-13, MUST-30, MUST-62)', 'RFC 6093'] },
  { number: 38, quotes: [], citations: ['RFC 9293 §3.1', 'RFC 3168 §6.1.1', 'RFC 9768'] },
  { number: 39, quotes: [imprecise('S3', '可靠的传输，可靠连接是靠 seq（ sequence numbers 序列号）来达成的')], citations: ['RFC 9293 §2.2', 'RFC 9293 §3.8'], labs: ['seq-reliable'] },
  { number: 40, quotes: [right('S3', '<U> 的值等于前面已经传送过来的数据的最后一个字节的序号加 1')], citations: ['RFC 9293 §3.4'], labs: ['flag-syn-fin-count'] },
  {
    number: 41,
    quotes: [imprecise('S3', '通过TCP 连接发送的每一个 Segment 包，都有一个 sequence number，而因为每个包都是有序列号的，所以都能被确认收到这些包')],
    citations: ['RFC 9293 §3.4'],
    labs: ['flag-pure-acks', 'seq-wrap'],
  },
];
