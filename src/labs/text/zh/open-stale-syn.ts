import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '迟到的旧 SYN：为什么需要三次',
  question: '早先一次连接尝试的 SYN 在网络里滞留了一阵，现在才到达服务器。服务器会上当吗？',
  says: {
    begin: '服务器一次只容得下一个进行中的握手（backlog 为 0，不用 SYN cookie）。客户端发出新的 SYN，它在路上走得很慢。',
    old: '来自同一端口的一个旧 SYN 抢先到达服务器。',
    new: '现在新的 SYN 到达。',
    slow: '新的 SYN 走得慢',
  },
  musts: {
    'fooled': '服务器无从知道这是旧 SYN：它回应 SYN,ACK，确认的是旧序号，并进入 SYN-RECEIVED',
    'not-open': '但它还不认为连接已经建立：accept() 没有返回',
    'reset': '客户端发现对方确认了自己没有发送过的序号，回应 RST，其序号取自那个确认号',
    'back': 'RST 有效：服务器删除这次尝试，照旧监听；客户端仍处于 SYN-SENT',
    'opened': '服务器对新的 SYN 回应 SYN,ACK，确认的是新序号：半连接队列只有一个位置，正是 RST 把它腾了出来',
    'one': 'accept() 只返回一条连接，就是新的这条',
  },
  explanation: [
    '这就是 RFC 9293 §3.5 的图 8，也是需要三次握手的首要原因：防止旧的重复连接请求造成混乱。服务器单凭一个 SYN 分不出新旧，于是用确认号反问一句，由客户端裁决：序号是自己的就回 ACK，不是就回 RST。',
    '如果只有两次握手，服务器收到旧 SYN 就会进入 ESTABLISHED，为毫不知情的客户端占用内存，甚至发送数据；而且它记下的是客户端的旧序号，客户端的新数据会落在它的窗口之外。笔记说“浪费资源”，这个思路是对的。',
    '有一篇笔记说客户端对这样的 SYN,ACK“是不会理睬的”。事实并非如此，也不允许如此：无论处于 SYN-SENT（§3.10.7.3 第一步）还是根本没有连接（§3.10.7.1），都要回 RST。正是这个 RST 让服务器立即释放表项；如果它丢了，要等 SYN,ACK 重传次数用完才会释放。',
  ],
  questions: [
    { ask: '服务器能看出一个 SYN 是旧的吗？', answer: '不能，它不记得以前的连接，只会照常回应 SYN,ACK。', shownBy: 'fooled' },
    { ask: '收到的 SYN,ACK 确认了自己没有发送过的序号，客户端怎么办？', answer: '回 RST，而不是不予理睬。', shownBy: 'reset' },
    { ask: '收到 RST 之后，服务器一侧处于什么状态？', answer: 'LISTEN：这次尝试已被删除，监听套接字则从未停止监听。', shownBy: 'back' },
  ],
};
