import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '延迟确认',
  question: '每个报文段都有自己的 ACK 吗？一个 ACK 最多可以拖多久？',
  says: {
    'rfc': '服务器按 RFC 9293 的策略确认（这里最多等 150 毫秒）。客户端先后发送 8 个满长报文段、三次各 10 字节、8 个满长报文段，服务器的应用随到随读。',
    'linux': '服务器改用 Linux 的策略确认，再来一遍。',
    'other': '反过来：服务器发送，客户端按自己的方式确认。',
    'talk': '一问一答，立即应答。',
    'queue': '三个满长报文段，第一个走得慢，后两个只好在服务器的队列里等它。',
    'slow': '它最后才到',
  },
  figures: {
    manners: {
      title: '三种接收方的确认方式',
      words: {
        'receiver': '接收方', 'wait': '短数据：ACK 等待（毫秒）', 'start': '开头 8 个报文段：ACK 数', 'later': '随后 8 个报文段：ACK 数', 'rfc': 'glasstcp，RFC 策略',
        'linux': 'glasstcp，Linux 策略', 'kernel': 'Linux 内核', 'glasstcp': '对端 glasstcp，Linux 策略',
      },
    },
  },
  musts: {
    'waits': '短数据的 ACK 会等一等，看有没有可以合并的：分别等了 {rfc}、{linux}、{other} 毫秒',
    'limit': '但都小于 0.5 秒（MUST-40）',
    'second': '没有一个 ACK 确认超过两个满长报文段，即 {most} 字节（SHLD-19）',
    'fewer': '因此 ACK 比报文段少：RFC 策略下，{segments} 个满长报文段只有 {acks} 个 ACK',
    'quick': 'Linux 策略在连接之初很积极：{segments} 个报文段回 {segments} 个 ACK，因为慢启动的发送方在等每一个 ACK',
    'piggyback': '一问一答时，应答捎带了确认（ACK {ack}）：没有单独的 ACK 报文段',
    'aggregate': '队列里的报文段全部处理完才确认：缺口填上之后，三个报文段只回一个 ACK {ack}（MUST-58、MUST-59）',
  },
  explanation: [
    'S2 称之为“批量 ACK”：听完八句话，一起回复一声。能这样做有两个原因：一是确认号是累积的（另有实验）；二是接收方可以等一等再回，这就是延迟确认（RFC 9293 §3.8.6.3，SHLD-18）。',
    '但不能过分。等待必须小于 0.5 秒（MUST-40），否则发送方的定时器会超时；而且至少每两个满长报文段就要立即确认一次（SHLD-19），因为 ACK 是发送方的节拍。所以八个满长报文段得到的是四个 ACK，而不是一个。一个 ACK 确认许多报文段，要么因为它们被一并处理，比如这里排在缺口后面的数据（MUST-58），要么因为网卡已把它们合并。',
    'Linux 对第二个报文段还有一个条件：窗口必须能向前移动，也就是应用随到随读，否则仍然等待。它等 40 毫秒，对端较慢时最多 200 毫秒；连接之初则完全不等，最多 16 个“快速 ACK”，帮助慢启动。本实验用 TCP_QUICKACK = 0 让它立即把连接当作交互式对话。在对话中等待是划算的：应答可以捎带确认。',
    '绝不等待的，是对乱序数据和填补缺口的数据的 ACK（RFC 5681 §4.2），见乱序和去重的实验。',
  ],
  questions: [
    { ask: '一个 ACK 最多可以攒几个满长报文段？', answer: '两个：第二个到达就立即确认。', shownBy: 'second' },
    { ask: 'ACK 最多可以等多久？', answer: '不到半秒；Linux 等 40 毫秒。', shownBy: 'limit' },
    { ask: '什么时候根本不需要单独的 ACK 报文段？', answer: '正好有数据要发的时候，由数据捎带。', shownBy: 'piggyback' },
  ],
};
