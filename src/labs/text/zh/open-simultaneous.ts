import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '同时打开',
  question: '两台主机同时向对方发送 SYN，而且谁也没有监听。会被拒绝？会建立两条连接？还是一条？',
  says: { begin: '一边是 700 端口，另一边是 701 端口，同一时刻互相发起连接，双方都没有监听套接字。' },
  musts: {
    'crossed': '两个 SYN 在途中交错：各自发出时都还没有收到对方的 SYN',
    'client-syn-ack': '一方回应 SYN,ACK：再次带上自己的 SYN，确认号 1',
    'server-syn-ack': '另一方也是如此',
    'paths': '双方的状态都是 SYN-SENT、SYN-RECEIVED、ESTABLISHED',
    'one-connection': '只有一条连接，两边各一个套接字，始终没有出现过 LISTEN',
    'text': '数据可以双向传输',
  },
  explanation: [
    '几篇笔记都没有提到同时打开，而这才是真正由四个报文段完成的打开：SYN 与 SYN，SYN,ACK 与 SYN,ACK（RFC 9293 §3.5 图 7）。每个 TCP 实现都必须支持（MUST-10）。“客户端”和“服务器”只是习惯叫法，TCP 里只有主动打开和被动打开，两个主动打开也能建立连接。',
    'SYN-SENT 状态下收到不带 ACK 的 SYN，说明对方也在主动打开，并不是拒绝。此时已经知道对方的初始序号，于是进入 SYN-RECEIVED，回应 SYN,ACK，其中自己的 SYN 序号不变。等对方的 SYN,ACK 到来，里面的 SYN 是重复的，只有 ACK 起作用：进入 ESTABLISHED。',
    '一条连接由两端的地址和端口组成的四元组标识。两个 SYN 的四元组相同，所以是一条连接而不是两条。两台 NAT 后面的主机做 TCP 打洞靠的就是它；一个套接字连接本机的同一个端口时会与自己建立连接，也是这个原因。',
  ],
  questions: [
    { ask: 'SYN-SENT 状态下收到不带 ACK 的 SYN，应发送什么？', answer: 'SYN,ACK，自己的序号与之前相同。', shownBy: 'client-syn-ack' },
    { ask: '两个 SYN 会产生几条连接？', answer: '一条，因为四元组相同。', shownBy: 'one-connection' },
    { ask: '哪一方会经过 SYN-RECEIVED？', answer: '双方都会，它不是服务器专有的状态。', shownBy: 'paths' },
  ],
};
