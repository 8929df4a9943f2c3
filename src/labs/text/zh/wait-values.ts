import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '2MSL 到底是多久',
  question: '四分钟、一分钟还是两秒？数据包里有没有什么能说明它有多旧？',
  says: {
    'measure': '{count} 条连接，都由客户端先关闭，MSL 各不相同。',
    'other-end': '现在由服务器先关闭。它要等多久？',
    'hold': '一条连接，客户端的 MSL 为 0.1 秒。网络把一个报文段滞留了超过 2MSL 的时间。',
    'spend': '下一个报文段很新，但到达时 TTL 只剩 1，仿佛经过了 63 个路由器。',
    'held': '被网络滞留',
    'ttl': 'TTL 为 1',
  },
  figures: {
    measured: { title: 'TIME-WAIT 实测（秒）', words: { msl: 'MSL', two: '2MSL', waited: '处于 TIME-WAIT' } },
    systems: {
      title: '各系统默认的 TIME-WAIT',
      words: {
        'system': '系统', 'seconds': '秒', 'source': '出处', 'told': '其公布的默认值，本实验未测量', 'rfc': 'RFC 9293 §3.4.2：MSL 为 2 分钟', 'linux': '常数（TCP_TIMEWAIT_LEN）；对内核运行时，本实验读取其定时器', 'measured': '默认 MSL 为 30 秒',
        'RFC 9293': 'RFC 9293', 'Linux': 'Linux', 'glasstcp': 'glasstcp', 'FreeBSD': 'FreeBSD', 'lwIP': 'lwIP', 'smoltcp': 'smoltcp', 'MirageOS': 'MirageOS',
      },
    },
  },
  musts: {
    'two-msl': '{count} 条连接的 MSL 各不相同，每条都在 TIME-WAIT 停留了自己的 2MSL，没有更久',
    'other-end': '服务器要等 {seconds} 秒',
    'late': '发出 {late} 毫秒后才到达的报文段（MSL 为 {msl} 毫秒）照常被接收；它的 TTL 始终是 {ttl}',
    'ttl-one': 'TTL 只有 {ttl} 的报文段也立即被接收',
  },
  explanation: [
    '笔记说得对：RFC 9293 §3.4.2 把 MSL 定为 2 分钟，于是 TIME-WAIT 为 4 分钟，RFC 称之为“工程上的选择”。各系统另有选择：Linux 等待 60 秒，而且没有任何参数可以改变；其他系统见表，数值是它们公布的默认值，本实验没有测量。',
    '另一篇笔记说，报文段的生存时间之所以有限，是因为 IP 有 TTL。TTL 最初的确以秒计（RFC 791），但实际上每经过一台路由器就减一（RFC 1812 §5.3.1 写的是“至少减一”，实际就是减一），所以它是跳数。数据包在队列里等待时 TTL 不变，主机也不会用它来判断报文段有多旧。',
    '所以 MSL 是对网络的一个假设，而不是网络强制执行的规则。活得更久的报文段，只要序号吻合就会被接收，就像本实验里那样。这时还能起保护作用的是时间戳（PAWS，RFC 7323）和随时间增长的初始序号。',
  ],
  questions: [
    { ask: 'Linux 在 TIME-WAIT 停留多久？', answer: '60 秒。', shownBy: 'other-end' },
    { ask: '主机会丢弃比 MSL 更旧的报文段吗？', answer: '不会，数据包里没有任何东西说明它有多旧。', shownBy: 'late' },
    { ask: 'TTL 为 1 说明报文段很旧吗？', answer: '不，只说明它经过了很多路由器。', shownBy: 'ttl-one' },
  ],
};
