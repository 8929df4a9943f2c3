import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '双向同时传输',
  question: '双方可以同时发送吗？谁可以先开口？报文段多了一倍，确认也要多一倍吗？',
  says: {
    'begin': '连接已建立。客户端等待，服务器先开口：“{greeting}”。',
    'one-way': '现在只有客户端发送 {kib} KiB。',
    'both-ways': '现在双方同时各发送 {kib} KiB：每读到 8 KiB，就再写 8 KiB。',
  },
  musts: {
    'server-first': '这条连接上最先发送数据的是服务器：连接是谁主动打开的，已经无关紧要',
    'one-way': '对客户端的 {texts} 个数据报文段，自己无话可说的服务器发送了 {pure} 个纯 ACK',
    'all': '双方各读到 {octets} 字节，内容和顺序都没有改变',
    'crossing': '客户端的 {texts} 个数据报文段中，有 {crossing} 个与服务器的数据同时在途：两个方向并不轮流',
    'riding': '{texts} 个数据报文段中，有 {riding} 个同时确认了新的数据：ACK 是捎带的',
    'fewer': '双向共 {texts} 个数据报文段，纯 ACK 不过 {pure} 个',
  },
  figures: {
    tally: {
      title: '谁怎样确认',
      words: {
        who: '哪一方', texts: '数据报文段', riding: '其中带有新的确认', pure: '纯 ACK', alone: '单向：客户端', listener: '单向：服务器', client: '双向：客户端', server: '双向：服务器',
      },
    },
  },
  explanation: [
    'S2 说得对：TCP 连接是双工的，“双方都可以主动发起数据传输”。客户端和服务器只是握手时的角色，此后就是两个字节流，各有各的序号、窗口和终点（RFC 9293 §2.2、§3.4）。例如邮件服务器就是先开口的一方。',
    'S2 接着说，无论哪方喊话，都需要收到对方的确认。但确认不需要单独的报文段：每个报文段都有确认号的位置，而 SYN 之后的每个报文段都带有确认号，本来就要发回去的数据顺便捎带上它。只有无话可说的一方才要为此单独发一个报文段。',
    '这是稍微推迟 ACK 的第二个理由（§3.8.6.3，小于 0.5 秒，MUST-40）：在这段时间里程序可能会应答，应答就带上了 ACK。第一个理由是，一个 ACK 可以代表好几个报文段。',
  ],
  questions: [
    { ask: '服务器可以先发送数据吗？', answer: '可以，连接建立之后双方地位相同。', shownBy: 'server-first' },
    { ask: '每个数据报文段都要单独一个 ACK 吗？', answer: '不用。只要有数据往回发，就捎带上 ACK。', shownBy: 'riding' },
  ],
};
