import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '第一次握手的 SYN 丢失',
  question: 'SYN 发出后石沉大海，客户端多久重传一次？connect() 最后返回什么？',
  says: {
    begin: '同时发起两条连接：到 80 端口的只丢第一个 SYN，到 81 端口的 SYN 全部丢弃。',
    limit: '80 端口的连接已经建立。81 端口的 SYN 在这里最多重传两次，之后客户端放弃。',
    'lost-once': '第一个 SYN',
    'lost-always': '发往 81 端口的每个 SYN',
  },
  musts: {
    'one-second': '{wait} 秒后重传 SYN：初始超时是 1 秒，不是 3 秒',
    'opened': '第二个 SYN 到达后，连接照常建立',
    'doubled': '每次等待时间加倍：SYN 发出的时刻为 {times} 秒',
    'timed-out': '最后一次等待结束（第 {after} 秒），connect() 失败，错误码 ETIMEDOUT',
    'server-knows-nothing': '对于失败的那条连接，服务器上从未出现过任何表项',
  },
  explanation: [
    '笔记说客户端会重传 SYN，直到达到上限后 connect() 返回 −1，这是对的（errno 为 ETIMEDOUT）。服务器什么也没收到，整件事与它无关。',
    '笔记说初始超时“默认 3 秒”，这是 RFC 1122（1989）和 RFC 2988（2000）的旧值。RFC 6298 §2.1 在 2011 年改为 1 秒。3 秒只在一处保留下来：SYN 重传过、因而测不到往返时间时，数据阶段的超时从 3 秒开始（§5.7）。',
    '之后每次超时加倍（§5.5）：1、2、4……所以 SYN 在第 0、1、3、7、15 秒发出。Linux 6.5 起前四次重传不加倍，间隔都是 1 秒：0、1、2、3、4、5、7、11……',
    '总共要试多久：RFC 9293 要求 SYN 至少重试 3 分钟（MUST-23）。Linux 默认 tcp_syn_retries = 6，约 131 秒后放弃。本实验把上限设为重传两次，所以第 7 秒就结束。',
  ],
  questions: [
    { ask: '第一个 SYN 丢了，客户端等多久才重传？', answer: '1 秒（RFC 6298）。3 秒是 2011 年以前的规定。', shownBy: 'one-second' },
    { ask: 'SYN 在第 0、1、3 秒发出，之后不再重传。connect() 何时失败？', answer: '第 7 秒：最后一个 SYN 也要等满它的超时，即 2 秒的两倍。', shownBy: 'timed-out' },
    { ask: '服务器对这次失败的连接知道多少？', answer: '一无所知。SYN 没有到达，也就没有 SYN-RECEIVED。', shownBy: 'server-knows-nothing' },
  ],
};
