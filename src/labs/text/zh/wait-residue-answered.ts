import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'TIME-WAIT 会应答残留的报文段',
  question: 'TIME-WAIT 期间到达的旧报文段，是直接丢弃吗？',
  says: {
    text: '到达一段客户端早已收过的数据。',
    fin: '服务器的 FIN 再次到达。',
    beyond: '到达一个序号远在窗口之外的 ACK。',
    rst: '到达一个序号过时的 RST。',
  },
  musts: {
    'waits': '客户端处于 TIME-WAIT，服务器处于 CLOSED',
    'text-acked': '旧数据：用 ACK {ack} 应答',
    'fin-acked': 'FIN 重复到达：用同样的 ACK {ack} 应答',
    'restart': '而且只有 FIN 会使 2MSL 重新计时',
    'beyond-acked': '序号远在窗口之外：同样用 ACK 应答',
    'rst-silent': '只有过时的 RST 得不到应答，直接丢弃',
    'stays': '经过这一切，客户端仍在 TIME-WAIT',
  },
  explanation: [
    '有一篇笔记说，TIME-WAIT 期间残留的报文“立即丢弃”。数据确实丢弃了，没有人再读它；但报文段会得到应答。RFC 9293 §3.10.7.4 规定：收到不可接受的报文段，应回复 <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>，除非它带有 RST。',
    '这个应答正是 TIME-WAIT 的用处：重传 FIN 的一方由此得知一切正常。而对 RST 从不应答，可以避免两台主机没完没了地互相应答。',
    '序号恰好正确的 RST 则是另一回事：在多数系统上它会立刻结束 TIME-WAIT。这样的 RST 甚至可能由我们自己的 ACK 引起，因为对方已经忘记了连接：这就是“TIME-WAIT assassination”（RFC 1337）。本实验的客户端在 TIME-WAIT 中不理会 RST（net.ipv4.tcp_rfc1337 = 1），所以能坚持到最后。',
  ],
  questions: [
    { ask: 'TIME-WAIT 期间，哪些报文段得不到应答？', answer: '带 RST 的。', shownBy: 'rst-silent' },
    { ask: '所有应答的确认号是多少？', answer: '都一样：RCV.NXT，即服务器 FIN 之后的序号。', shownBy: 'text-acked' },
  ],
};
