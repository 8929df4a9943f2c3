import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'ECE、CWR、AE：笔记没提到的标志位',
  question: '笔记列了六个标志位，首部里其实还有。SYN 里的 ECE 和 CWR 是什么意思？主机可以拒绝这样的 SYN 吗？',
  says: {
    begin: '客户端希望使用 ECN：它的 SYN 带 ECE 和 CWR。服务器在对方要求时同意使用（tcp_ecn = 2）。',
    mark: '客户端发送数据。到服务器之前的最后一台路由器发生拥塞，它没有丢弃这个包，而是打上标记（CE，经历过拥塞）。',
    off: '同一台服务器，关闭 ECN（tcp_ecn = 0），客户端不变。',
    reserved: '再手工发送两个 SYN：一个带 AE、ECE、CWR，支持 AccECN 的主机就这样发；另一个把四个现在或曾经保留的位全部置 1。',
  },
  musts: {
    'asks': 'SYN 带标志 ECE 和 CWR：“我支持 ECN，你呢？”',
    'agrees': 'SYN,ACK 带 ECE、不带 CWR：“我也支持”',
    'capable': '此后客户端的数据在 IP 首部里也标明 ECT：路由器可以打标记',
    'echo': '服务器收到打了标记的包，在 ACK 里置 ECE，同时确认数据：什么也没丢',
    'reduced': '客户端像发生丢包那样把窗口减半，并在下一个数据报文段里置 CWR',
    'quiet': '服务器收到 CWR 后不再置 ECE；程序读到了全部数据',
    'declined': '不用 ECN 的服务器对同样的 SYN 回应普通的 SYN,ACK：忽略的是标志，而不是 SYN',
    'incapable': '客户端于是不带 ECT 发送数据，对方照常读到',
    'ae': '带 AE、ECE、CWR 的 SYN 得到 SYN,ACK',
    'reserved': '保留位全部置 1 的 SYN 也得到 SYN,ACK：不认识的位一律忽略',
  },
  explanation: [
    '笔记列出了 URG、ACK、PSH、RST、SYN、FIN。从 RFC 3168 起还有两个在用：CWR 和 ECE，RFC 9293 §3.1 也把它们列为控制位。它们前面的四位是保留位，其中一位曾经是 NS（RFC 3540，已成历史），在 AccECN（RFC 9768）里则是 AE。',
    '在 SYN 里，ECE 和 CWR 同时置位表示“我支持 ECN”，对方在 SYN,ACK 里只置 ECE 表示同意。之后 ECE 的意思变成“你的包到达时带有拥塞标记”，一直重复到对方用 CWR 回应“我已经减小窗口”为止。这样不必丢包就能得知拥塞，省去了丢包所需的重传和往返。',
    'RFC 9293 §3.1 规定，保留位在发送时必须为 0；如果没有实现相应的新功能，接收时必须忽略。然而有些协议栈和防火墙会丢弃带 ECE 和 CWR 的 SYN，或者只认标志恰好等于 SYN 的报文段，启用 ECN 的客户端就连不上。因此重传的 SYN 不再要求 ECN（RFC 3168 §6.1.1.1）。',
  ],
  questions: [
    { ask: '不支持 ECN 的主机收到带 ECE 和 CWR 的 SYN，怎样回应？', answer: '回应不带这两个标志的 SYN,ACK，连接照常建立，只是不用 ECN。', shownBy: 'declined' },
    { ask: '数据包到达时带 CE 标记，其中的数据需要重传吗？', answer: '不需要，数据已经到了，发送方只需放慢速度。', shownBy: 'echo' },
    { ask: '接收方什么时候不再置 ECE？', answer: '收到对方的 CWR 之后。', shownBy: 'quiet' },
  ],
};
