import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '大量 TIME-WAIT：哪些办法有效，逐一实测',
  question: '有一篇笔记的“4.3 解决方案”下面是空的。常见的办法哪些有效、效果多大、代价是什么？',
  says: {
    'nothing': '客户端有 {ports} 个本地端口，要完成 {requests} 个请求：每个请求建立一条连接，并由客户端先关闭。connect() 失败时等 1.1 秒再试一次。（每种办法只画出第一条连接。）',
    'pool': '所有请求共用一条连接。',
    'peer-first': '每个请求一条连接，但由服务器先关闭。',
    'tuples': '仍由客户端先关闭，轮流连接服务器的两个端口：四元组多了一倍。',
    'range': '本地端口多一倍：扩大 net.ipv4.ip_local_port_range。',
    'reuse': 'net.ipv4.tcp_tw_reuse = 1：只要旧连接使用了时间戳，且最后一个时间戳已过去一秒，connect() 就可以接管这个 TIME-WAIT。',
    'linger': '客户端用 SO_LINGER、0 秒的方式关闭。',
    'parting': '同样的关闭方式，关闭之前刚刚发送了 64 KiB 数据。',
    'buckets': '不保留 TIME-WAIT：在 Linux 上设置 net.ipv4.tcp_max_tw_buckets = 0。（glasstcp 没有这个上限，改为把 MSL 设成 0。）',
    'forgotten': '设置不变，而这次挥手的最后一个 ACK 丢失了。',
    'fin-timeout': 'net.ipv4.tcp_fin_timeout 由 60 改为 1。',
    'last-ack': '最后一个 ACK 丢失',
  },
  figures: {
    remedies: {
      title: '同样是 12 个请求、8 个本地端口，每次只用一种办法',
      words: {
        'remedy': '办法', 'served': '完成（共 12 个）', 'waiting': '剩下的 TIME-WAIT', 'verdict': '结论', '–': '–',
        'nothing': '什么也不做', 'pool': '复用连接', 'peer-first': '让对方先关闭', 'tuples': '增加一个服务器端口', 'range': '本地端口加倍', 'linger': 'SO_LINGER 0',
        'fails': 'EADDRNOTAVAIL', 'cure': '治本：几乎不产生', 'good': '留在服务器上，不妨碍任何人', 'more': '容量变大，数量不减', 'second': '端口 1 秒后可再用，不必等 60 秒',
        'loses': '没有了，但会丢数据', 'breaks': '没有了，但挥手被破坏', 'other': '无效：它管的是 FIN-WAIT-2', 'gone': 'Linux 4.12 起已删除',
      },
    },
  },
  musts: {
    'nothing': '什么也不做：{requests} 个请求完成了 {served} 个，随后 connect() 返回 {error}，一秒之后仍然如此，因为 {waiting} 个 TIME-WAIT 占住了全部 {ports} 个端口',
    'pool': '复用一条连接：{served} 个请求全部完成，只留下 {waiting} 个 TIME-WAIT',
    'peer-first': '服务器先关闭：{served} 个全部完成，客户端上有 {waiting} 个 TIME-WAIT',
    'tuples': '两个服务器端口：{served} 个全部完成，虽然只有 {ports} 个本地端口，却有 {waiting} 个 TIME-WAIT',
    'range': '扩大端口范围：{served} 个全部完成，留下 {waiting} 个 TIME-WAIT',
    'reuse': 'tcp_tw_reuse：{served} 个全部完成；一秒之后，处于 TIME-WAIT 的端口被接管，现在有 {waiting} 个在等待',
    'linger': 'SO_LINGER 0：{served} 个全部完成，TIME-WAIT 为 {waiting} 个',
    'lost': '但在这样的关闭之前发送的 {queued} 个字节，服务器只收到 {got} 个，其余丢失',
    'buckets': '不保留 TIME-WAIT：{served} 个全部完成，TIME-WAIT 为 {waiting} 个',
    'reset': '但是 ACK 丢失后服务器的 FIN 得到的是 RST：LAST-ACK 以重置告终',
    'fin-timeout': 'tcp_fin_timeout = 1：{requests} 个请求只完成 {served} 个，{error}，一秒多以后仍有 {waiting} 个 TIME-WAIT，毫无作用',
    'recycle': 'net.ipv4.tcp_tw_recycle 无法设置：已经没有这个参数',
  },
  explanation: [
    '笔记问大量 TIME-WAIT 怎么处理，答案却是空的。先要问：真的出问题了吗？一个 TIME-WAIT 只占几百字节内存，不占文件描述符。会用尽的是本地端口（针对同一个目的地址和端口），而且只发生在既发起连接又先关闭的一方：代理、压测工具、数据库客户端。症状只有一个：connect() 返回 EADDRNOTAVAIL。',
    '治本的办法是少建连接：保持连接并重复使用（HTTP keep-alive、连接池）。其次是让对方先关闭，使 TIME-WAIT 留在不占用别人端口的地方。两者都做不到时，再增加四元组：增加服务器的地址或端口，增加本地地址（配合 IP_BIND_ADDRESS_NO_PORT，免得 bind() 为每个套接字单独占用端口），扩大 ip_local_port_range。这只是抬高上限：Linux 默认有 28232 个端口，对同一个目的地约每秒 470 条连接；端口加倍，上限也只是加倍。',
    '双方都使用时间戳时，tcp_tw_reuse = 1 是稳妥的：PAWS 能分辨新旧报文段，端口一秒后就能再用，不必等 60 秒。它只对发起连接的一方有用。（Linux 的默认值是 2，只用于环回接口。）处于 TIME-WAIT 的服务器不需要任何设置：时间戳更新或序号更大的 SYN 它本来就接受（见 wait-same-tuple）。',
    'SO_LINGER 设为 0 秒、把 tcp_max_tw_buckets 调得很小，都消灭了 TIME-WAIT，也消灭了它的作用。前者等于中止连接，还在路上的数据会丢失；后者让连接像 wait-none 和 wait-old-segment 里那样结束。到处有人推荐的 tcp_fin_timeout 在这里毫无作用：它管的是孤儿连接在 FIN-WAIT-2 停留多久，而 TIME-WAIT 的时长在 Linux 里是常数。tcp_tw_recycle 按地址比较时间戳，同一个 NAT 后面的众多客户端就只有一部分连得上；Linux 4.12 已将它删除。',
  ],
  questions: [
    { ask: '哪种办法既不产生 TIME-WAIT，又没有任何损失？', answer: '少建连接：复用已有的连接。', shownBy: 'pool' },
    { ask: '缩短 tcp_fin_timeout 能缩短 TIME-WAIT 吗？', answer: '不能，它管的是 FIN-WAIT-2。', shownBy: 'fin-timeout' },
    { ask: 'SO_LINGER 0 不留下 TIME-WAIT，代价是什么？', answer: 'close() 变成中止连接，最后发送的数据可能丢失。', shownBy: 'lost' },
  ],
};
