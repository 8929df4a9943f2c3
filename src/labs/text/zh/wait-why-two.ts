import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '为什么是 2 个 MSL，而不是 1 个',
  question: '报文段最多存活一个 MSL，为什么 TIME-WAIT 要等两倍的时间？',
  says: {
    'slow-fin': 'FIN 在路上走了将近一个 MSL',
    try: '端口 {port}：TIME-WAIT 持续 {wait} × MSL。客户端先关闭，服务器随后关闭。',
    'slow-ack': '最后一个 ACK 在路上走了将近一个 MSL',
  },
  musts: {
    'slow-ack': '最后一个 ACK 慢到极限：在路上走了 {slow} MSL',
    'fin-before': '在它到达之前，服务器又重传了 FIN，而这个 FIN 也同样慢',
    'none': '0 × MSL：FIN 到达时已无人认识它，回复 RST',
    'one': '1 × MSL：FIN 到达时等待已经结束，仍然回复 RST',
    'two': '2 × MSL：TIME-WAIT 还在，用 ACK 应答',
    'empty': '这 2 个 MSL 结束时，线路上已没有这条连接的任何报文段',
  },
  explanation: [
    '笔记提出了这个问题，却没有回答。答案是两段路程相加：最后一个 ACK 最多存活一个 MSL，到那时它要么已经到达，要么永远不会到达；在它到达之前，对方随时可能重传 FIN，最晚的一次就在 ACK 到达的前一刻；这个 FIN 又可以存活一个 MSL。两段都过去，两个方向上才都不再有这条连接的报文段。',
    '如果只考虑自己发出的旧报文段，一个 MSL 就够了；第二个 MSL 是留给对方的应答的。',
    '等待较短的两次，迟到的 FIN 遇到的主机已经忘记了这条连接，按 RFC 9293 §3.10.7.1 必须回复 RST。如果那个 ACK 不是迟到而是丢失，RST 就会打到还在 LAST-ACK 的服务器上（见 wait-none）；如果这时同一个四元组上已经有了新连接，旧的 FIN 就会闯进新连接。',
    '这个论证有一个边界：如果 ACK 接连丢失，服务器可能在一个 MSL 之后还在重传 FIN。每收到一个 FIN，2MSL 都重新计时（见 wait-2msl）；若 2MSL 内一个也没收到，TIME-WAIT 就结束。另外，服务器这时已是 CLOSED，会用 RST 回应我们对迟到 FIN 的 ACK，这本会让 TIME-WAIT 提前结束；本实验的客户端不理会它（RFC 1337，net.ipv4.tcp_rfc1337 = 1）。TIME-WAIT 使出错变得极不可能，但不是绝对不可能。',
  ],
  questions: [
    { ask: '第一个 MSL 在等什么？', answer: '等最后一个 ACK 到达或者消失。在它到达之前，对方随时可能重传 FIN。', shownBy: 'fin-before' },
    { ask: '第二个 MSL 在等什么？', answer: '等 ACK 到达前一刻发出的那个 FIN。', shownBy: 'two' },
    { ask: '只等一个 MSL 会怎样？', answer: '那个 FIN 来晚了，主机已不认识这条连接，只能回复 RST。', shownBy: 'one' },
  ],
};
