import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '三次握手',
  question: '在第一个数据字节之前，两台主机要互相告诉对方什么？谁先准备好？',
  says: { begin: '服务器处于 LISTEN。客户端发起连接：SYN。' },
  musts: {
    'syn': 'SYN：客户端给出自己的初始序号（下图记为 0）',
    'syn-ack': 'SYN,ACK：同一个报文段既确认客户端的序号（确认号 1），又给出服务器的初始序号',
    'ack': 'ACK：客户端确认服务器的序号（序号 1，确认号 1，不带数据）',
    'client-first': '客户端比服务器早 {lead} 毫秒进入 ESTABLISHED：第三个报文段还得先走完这段路',
    'states': '服务器的状态依次为 LISTEN、SYN-RECEIVED、ESTABLISHED',
  },
  explanation: [
    '一条连接是两个方向相反的字节流，各自的序号都可以从任意值开始。三次握手要让双方都知道对方从哪里开始，并且确信对方也知道自己从哪里开始：一共四句话，其中两句可以放进同一个报文段，即 SYN,ACK。',
    'SYN 要消耗一个序号，所以确认号是 x + 1，第一个数据字节的序号也是 x + 1。',
    '收到 SYN,ACK 时客户端就什么都知道了，服务器还要再等半个往返时间。在这两个时刻之间客户端已经可以发送数据，数据会随第三个报文段或在它之后到达。',
  ],
  questions: [
    { ask: '客户端 SYN 的序号是 x，返回的确认号是多少？', answer: 'x + 1：SYN 本身消耗一个序号。', shownBy: 'syn-ack' },
    { ask: '哪一方先进入 ESTABLISHED？', answer: '主动打开的一方，早半个往返时间。', shownBy: 'client-first' },
  ],
};
