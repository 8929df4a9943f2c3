import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '连接究竟是什么：两份 TCB',
  question: '两台主机之间并没有专用的线路，那么“连接”到底是什么，又在哪里？',
  says: {
    begin: '客户端建立连接，发送 {question} 字节，收到 {answer} 字节。然后看双方各自记住了什么。',
    flight: '客户端再发 {more} 字节，服务器的 ACK 被扣在路上。再看一次。',
    held: 'ACK',
    reset: '客户端以 RST 中止连接。',
  },
  figures: {
    tcb: {
      title: '双方的 TCB：静止时，以及数据在途时',
      words: {
        variable: '变量', client: '客户端', server: '服务器', 'client-flight': '客户端（ACK 被扣）', 'server-flight': '服务器（ACK 被扣）', untold: '（未提供）',
        iss: 'ISS：己方初始序号', irs: 'IRS：对端初始序号', 'snd-una': 'SND.UNA：最早的未确认序号', 'snd-nxt': 'SND.NXT：下一个要发的序号', 'snd-wnd': 'SND.WND：对端还能收多少',
        'rcv-nxt': 'RCV.NXT：期待的下一个序号', 'rcv-wnd': 'RCV.WND：己方还能收多少', mss: '发送 MSS（字节）', unacked: '在途报文段数', cwnd: 'cwnd（报文段）', srtt: 'SRTT（毫秒）', rto: 'RTO（毫秒）',
      },
    },
  },
  musts: {
    'nothing': '连接之前：两台主机什么都没有记',
    'numbers': '客户端的 ISS 就是它的 SYN 的序号（{iss}），IRS 就是服务器 SYN,ACK 的序号（{irs}）',
    'mirrored': '一方的 SND.NXT 就是另一方的 RCV.NXT：一个方向是 {there}，另一个方向是 {back}',
    'quiet': '静止时没有在途数据：双方都是 SND.UNA = SND.NXT',
    'agreed': '双方发送的报文段都最多 {mss} 字节数据',
    'window': '客户端的 SND.WND 就是服务器的 RCV.WND，即它最后一个报文段通告的窗口：{window}',
    'flight': '数据在途时：客户端 SND.UNA 为 {una}，SND.NXT 为 {next}，而服务器的 RCV.NXT 已经是 {next}。ACK 到达之前，两份 TCB 并不一致',
    'gone': 'RST 之后，两台主机都不再有记录：连接已不存在',
  },
  explanation: [
    '有两篇笔记说得好：连接就是双方内存里的信息（S2）；“Socket、序列号和窗口大小称为连接”（S3）。RFC 9293 §3.3.1 把这份信息称为传输控制块（TCB）。中间的网络对它一无所知：拔掉网线、更换路由器，连接依然在。',
    '发送变量有 SND.UNA、SND.NXT、SND.WND、ISS 等，接收变量有 RCV.NXT、RCV.WND、IRS。双方的变量互为镜像，只是迟了半个往返：一方发出的，正是另一方将要期待的。TCP 的大部分工作就是让这两份记录保持一致。',
    '另一些变量纯属各自的事，从不告诉对方：拥塞窗口、往返时间、重传超时。表中双方的这些值不同，也不必相同。',
    '内核那一列来自 tcp_info，`ss -ti` 显示的也是它。其中没有 ISS，记的是字节数而不是序号：SYN 占了一个序号，所以 RCV.NXT 等于 tcpi_bytes_received 加一。glasstcp 那一列就是 TCB 本身，即 STATUS 调用（§3.10.6）。',
  ],
  questions: [
    { ask: '客户端的 SND.NXT 是 4001，数据都已到达，ACK 还在路上。服务器的 RCV.NXT 和客户端的 SND.UNA 各是多少？', answer: 'RCV.NXT 是 4001；SND.UNA 仍是 3001，客户端还不知道。', shownBy: 'flight' },
    { ask: '一切静止时，客户端的哪个变量必定等于服务器的 RCV.NXT？', answer: 'SND.NXT，SND.UNA 也是。', shownBy: 'mirrored' },
    { ask: 'RST 之后，连接还剩下什么？', answer: '什么也不剩：双方都删除了 TCB，而 TCB 就是连接。', shownBy: 'gone' },
  ],
};
