import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'TIME-WAIT 堆积到端口用尽',
  question: '大量短连接：用尽的是什么？在哪一边？程序看到什么？',
  says: {
    'client-closes': '客户端只有 {count} 个端口可用。它一条接一条地建立连接，每次都由它先关闭。（只画出第一条。）',
    'server-closes': '现在连接服务器的 {port} 端口，这里由服务器先关闭。',
  },
  figures: {
    closers: {
      title: '12 个本地端口：由谁先关闭',
      words: { closer: '先关闭的一方', opened: '建立的连接数', 'client-waits': '客户端的 TIME-WAIT', 'server-waits': '服务器的 TIME-WAIT', then: '下一次 connect()', client: '客户端', server: '服务器', none: '成功' },
    },
  },
  musts: {
    'all-waiting': '{count} 条连接之后，客户端的 {count} 个端口全部处于 TIME-WAIT',
    'refused': '第 {number} 次 connect() 失败：{error}',
    'server-free': '服务器上一个 TIME-WAIT 也没有，对这次失败毫不知情',
    'other-port': '连接服务器的 {other} 端口立即成功，用的正是对另一个端口处于 TIME-WAIT 的本地端口 {port}',
    'reused': '由服务器先关闭时，{count} 个端口就完成了 {number} 条连接',
    'server-waits': 'TIME-WAIT 都在服务器上（{count} 个），并没有挡住后来的 SYN',
  },
  explanation: [
    '笔记说：高并发短连接的服务器如果主动关闭，会积累大量 TIME-WAIT，客户端就连接不上了。前半句对，后半句不对。服务器的所有连接共用同一个端口；服务器上的一个 TIME-WAIT 只占用一个四元组，只有同一个客户端用同一个端口才会再用到它，而那时新的 SYN 会被接受（见 wait-same-tuple）。',
    '端口用尽发生在既发起连接又先关闭的一方：代理、压测工具、数据库客户端。它到同一个地址和端口的每条连接都要占一个本地端口，关闭后还要保留 2MSL。Linux 默认有 28232 个端口（32768～60999），等待 60 秒，即对同一个目的地每秒约 470 条连接；再多，connect(2) 就以 EADDRNOTAVAIL 失败。本实验把范围缩小到 12 个端口。',
    '有效的办法：保持连接并重复使用；让对方先关闭；增加目的地址或端口、增加本地地址、扩大 ip_local_port_range；在启用时间戳的前提下设置 net.ipv4.tcp_tw_reuse = 1。tcp_fin_timeout 没有用，它管的是 FIN-WAIT-2。各种办法的实测见 wait-remedies。',
  ],
  questions: [
    { ask: '端口全部处于 TIME-WAIT 时，客户端得到什么错误？', answer: 'connect() 返回 EADDRNOTAVAIL，根本不会去问服务器。', shownBy: 'refused' },
    { ask: '这时还能连接同一台服务器的另一个端口吗？', answer: '能，而且可以用同样的本地端口：那是另一个四元组。', shownBy: 'other-port' },
    { ask: '服务器先关闭并积累了 TIME-WAIT，客户端还能连接吗？', answer: '能，用同一个端口也行。', shownBy: 'reused' },
  ],
};
