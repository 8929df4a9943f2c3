import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '自己连接自己的套接字',
  question: '程序连接本机一个没有人监听的端口，而自己的源端口恰好就是它。会被拒绝吗？',
  says: {
    begin: '客户端绑定 127.0.0.1 的 {port} 端口，再连接 127.0.0.1 的 {port} 端口，没有任何监听者。这一切都不经过线路：图中每个向右的箭头，都会作为向左的箭头回到同一台主机。',
    echo: '它发送“hello”，然后接收。',
    close: '它关闭连接。',
    refused: '作为对比：从 {from} 端口连接 {to} 端口，那里同样没有人监听。',
    'other-host': '另一台主机用自己的协议栈再做一遍。',
  },
  musts: {
    'open': '它进入了 ESTABLISHED：一个套接字，一条连接，没有任何监听者',
    'path': '它依次经过 SYN-SENT、SYN-RECEIVED、ESTABLISHED：自己的 SYN 回到自己这里，看上去就像对端也在同时打开',
    'number': '它就是自己的对端：ISS 和 IRS 是同一个数，{isn}',
    'echo': '自己发送的，自己收到：“hello”',
    'taken': '端口也被它占住了：这时启动服务器，bind() 失败，错误码 {error}',
    'close': '它的 FIN 也回到自己这里，而且先于确认：自己与自己同时关闭，FIN-WAIT-1、CLOSING、TIME-WAIT',
    'refused': '两个端口不同，就没有人应答：RST，{error}',
    'other-host': '另一台主机的协议栈也是如此：与自己建立了连接，读到自己发送的“hello”',
    'not-on-line': '整个过程没有一个报文段出现在两台主机之间的线路上',
  },
  explanation: [
    '五篇笔记都没有提到同时打开，而 RFC 9293 要求必须支持（MUST-10）。实践中最容易碰到它的，恰恰是无意之中的自连接：从 A 到 B 的 SYN，遇到一个处于 SYN-SENT、正等待 B 应答 A 的套接字；当 A、B 是同一个地址和端口时，那就是发送者自己。',
    'SYN-SENT 状态下收到不带 ACK 的 SYN，意味着对端也在打开（§3.10.7.3 第四步）：进入 SYN-RECEIVED，回 SYN,ACK。这个 SYN,ACK 又回到自己这里，确认了 SYN，连接就此建立，自始至终没有第二个参与者。',
    '服务器停机时，本机上不断重试连接它的程序就可能中招。如果服务器端口落在临时端口范围内（Linux 为 32768 到 60999），connect() 迟早会恰好选中同一个端口，连接成功，程序从此自言自语；等服务器重启，却发现端口已被占用。对策：服务器端口不要选在临时端口范围内，或者检查对端是不是自己。',
  ],
  questions: [
    { ask: '处于 SYN-SENT 的套接字收到了自己的 SYN，下一个状态是什么？', answer: 'SYN-RECEIVED，与收到任何不带 ACK 的 SYN 一样。', shownBy: 'path' },
    { ask: '两端是同一个套接字的连接，有几份 TCB？', answer: '一份。它就是自己的对端，两个方向共用一套序号。', shownBy: 'open' },
    { ask: '这样的套接字关闭时，会经过哪些状态？', answer: 'FIN-WAIT-1、CLOSING、TIME-WAIT：它的 FIN 遇上了自己。', shownBy: 'close' },
  ],
};
