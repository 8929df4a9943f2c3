import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'TIME-WAIT 遭到“暗杀”',
  question: 'TIME-WAIT 本该等到所有旧报文段消失。一个旧报文段能让它立刻结束吗？',
  says: {
    default: '客户端先关闭，进入等待；服务器已是 CLOSED，什么都不记得。客户端用 Linux 的默认值 net.ipv4.tcp_rfc1337 = 0。',
    old: '服务器的一个旧报文段一直滞留在网络里，这时到达处于 TIME-WAIT 的客户端。',
    guarded: '再来一次，这回客户端设置 net.ipv4.tcp_rfc1337 = 1。',
  },
  figures: {
    outcomes: { title: '旧报文段之后的客户端', words: { setting: '参数', state: '状态', again: '从同一个端口 connect()' } },
  },
  musts: {
    answered: 'TIME-WAIT 用 ACK 回应旧报文段；服务器已不认识这条连接，回以 RST，序号恰好是 ACK 的确认号',
    killed: '这个 RST 完全合格：TIME-WAIT 当即结束，而不是在 60 秒之后',
    successor: '同一个四元组立刻可以建立新连接，失去了保护',
    same: '设置 tcp_rfc1337 = 1 之后，线路上的报文段完全一样',
    ignored: '但 RST 被忽略：客户端留在 TIME-WAIT',
    protected: '在等待结束之前，从同一个端口 connect() 返回 {error}',
  },
  explanation: [
    'S2 说残留报文在 TIME-WAIT 里会被“立即丢弃”。其实会回一个 ACK（见实验 wait-residue-answered），而这里就是它可能的后果。没有谁做错了什么：旧报文段不可接受，于是用 ACK 说明期待的序号；服务器没有这条连接，于是用 RST 回应 ACK；RST 恰好落在 RCV.NXT，按 RFC 9293 §3.10.7.4 就删除连接。',
    '1992 年的 RFC 1337 把它叫作 TIME-WAIT assassination（暗杀），并描述了后果：旧的重复报文段混进下一条连接，使它失去同步，或者把它终止。最简单的办法是在 TIME-WAIT 中忽略 RST。',
    'Linux 用 net.ipv4.tcp_rfc1337 提供这个办法，但默认关闭：取自时钟的初始序号加上时间戳（PAWS）已足以保护下一条连接（见实验 wait-old-segment）。glasstcp 也是如此。',
  ],
  questions: [
    { ask: 'RST 是谁发的？为什么？', answer: '被动关闭方：它已经 CLOSED，这个 ACK 不属于它认识的任何连接。', shownBy: 'answered' },
    { ask: '为什么这个 RST 会被相信？', answer: '它的序号正是 ACK 所要求的：恰好等于 RCV.NXT。', shownBy: 'killed' },
    { ask: '设置 tcp_rfc1337 = 1 之后有什么不同？', answer: '线路上没有任何不同，只是 RST 被忽略，TIME-WAIT 得以保持。', shownBy: 'ignored' },
  ],
};
