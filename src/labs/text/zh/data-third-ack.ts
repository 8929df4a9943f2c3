import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '第三次握手携带数据',
  question: '连接还没建立，客户端就已经有数据要发。第三次握手的报文段必须是空的吗？',
  says: {
    begin: '客户端调用 connect()，紧接着调用 send("hello")，后者阻塞到连接建立为止。',
  },
  musts: {
    'third': '第三个报文段同时带着 ACK 和数据：序号 1（x + 1），确认号 1（y + 1），5 字节',
    'no-bare': '此前没有单独的 ACK：到这时客户端只发了两个报文段，SYN 和它',
    'one-step': '仅凭这一个报文段，服务器就由 SYN-RECEIVED 进入 ESTABLISHED',
    'accepted': 'accept() 返回这条连接',
    'read': '在这条连接上 recv() 得到“hello”：随握手到达的数据没有丢',
    'acked': '服务器确认了这些数据：确认号 6',
  },
  explanation: [
    '笔记说得对，第三次握手可以携带数据。收到 SYN,ACK 之后，对客户端来说连接已经建立，只要窗口允许就可以发送，而它发出的每个报文段都带着服务器正在等的那个确认。RFC 9293 对此没有特别的规定：处于 SYN-RECEIVED 的服务器先看 ACK（§3.10.7.4 第五步），进入 ESTABLISHED，然后继续处理同一个报文段，到第七步就读出其中的数据。',
    '如果服务器在这里只认纯 ACK，就会丢掉数据，甚至丢掉连接。确实有协议栈出过这种错：多数客户端发的是纯 ACK，只有遇到少数不这样做的客户端，问题才会暴露。',
    '这样做没有额外代价，但它不是 Fast Open：数据照样要等一个往返。Linux 在程序已经阻塞于 send()、或者关闭了快速确认时会这样发送；否则立即发出纯 ACK，数据随后再发。',
  ],
  questions: [
    { ask: '客户端 SYN 的序号是 x，第三个报文段里第一个数据字节的序号是多少？', answer: 'x + 1。ACK 本身不消耗序号，消耗序号的只有 SYN。', shownBy: 'third' },
    { ask: '服务器要收到几个报文段，才能既进入 ESTABLISHED 又拿到数据？', answer: '一个：其中的 ACK 完成握手，接着数据就被交付。', shownBy: 'one-step' },
  ],
};
