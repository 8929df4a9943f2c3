import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '同时关闭',
  question: '双方都在收到对方的 FIN 之前就关闭，会发生什么？所有笔记都漏掉的是哪个状态？',
  says: { begin: '两边的程序在同一时刻关闭，两个 FIN 在途中交错。' },
  musts: {
    'fins': '客户端的 FIN（序号 1，确认号 1）没有确认服务器的 FIN',
    'crossed': '服务器的 FIN（序号 1，确认号 1）也没有确认客户端的 FIN：它们在途中交错了',
    'acks': '客户端确认收到的 FIN（确认号 2），这时它自己的 FIN 还没有被确认',
    'client-path': '客户端的状态依次为 ESTABLISHED、FIN-WAIT-1、CLOSING、TIME-WAIT',
    'server-path': '服务器走的是同一条路：FIN-WAIT-1、CLOSING、TIME-WAIT',
    'both-wait': '收到 FIN 进入 CLOSING，收到对自己 FIN 的 ACK 再进入 TIME-WAIT',
  },
  explanation: [
    '所有笔记都没有讲这种关闭（RFC 9293 §3.6，图 13），其中一份的状态列表只有十个，漏掉了 CLOSING。TCP 一共有十一个状态。',
    '在 FIN-WAIT-1 收到的 FIN 没有确认本端的 FIN：本端回 ACK，进入 CLOSING。双方都已表示没有数据要发，但本端还不知道自己的 FIN 是否到达；等到对它的 ACK，就进入 TIME-WAIT。',
    '双方都是主动关闭，所以双方都要等 2MSL，谁也不经过 CLOSE-WAIT 和 LAST-ACK。报文段仍是四个，只是顺序变成 FIN、FIN、ACK、ACK。',
  ],
  questions: [
    { ask: '最后有几方处于 TIME-WAIT？', answer: '双方都是：各自都在收到 FIN 之前发出了自己的 FIN。', shownBy: 'server-path' },
    { ask: '什么事件结束 CLOSING？', answer: '对本端 FIN 的确认。', shownBy: 'both-wait' },
  ],
};
