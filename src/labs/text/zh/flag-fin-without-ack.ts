import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '不带 ACK 的 FIN 不起作用',
  question: '许多图把挥手画成“FIN”“ACK”交替。如果一个报文段真的只有 FIN、没有 ACK，会怎样？',
  says: {
    listen: '一个不带 ACK 的 FIN 到达服务器正在监听的端口。',
    fin: '连接已经建立。来一个不带 ACK 的 FIN，序号正好是服务器期望的。',
    text: '再来一段不带 ACK 的数据，序号相同。',
    client: '同样的 FIN，这次发给客户端。',
    real: '现在客户端自己发送数据，然后关闭。',
  },
  musts: {
    'listen': '监听套接字直接丢弃：没有 RST，没有连接，仍是 LISTEN',
    'fin-server': 'FIN 的序号虽然正确，服务器照样丢弃：仍是 ESTABLISHED，程序也没有读到流的末尾',
    'text-server': '数据同样被丢弃：recv() 什么也没读到',
    'fin-client': '客户端也一样丢弃，原因相同：没有 ACK 位',
    'silence': '对这些报文段谁都没有回应：没有 ACK，也没有 RST',
    'text': '真正的数据占用了伪造数据曾经用过的那个序号，并被读出',
    'fin-ack': '真正的 FIN 带着 ACK：FIN,ACK，序号 5',
    'heard': '它起作用了：确认号 6，服务器进入 CLOSE-WAIT',
  },
  explanation: [
    '一篇笔记把挥手的第一个箭头画成不带 ACK 的 FIN，另一篇每次都把 FIN 和 ACK 列成两个报文段。当作简写可以理解，但这样的报文段并不存在。除了最初的 SYN（以及某些 RST），所有报文段都置 ACK，所以挥手的第一个报文段是 FIN,ACK，只是其中的确认号没有新内容。',
    'RFC 9293 没有留下余地：在已建立的连接上，没有 ACK 位的报文段直接丢弃（§3.10.7.4 第五步），根本轮不到处理数据和 FIN。在 LISTEN 状态，既没有 SYN、也没有 ACK 和 RST 的报文段同样丢弃（§3.10.7.2）。对它们也不作任何回应。',
    '这多少起到一点保护作用：伪造者除了猜中序号，还得猜中可以接受的确认号。端口扫描工具正是利用这种沉默：只有 FIN 的报文段发到关闭的端口会得到 RST，发到监听端口则没有回应。',
  ],
  questions: [
    { ask: '一个不带 ACK 的 FIN，序号正好是期望的。接收方随后处于什么状态？', answer: '仍是 ESTABLISHED，这个报文段被丢弃了。', shownBy: 'fin-server' },
    { ask: '对这样的报文段会有回应吗？', answer: '没有，既不回 ACK，也不回 RST。', shownBy: 'silence' },
    { ask: '真正的关闭，第一个报文段带哪些标志？', answer: 'FIN 和 ACK。', shownBy: 'fin-ack' },
  ],
};
