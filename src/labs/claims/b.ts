/** Losses in the handshake, entries 21 to 27 (RFC 9293 §3.8.1, §3.8.3; RFC 6298). */
import { type Claim, imprecise, right, wrong } from './claim.js';

export const claims: readonly Claim[] = [
  {
    number: 21,
    quotes: [
      right('S0', '直到重传次数超过限制的重传次数后，建立连接的系统调用和返回 -1'),
      wrong('S0', '发送方发送 SYN 时，会启动一个定时器（默认为 3 秒）'),
    ],
    citations: ['RFC 6298 §2 (2.1)', 'RFC 6298 §5 (5.7)', 'RFC 9293 §3.8.3 (MUST-23)'],
    labs: ['lost-syn'],
  },
  {
    number: 22,
    quotes: [imprecise('S0', '并服务器这时候处于（阻塞）状态调用Accept等待客户端再一次发确认报文')],
    citations: ['RFC 9293 §3.8.1', 'RFC 9293 §3.10.7.4, first'],
    labs: ['lost-syn-ack'],
  },
  {
    number: 23,
    quotes: [right('S0', '服务器没有收到来自客户端的确认报文（ACK报文），同样会采取类似客户端的超时重传机制')],
    citations: ['RFC 9293 §3.8.1', 'RFC 9293 §3.10.7.4, first'],
    labs: ['lost-third-ack-alive'],
  },
  {
    number: 24,
    quotes: [wrong('S0', '如果重传次数超过限制，仍然没有回应，系统调用Accept并返回-1，服务器端连接失败')],
    citations: ['RFC 9293 §3.8.3', 'RFC 9293 §3.10.8'],
    labs: ['lost-third-ack-expired'],
  },
  {
    number: 25,
    quotes: [imprecise('S0', '因此服务器端接收到来自客户端发送来的数据时会发送 RST（RESET） 报文给 客户端')],
    citations: ['RFC 9293 §3.10.7.4, fifth', 'RFC 9293 §3.10.7.2, second'],
    labs: ['lost-third-ack-alive', 'lost-third-ack-expired'],
  },
  {
    number: 26,
    quotes: [wrong('S0', '但是服段 accept() 系统调用已返回，此时已经不在监听状态')],
    citations: ['RFC 9293 §3.10.7.2, second'],
    labs: ['lost-third-ack-expired'],
  },
  { number: 27, quotes: [], citations: ['RFC 9293 §3.5.3', 'RFC 9293 §3.10.7.4, second'] },
];
