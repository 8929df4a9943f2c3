import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '不改一个字节，旧报文段也能混入新连接',
  question: '不人为修改任何序号。TCP 要去掉哪些保护，一条连接迟到的报文段才会变成下一条连接的数据？',
  says: {
    'none': '去掉全部保护：没有 TIME-WAIT（MSL 为 0），没有时间戳，ISN 也和 4.2BSD 差不多（第一个是 1，以后每条连接加 64）。客户端下单“{old}”，这个报文段被网络滞留，客户端重传了一份。',
    'clock': '再来一次，只恢复 ISN：由时钟和密钥产生。',
    'stamps': '再来一次，ISN 仍可预测，但使用时间戳。',
    'unread': 'ISN 可预测，使用时间戳，但服务器不检查时间戳（没有 PAWS）。',
    'release': '同一个四元组上已建立新连接，客户端还没有发送数据。这时，滞留的旧报文段“{old}”从网络里冒了出来。',
    'wait': '最后加上 TIME-WAIT：ISN 可预测，没有时间戳，先关闭的服务器等待 2MSL。',
    'held': '被网络滞留',
  },
  figures: {
    read: {
      title: '服务器在第二条连接上读到了什么',
      words: {
        'protection': '有哪种保护', 'sent': '客户端发送', 'read': '服务器读到',
        'none': '没有', 'clock': 'ISN 取自时钟和密钥', 'stamps': '时间戳（PAWS）', 'unread': '有时间戳但不检查', 'wait': 'TIME-WAIT',
        'pay 100 to Bob': 'pay 100 to Bob', 'pay 900 to Bob': 'pay 900 to Bob', 'no-connection': '（第二条连接尚未建立）', 'nothing': '（无）',
      },
    },
  },
  musts: {
    'guessed': '客户端两次的 ISN 是 {first} 和 {second}，谁都能预测',
    'fits': '旧报文段的序号是 {number}，正是第二条连接期待的第一个序号；报文段一个字节也没有改动',
    'corrupted': '客户端发送的是“{sent}”，服务器读到的却是“{read}”',
    'unnoticed': '数据全部得到确认（ACK {ack}），也没有人发送 RST：新数据中序号相同的部分被当作重复数据丢弃了',
    'clock': 'ISN 取自时钟和密钥时，旧序号落在窗口之外：服务器读到“{read}”',
    'paws': '使用时间戳时，旧报文段因过时而被识破（PAWS）：服务器读到“{read}”',
    'no-paws': '有时间戳却不检查，等于没有：服务器读到“{read}”',
    'no-successor': '有 TIME-WAIT 时，新 SYN 的序号没有超出旧连接的范围，服务器不接受：第二条连接建立不起来',
    'answered': '旧报文段遇到 TIME-WAIT：只得到一个 ACK',
  },
  explanation: [
    '在 wait-old-segment 里，旧报文段的序号是实验人为改过的。这里没有任何改动：报文段发出后被网络滞留了一阵，又原样到达。它之所以吻合，是因为新连接的起始序号正好落在旧连接数据的位置上：旧连接先发了 64 个字节，而 ISN 恰好只增加了 64（4.2BSD 每条连接加 64，每秒再加 128）。',
    '服务器把旧的“pay 900”当成新连接的前 7 个字节。客户端自己的数据到达时，前 7 个字节的序号已经收过，被当作重复数据丢弃，只有“ to Bob”接了上去。校验和全部正确，确认也全部正确。RFC 9293 §3.4.3 要求的静默时间（quiet time）防的就是这种情况。',
    '有一篇笔记说初始序号是“随机”的。由此可见它不能随便取：它是一个时钟，使同一对端点的序号不会很快重复；再加上每对端点各自的密钥，使别人无法猜到（RFC 6528）。Linux 还会检查每个报文段的确认号（RFC 5961 §5），glasstcp 也一样；但这里两端的 ISN 都可预测，这项检查也就不起作用。',
    '笔记给出 TIME-WAIT 存在的两个理由，这是第二个。如今有三种保护，本实验中任何一种都足够：TIME-WAIT、取自时钟的序号、时间戳。与内核对接时，客户端是 Linux，它只有在程序要求下（TCP_REPAIR）才会用这样的 ISN。',
  ],
  questions: [
    { ask: '客户端发送的是“pay 100 to Bob”，其中的“pay 100”到哪里去了？', answer: '这些序号已经收到过：被当作重复数据丢弃，而且得到了确认。', shownBy: 'unnoticed' },
    { ask: '哪些保护单独一种就够了？', answer: '取自时钟和密钥的序号，或者有人检查的时间戳，或者 TIME-WAIT。', shownBy: 'clock' },
    { ask: '只要带上时间戳就有保护吗？', answer: '不，必须有人去比较它（PAWS）。', shownBy: 'no-paws' },
  ],
};
