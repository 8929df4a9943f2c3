import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '带数据的 SYN 洪泛：代价由谁承担',
  question: '谁都可以用伪造的源地址发送带数据的 SYN。每个这样的 SYN 会占用服务器多少内存？',
  says: {
    plain: '{syns} 个 SYN，每个带 {octets} 字节，来自无人使用的地址；服务器按 Linux 的方式处理。然后用纯 ACK 完成每个握手，看 recv() 能读到多少，就知道保留了多少。',
    rfc: '同样的洪泛，对象换成一台按 RFC 9293 §3.10.7.2 把数据排队的主机。',
    cookie: '换成启用了 Fast Open 的监听套接字，SYN 里带着发送者编造的 cookie。',
    bare: '再换成不要求 cookie 就收数据的监听套接字（TCP_FASTOPEN_NO_COOKIE），同时最多接受 {limit} 个未完成的握手。',
  },
  figures: {
    kept: {
      title: '握手完成之前保留的数据（字节）',
      words: {
        listener: '监听套接字', sent: '发送', kept: '保留', each: '平均每个 SYN 保留',
        plain: 'Linux，未启用 Fast Open', rfc: '按 RFC 9293 排队', cookie: 'Fast Open，编造的 cookie', bare: 'Fast Open，不要求 cookie，上限 2',
      },
    },
  },
  musts: {
    waiting: '服务器记住了 {waiting} 个处于 SYN-RECEIVED 的握手，数据则一个字节也没有确认（确认号 1）',
    plain: '{sent} 字节中 Linux 保留了 {kept} 字节：不管 SYN 带多少数据，只占一个表项',
    rfc: '排队的主机保留了 {sent} 字节中的 {kept} 字节，而这些客户端也许根本不存在',
    'made-up': '编造的 cookie 没有用：确认号全是 1；真正的 cookie 发往那些被冒用的地址',
    cookie: '这 {sent} 字节同样只保留了 {kept} 字节',
    limit: '不要求 cookie 时，{syns} 个 SYN 中有 {taken} 个的数据当场被接受，正好是监听套接字允许的数目；其余的按普通握手处理',
    bare: '因此 {sent} 字节中保留了 {kept} 字节：这里保护服务器的只有这个上限',
  },
  explanation: [
    '一篇笔记说前两次握手不能携带数据，理由是服务器容易受到攻击。作为 TCP 的规定，这不对（见实验 data-on-syn）；但用来解释服务器的做法，这个理由成立。发一个 SYN 只需一个包，源地址随便填。如果服务器保留其中的数据，每个包带多少数据就占多少内存，而且要一直占到握手超时：Linux 上是 63 秒。',
    '所以没有 Fast Open 时，Linux 对数据一概不留。一个 SYN 只留下几百字节的表项；表项太多时，SYN cookie 连表项也省了。RFC 9293 §3.5 允许排队，但说这是内存与消息数量之间的取舍。',
    'Fast Open 需要更多的信任，凭据就是 cookie：持有者以前在这个地址上收到过回应，因此无法用伪造的地址发动洪泛（RFC 7413 §2.2）。剩下的风险由一个上限来约束，即已接受但尚未完成握手的连接数（§5.1），超过之后按普通握手处理。不要求 cookie 的监听套接字，就只剩这个上限了。',
  ],
  questions: [
    { ask: '4 个各带 1000 字节的 SYN 到达 Linux 的监听套接字，它保留多少数据？', answer: '一个字节也不留。它只确认 SYN，数据要重传。', shownBy: 'plain' },
    { ask: '攻击者编造一个 cookie，为什么没有用？', answer: '服务器会重新计算 cookie 应有的值，不符就等于没有；正确的 cookie 则发往被冒用的地址。', shownBy: 'made-up' },
    { ask: '不要求 cookie 的 Fast Open 监听套接字靠什么保护自己？', answer: '只靠“尚未完成握手的连接数”这个上限。', shownBy: 'limit' },
  ],
};
