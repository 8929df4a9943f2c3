import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'TCP Fast Open：随 SYN 到达的数据立即交付',
  question: 'SYN 携带的数据通常要等握手完成才交付。在什么条件下，服务器可以当场相信这个 SYN，立即交付数据？',
  says: {
    first: '第一条连接：客户端还没有这台服务器的 cookie，于是索取一个。',
    second: '第二条连接：客户端已有一个 {cookie} 字节的 cookie，send("hello") 本身就发起连接。客户端的 ACK 被扣在路上，让握手暂时不能完成。',
    held: '扣在路上，让握手暂时不能完成',
    release: '现在第三个报文段到达。',
  },
  musts: {
    'asks': '第一个 SYN 不带数据，但带一个空的 Fast Open 选项，用来索取 cookie',
    'gives': 'SYN,ACK 带回 cookie；这条连接本身与普通连接无异',
    'with-syn': '第二个 SYN 带着 5 字节数据和这个 cookie',
    'acks-text': '对应的 SYN,ACK 确认号是 6（x + 1 + 5）：SYN 和数据一起得到确认',
    'read-early': 'accept() 已经返回，recv() 已经读到“hello”，而服务器还处于 SYN-RECEIVED',
    'answered-early': '连应答“world”也赶在第三个报文段之前到达客户端：一问一答只用一个往返',
    'opened': '第三个报文段到达，服务器照常进入 ESTABLISHED',
  },
  explanation: [
    '有一篇笔记说第一次握手不能携带数据。TCP Fast Open（RFC 7413）正是有意让它携带：原本两个往返才能得到的应答，现在只要一个。状态机没有变，变的只是服务器在握手完成之前就交付数据。',
    'RFC 9293 §3.5 要求在确定数据有效之前不得交付。单凭一个 SYN 什么也证明不了：它可能是旧的，源地址也可能是伪造的。cookie 证明的是：这个客户端以前确实在这个地址上收到过服务器的回应。cookie 由服务器根据对方地址和自己的密钥算出，不必保存，检验时重新计算一遍即可（RFC 7413 §4.1.2）。',
    'cookie 无法证明这个 SYN 不是重复的：带数据的 SYN 如果被网络重复送达，数据就可能被交付两次。因此 RFC 7413 §2 和 §6.1 只把 Fast Open 留给承受得起重复的程序（例如只读的请求），而且双方都要主动启用：这里是监听套接字上的 TCP_FASTOPEN、客户端的 TCP_FASTOPEN_CONNECT，以及 sysctl net.ipv4.tcp_fastopen（1 为客户端，2 为服务器，3 为两者）。',
  ],
  questions: [
    { ask: '用 Fast Open 第一次连接某台服务器，能省下一个往返吗？', answer: '不能。第一次只是用普通的握手取得 cookie。', shownBy: 'asks' },
    { ask: 'SYN 的序号是 x，带有效的 cookie 和 5 字节数据，SYN,ACK 的确认号是多少？', answer: 'x + 6：SYN 和数据一起确认。', shownBy: 'acks-text' },
    { ask: '程序读到数据时，服务器处于什么状态？', answer: 'SYN-RECEIVED，握手稍后照常完成。', shownBy: 'read-early' },
  ],
};
