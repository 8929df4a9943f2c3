import type { ClaimTexts } from '../../claim.js';

export const text: ClaimTexts = {
  63: {
    claim: 'CLOSE-WAIT：对方已经关闭，本端应用还有事情要做。大量 CLOSE-WAIT 说明出了问题。',
    truth: '正确。只有应用程序调用 close()，CLOSE-WAIT 才会结束，TCP 没有定时器来结束它。忘了关闭的程序每条连接占一个文件描述符，直到 accept() 以 EMFILE 失败。',
  },
  64: {
    claim: 'TIME-WAIT 和 CLOSE-WAIT 都占着文件句柄，最终导致 Too many open files。',
    truth: '只有 CLOSE-WAIT 是这样。进入 TIME-WAIT 之前，进程早已调用 close()，描述符已经释放，内核只留一条很小的记录，不属于任何进程。TIME-WAIT 再多，也不占一个描述符。可能用尽的是通往同一目的地的四元组，以及 Linux 的 net.ipv4.tcp_max_tw_buckets。',
  },
  65: {
    claim: 'TIME-WAIT 的第一个理由：最后的 ACK 丢失时，对方会重传 FIN，要有人再次确认，并重新计时 2MSL。',
    truth: '正确，重新启动定时器这一点也对。',
  },
  66: {
    claim: '没有 TIME-WAIT 的话，重传的 FIN 会得到 RST（S0），还是根本收不到（S4）？',
    truth: 'S0 的更正是对的：报文段照样到达，而不认识这条连接的主机会回复 RST。于是对方的 LAST-ACK 以复位告终（在 Linux 上，如果程序仍持有套接字，会看到 ECONNRESET），虽然数据早已全部送达。',
  },
  67: {
    claim: 'TIME-WAIT 的第二个理由：旧的 SYN（S0、S4），或者任何旧报文段（S1、S2、S4），不得进入使用同样端口的新连接。',
    truth: '应是同一个四元组的任何旧报文段，其中危险的是数据：旧字节会混进新的字节流。旧的 SYN 由三次握手对付。S4 两种说法都有：小标题说的是“连接请求报文段”，正文说的是“所有报文段”，后者才对。',
  },
  68: {
    claim: 'TIME-WAIT 期间，残留的报文段一到就被立即丢弃。',
    truth: '数据确实被丢弃，但并不是一声不响：收到不可接受的报文段，要回复 ACK，说明期望的序号。只有 RST 得不到应答；序号恰好吻合的 RST 甚至会直接结束 TIME-WAIT，除非实现遵循 RFC 1337。',
  },
  69: {
    claim: 'TIME-WAIT 的标准时长是 4 分钟，即 2 个 MSL，每个 2 分钟。',
    truth: '就 RFC 而言正确，RFC 称 2 分钟为“工程上的选择”。照做的实现不多：Linux 总共等 60 秒，而且不能设置。',
  },
  70: {
    claim: '为什么是 2 个 MSL，而不是 1 个？笔记没有找到满意的解释。',
    truth: '因为有两段路程。最后的 ACK 最多存活一个 MSL：到那时它要么已经到达，要么永远不会到达。而就在它到达之前，对方可能又重传了一次 FIN，这个 FIN 也可以存活一个 MSL。两段都过去之后，两个方向上才都没有这条连接的报文段了。',
  },
  71: {
    claim: '报文段的生存时间有限，因为 IP 数据报有 TTL 字段。',
    truth: 'TTL 限制的是跳数，不是时间；IPv6 直接称之为跳数限制（Hop Limit）。实际上路由器把数据包扣住十秒，也不过减一。MSL 是 TCP 对网络所作的假设，IP 并不强制保证它。',
  },
  72: {
    claim: 'TIME-WAIT 期间，这个端口（或这对套接字）不能再被使用。',
    truth: '不是端口：同一端口可以连接别的地址或端口，服务器用 SO_REUSEADDR 也能重新启动。即使是同一个四元组，也可以提前重开：SYN 的序号或时间戳更新，TIME-WAIT 就可以接受（MAY-2，RFC 6191）；更旧的 SYN 得到的是 ACK。',
  },
  73: {
    claim: '大量 TIME-WAIT 会给服务器造成很大压力。',
    truth: '每一个只占很少的内存，几乎不费时间。压力在别处：在同一台主机既发起连接、又主动关闭、目的地还相同时，吃紧的是四元组。',
  },
  74: {
    claim: '高并发短连接的服务器主动关闭，出现大量 TIME-WAIT，客户端就连接不上了。',
    truth: 'TIME-WAIT 是真的，后果却不是这样：它们都在服务器的同一个端口上，各自对应不同的客户端地址和端口，新的客户端照样能连接。失败的是既主动关闭、又不断连接同一目的地的主机上的 connect()，例如反向代理、压测机（EADDRNOTAVAIL）。',
  },
  75: {
    claim: '大量 TIME-WAIT 怎么处理？这一节是空的。',
    truth: '依次考虑：复用连接；让四元组充裕的一方先关闭；增加地址或端口；在发起连接的一方使用 tcp_tw_reuse（需要时间戳）。SO_LINGER 设为 0 可以避开 TIME-WAIT，但会丢数据。tcp_fin_timeout 对它没有作用，tcp_tw_recycle 自 Linux 4.12 起已经删除，调低 tcp_max_tw_buckets 只是取消了保护。',
  },
  76: {
    claim: '在 TIME-WAIT 等待的是客户端。',
    truth: '是先关闭的一方，不论客户端还是服务器。服务器先关闭，等待的就是服务器。',
  },
  77: {
    claim: 'TIME-WAIT 就是用来重发最后的 ACK 的。',
    truth: '这只是两个理由之一。另一个是：同一个四元组再次使用之前，旧报文段必须已经消失。S4 自己在上一节也写到了。',
  },
  78: {
    claim: 'TCP 双方可能的状态：列出了十个。',
    truth: '一共十一个，漏了 CLOSING：两个 FIN 交错时，双方都会进入它。另外，SYN_RECV 是 Linux 对 SYN-RECEIVED 的叫法。',
  },
  79: {
    claim: '常见的三个状态：ESTABLISHED 正在通信，TIME-WAIT 主动关闭，CLOSE-WAIT 被动关闭。',
    truth: '正确。再加上 LISTEN，就是在正常的主机上用 ss 所见到的。大量 CLOSE-WAIT 是程序的缺陷，大量 TIME-WAIT 是连接的使用习惯。',
  },
  80: {
    claim: '四个问题，“一句话解释”一栏是空的。',
    truth: '三次：双方的初始序号都要被确认，旧的 SYN 要能被 RST 否决，两次只确认一个。四次：两个方向各有 FIN 和 ACK，应用程序立即关闭时，中间两个合并成一个。状态有十一个。大量 TIME-WAIT：由本端主动关闭的短连接太多，应当复用连接。',
  },
};
