import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'TIME-WAIT 期间再用同一个四元组',
  question: '笔记说 TIME-WAIT 期间端口不能再用。是哪个端口？真的不能用吗？',
  says: {
    low: '一个旧的 SYN 到达处于 TIME-WAIT 的连接，它的序号低于旧连接用过的序号。',
    stamp: '客户端再次从端口 {port} 发起连接，服务器上这个四元组还在 TIME-WAIT。这个 SYN 的时间戳更新。',
    number: '换成端口 {port}，不用时间戳，再来一次：只有 SYN 的序号更高。',
  },
  musts: {
    'holds': '服务器先关闭，所以由它以 TIME-WAIT 保留这个四元组',
    'low-ack': '序号较低：不回 SYN,ACK，而是回一个带旧连接序号的 ACK',
    'low-stays': 'TIME-WAIT 不变：没有任何迹象表明这个 SYN 是新的',
    'other-port': '从另一个端口（{port}）连接同一个服务器端口，一切照常',
    'stamp-opens': '时间戳更新：回复 SYN,ACK，连接建立',
    'stamp-rule': '正是时间戳证明了这个 SYN 不是旧的重复报文段',
    'number-opens': '序号更高：回复 SYN,ACK，连接建立',
    'number-rule': '正是序号证明了这个 SYN 是新的',
  },
  explanation: [
    'TIME-WAIT 占用的不是端口，而是四元组：双方的地址和端口。服务器的 80 端口随时可以接受来自其他客户端端口的连接，同时有多少旧连接处于 TIME-WAIT 都无妨。',
    '即使是同一个四元组也不一定要等。如果 SYN 的序号超出旧连接用过的全部序号（RFC 9293 §3.6.1，MAY-2），或者时间戳更新（RFC 6191 §2），主机可以在 TIME-WAIT 中接受它。新连接的初始序号取在旧序号之后，旧报文段就落不进新的窗口。',
    '两样都不能证明的 SYN 可能是旧的重复报文段，用 ACK 应答。真正想建立连接的客户端会用 RST 回应这个 ACK，在多数系统上这会结束 TIME-WAIT，它重传的 SYN 就被接受了。本实验的服务器不理会这种 RST（RFC 1337），好让我们看清 TIME-WAIT。',
    '服务器重启时遇到的“address already in use”是另一回事：在 Linux 上，端口上还有 TIME-WAIT 的连接时 bind(2) 会拒绝，除非套接字设置了 SO_REUSEADDR，而且那些连接当初也设置过。',
  ],
  questions: [
    { ask: '在 TIME-WAIT 收到序号更低的 SYN，如何应答？', answer: '回 ACK，内容是旧连接所期待的序号；既不是 SYN,ACK，也不是 RST。', shownBy: 'low-ack' },
    { ask: '同一个客户端端口能马上再连接吗？', answer: '能，只要 SYN 的时间戳更新或序号更高。', shownBy: 'stamp-opens' },
    { ask: '服务器的端口对其他客户端也不可用了吗？', answer: '没有，占用的只是这一个四元组。', shownBy: 'other-port' },
  ],
};
