import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '把一个数据包逐层剥开',
  question: 'OSI 有七层，TCP/IP 有四层，一个数据包里到底有几个首部？',
  says: {
    send: '连接已建立。服务器的程序写入“{text}”，把承载它的数据包留下来拆开看。',
  },
  figures: {
    packet: {
      title: '承载数据的这个包，逐字节来看',
      words: {
        'layer': '层', 'field': '字段', 'offset': '起始字节', 'octets': '字节数', 'value': '值', 'application': '应用层', '-': '-', 'IP': 'IP', 'TCP': 'TCP',
        'total-length': '总长度', 'ttl': 'TTL（跳数）', 'protocol': '协议（6 为 TCP）', 'header-checksum': '首部校验和', 'source': '源地址', 'destination': '目的地址',
        'source-port': '源端口', 'destination-port': '目的端口', 'seq': '序号', 'ack': '确认号', 'flags': '标志（24 为 PSH,ACK）', 'window': '窗口（未按比例扩大）', 'checksum': '校验和', 'urgent': '紧急指针', 'options': '选项（时间戳）', 'text': '数据',
      },
    },
  },
  musts: {
    'no-frame': '第一个字节是 {first}：版本号 4 和 IP 首部长度。它前面什么也没有：TUN 直接传送 IP 包，没有链路层',
    'ip': 'IP 首部占 {header} 字节，写明整个包的长度（{length}），以及里面是 TCP（6）',
    'tcp': 'TCP 首部从第 {at} 字节开始，正是 IP 首部结束的地方；它占 {header} 字节，其中选项 {options} 字节',
    'text': '从第 {at} 字节起剩下的就是程序写入的内容：“{text}”',
    'sum': '{ip} + {tcp} + {text} = {all} 字节：再没有别的首部',
    'own-checksum': '把数据改掉一个比特，IP 认为自己的首部仍然正确，TCP 则发现出错：各层只管自己的',
  },
  explanation: [
    'S1 列出了 OSI 的七层和 TCP/IP 的四层（RFC 1122 §1.1.3 称之为链路层、网际层、传输层、应用层）。线路上的首部却只有包里看到的这些：IP、TCP，然后就是程序写的内容。会话层和表示层没有自己的首部；需要时（TLS、MIME），它们就包含在 TCP 所承载的数据里。',
    '链路层的首部在 IP 首部之前。以太网上会多出 14 字节（目的地址、源地址、类型 0x0800，见 RFC 894），末尾还有 4 字节的帧校验序列（FCS）。TUN 没有链路层，所以本实验看不到。S1 对它的说法已经过时：MAC 地址并非全世界唯一（有一位表示“本地管理”，虚拟机就在用），交换机也只把帧发往一个端口，而不是广播给所有人。',
    'TCP/IP 模型没有单独的物理层，凡是承载 IP 包的都算链路层，物理线路也在内，S1 说得对。这篇笔记有几处笔误：“无理”应为“物理”，SMPT 应为 SMTP，“长用”应为“常用”。',
    '每一层只读自己的首部，其余部分原样上交。IP 的校验和只覆盖 IP 首部；TCP 的校验和覆盖首部、数据以及 IP 首部中的地址（RFC 9293 §3.1），所以送错主机的包也能发现。',
  ],
  questions: [
    { ask: 'IP 怎么知道 TCP 从哪里开始？', answer: '看自己首部第一个字节里的长度。', shownBy: 'ip' },
    { ask: '数据被改了一个比特，途中的路由器会发现吗？', answer: '靠 IP 首部发现不了：它的校验和只覆盖首部自身。接收方的 TCP 会发现。', shownBy: 'own-checksum' },
  ],
};
