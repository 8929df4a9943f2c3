import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'URG：紧急数据，以及消失的那个字节',
  question: '程序用 MSG_OOB 发送三个字节。线路上什么是紧急的？读的一方会得到什么？',
  says: {
    apart: '先用 MSG_OOB 发送“ABC”，再普通发送“DE”；先由客户端发，再由服务器发。读的一方套接字保持默认设置。',
    inline: '同样的发送，读的一方设置了 SO_OOBINLINE。',
    stdurg: '同样的发送，读的一方设置了 net.ipv4.tcp_stdurg = 1：紧急指针按 RFC 1122 的说法，指向最后一个紧急字节。',
  },
  figures: {
    readings: {
      title: '发了什么，读到什么',
      words: { sender: '发送方', manner: '读的一方', pointer: '紧急指针', stream: 'recv()', oob: 'recv(MSG_OOB)', client: '客户端', server: '服务器', apart: '默认', inline: 'SO_OOBINLINE', stdurg: 'tcp_stdurg = 1' },
    },
  },
  musts: {
    'wire': '双方发出的报文段都带 URG，紧急指针为 {pointer}：指向“ABC”之后的那个字节',
    'apart': '对读的一方来说只有“C”是紧急的，而且不在字节流里：recv() 读到“AB”和“DE”，recv(MSG_OOB) 读到“C”',
    'inline': '设置 SO_OOBINLINE 后什么都不少：recv() 在紧急字节之前停下（“AB”），接着读到“CDE”；MSG_OOB 则以 EINVAL 失败',
    'off-by-one': '设置 tcp_stdurg 后，同样的报文段意思变了：“ABC”成了普通数据，而没有人标为紧急的“D”却从字节流里被取走',
  },
  explanation: [
    'S3 里的 URG 只写了“紧急”两个字，下面是空的。紧急数据并不是第二条通道：这些字节照样按序走在字节流里，URG 标志和紧急指针只说明紧急部分到哪里为止（RFC 9293 §3.8.5），长度不限（MUST-31）。',
    '套接字接口把它变成了“带外数据”：只有最后一个字节从字节流里取出，交给 recv(MSG_OOB)。所以用 MSG_OOB 发三个字节，读的一方看来有两个是普通数据。RFC 里的 TCP 并没有这回事；SO_OOBINLINE 让这个字节留在原处，位置用标记（SIOCATMARK）来查。',
    '再说指针。RFC 793 一处说指向“紧急数据之后的字节”，另一处说指向最后一个字节。RFC 1122 定为后者，但从 BSD 开始，所有实现都用前者；如今 RFC 6093 和 RFC 9293（MUST-62）也改成了前者。两台主机理解不一致，就会差一个字节，表格最后两行就是这样。',
    '有些中间设备会清除 URG 标志；对这个字节理解不一，还能让检查流量的一方和真正的接收方读到不同的内容。所以新程序不应使用（SHLD-13，RFC 6093 §5），但 TCP 仍必须支持（MUST-30），为了 telnet 和 ftp。',
  ],
  questions: [
    { ask: '“ABC”的紧急指针指向哪里？', answer: '指向“C”之后的字节：从报文段第一个字节数起为 3。', shownBy: 'wire' },
    { ask: '用 MSG_OOB 发了三个字节，recv(MSG_OOB) 能读到几个？', answer: '一个，最后一个。', shownBy: 'apart' },
    { ask: '程序怎样才能读到完整的字节流？', answer: '设置 SO_OOBINLINE。', shownBy: 'inline' },
  ],
};
