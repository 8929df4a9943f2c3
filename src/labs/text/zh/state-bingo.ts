import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '状态宾果：走遍十一个状态',
  question: '有一篇笔记列出了 TCP 的十个状态。到底有几个？什么样的连接会进入其中的每一个？',
  says: {
    'orderly': '第一条连接：由客户端打开，也由客户端先关闭，服务器稍后再关闭。',
    'both-close': '第二条连接：双方同时关闭。',
    'both-open': '第三条连接：双方同时打开，没有谁在监听。',
  },
  figures: {
    board: {
      title: '记分板：每个状态、最先进入它的连接、双方第一次被看到处于该状态的时刻（毫秒；– 表示没有）',
      words: { 'state': '状态', 'connection': '连接', 'client': '客户端', 'server': '服务器', 'orderly': '1：依次关闭', 'both-close': '2：同时关闭', 'both-open': '3：同时打开', '–': '–' },
    },
  },
  musts: {
    'listen': 'LISTEN：服务器，在第一个 SYN 到来之前',
    'syn-sent': 'SYN-SENT：主动打开的客户端；同时打开时双方都是',
    'syn-received': 'SYN-RECEIVED：服务器；同时打开时双方都是',
    'established': 'ESTABLISHED：双方都会经过',
    'fin-wait-1': 'FIN-WAIT-1：先关闭的一方；同时关闭时双方都是',
    'fin-wait-2': 'FIN-WAIT-2：客户端，它的 FIN 已被确认，而服务器还有事要做',
    'close-wait': 'CLOSE-WAIT：服务器，恰好也在这段时间里',
    'closing': 'CLOSING：同时关闭时双方都是',
    'last-ack': 'LAST-ACK：后关闭的服务器',
    'time-wait': 'TIME-WAIT：先关闭的客户端；同时关闭时双方都是',
    'closed': 'CLOSED：服务器在 FIN 被确认后立即进入，客户端要等 2MSL',
    'missing': '一共经过 {seen} 个状态；笔记列了 {listed} 个，缺的正是 CLOSING',
  },
  explanation: [
    '笔记列出的状态本身没错（SYN_RECV 是 Linux 对 SYN-RECEIVED 的叫法），但漏了 CLOSING。RFC 9293 §3.3.2 共有十一个状态：LISTEN、SYN-SENT、SYN-RECEIVED、ESTABLISHED、FIN-WAIT-1、FIN-WAIT-2、CLOSE-WAIT、CLOSING、LAST-ACK、TIME-WAIT 和 CLOSED。',
    '一条普通的连接，两端合起来会经过其中十个，唯独不经过 CLOSING。要进入 CLOSING，两个 FIN 必须在路上交错：每一方都在自己的 FIN 得到确认之前收到对方的 FIN（图 13）。它和同时打开（图 7）一样少见；同时打开时，没有监听者也能从 SYN-SENT 进入 SYN-RECEIVED。',
    'CLOSED 严格说来不算状态：RFC 称它是“虚构的”（fictional），表示 TCB 不存在。在本实验里，主机不再列出某个套接字，就算它处于 CLOSED。',
  ],
  questions: [
    { ask: '笔记的列表里缺了哪个状态？', answer: 'CLOSING。', shownBy: 'missing' },
    { ask: '谁会经过 CLOSING？', answer: '双方都在得知对方关闭之前关闭时，双方都会经过。', shownBy: 'closing' },
    { ask: '客户端可能处于 SYN-RECEIVED 吗？', answer: '可能，双方同时打开的时候。', shownBy: 'syn-received' },
  ],
};
