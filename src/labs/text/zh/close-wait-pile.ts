import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'CLOSE-WAIT 堆积：忘记关闭的程序',
  question: '由谁、在什么时候结束 CLOSE-WAIT？',
  says: {
    close: '客户端都关闭了。服务器读到每个流的末尾，却忘了关闭。',
    mend: '服务器终于调用 close()。',
  },
  musts: {
    'pile': '服务器上有 {count} 条连接处于 CLOSE-WAIT',
    'held': '它们占用 {count} 个描述符：close() 从未被调用',
    'client-gone': '客户端的 FIN-WAIT-2 已超时，进入 CLOSED',
    'stay': '服务器上仍有 {count} 条连接处于 CLOSE-WAIT，描述符也仍被占用',
    'silent': '线路上没有任何报文段：TCP 在这里没有定时器',
    'close-ends': '程序调用 close() 之后，它们全部结束',
    'freed': '描述符也全部归还',
  },
  explanation: [
    'CLOSE-WAIT 的意思是：对方的话已说完，TCP 在等本机的程序关闭。笔记在这一点上是对的，由此得出的结论也对：CLOSE-WAIT 堆积，问题出在本机的程序。',
    'TCP 没有定时器来结束这个状态。它也可能是有意为之：对方只关闭了一个方向，另一个方向还可以继续几个小时。能结束它的只有程序的 close()（或进程退出）、RST，或者发现对方已不在的保活（keep-alive）。针对 TIME-WAIT 的 net.ipv4 参数在这里毫无作用。',
    '每条处于 CLOSE-WAIT 的连接都占一个描述符和一个带缓冲区的完整套接字。到了打开文件数的上限，accept(2) 就以 EMFILE（“too many open files”）失败（见实验 close-wait-emfile）：这条报错来自这里，而不是 TIME-WAIT。',
    '对方早已离开：没有主人的连接不会永远停在 FIN-WAIT-2（tcp_fin_timeout 为 60 秒，这里取 1 秒）。所以服务器最后关闭时，它的 FIN 找不到连接，得到的应答是 RST。',
  ],
  questions: [
    { ask: 'CLOSE-WAIT 持续多久？', answer: '直到程序关闭为止，没有定时器。', shownBy: 'stay' },
    { ask: 'CLOSE-WAIT 占用描述符吗？', answer: '占用，每条一个。', shownBy: 'held' },
  ],
};
