import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '四个问题，各用一句话回答',
  question: '有一篇笔记开头的表格里有四个问题，“一句话解释”一栏却是空的。该填什么？怎样亲眼看到它成立？',
  says: {
    'orderly': '建立一条连接，由客户端先关闭；服务器还有点事要做，稍后才关闭。',
    'old-syn': '服务器收到一个旧的 SYN，客户端对这条连接一无所知。',
    'at-once': '又一条连接，服务器一得知客户端关闭，就立即关闭。',
    'tour': '还有两条连接没有画出：双方同时关闭；双方同时打开。',
    'requests': '{requests} 个请求，每个用一条连接，由客户端先关闭；然后 {requests} 个请求共用一条连接。（没有画出。）',
  },
  figures: {
    sentences: {
      title: '笔记的表格，填上答案',
      words: {
        'question': '问题', 'sentence': '一句话解释',
        'three?': '为什么要 3 次握手，2 次不行么', 'four?': '为什么要 4 次挥手', 'states?': 'TCP 双方可能的状态', 'time-wait?': '如果有大量的 TIME-WAIT，什么原因，怎么处理',
        'three': '两个 ISN 都要被确认，旧的 SYN 要能被 RST 否决，而两次握手只确认得了一个 ISN。',
        'four': '两个方向各要一个 FIN 和一个 ACK；如果对方立即关闭，它的 ACK 和 FIN 合成一个报文段，三次就够。',
        'states': '十一个：CLOSED、LISTEN、SYN-SENT、SYN-RECEIVED、ESTABLISHED、FIN-WAIT-1、FIN-WAIT-2、CLOSE-WAIT、CLOSING、LAST-ACK、TIME-WAIT。',
        'time-wait': '本机主动关闭了太多短连接：治本是复用连接或让对方先关闭，其次是扩大四元组或 tcp_tw_reuse，而不是 tcp_fin_timeout 或 tcp_tw_recycle。',
      },
    },
  },
  musts: {
    'three': '第二个报文段确认了客户端的 ISN（{x}），第三个才确认服务器的 ISN（{y}），服务器这时才进入 ESTABLISHED；而旧的 SYN 在第三步被 RST 否决',
    'four': '服务器还有事要做时，挥手用了 {slow} 个报文段；立即关闭时只用了 {quick} 个',
    'states': '一共经过 {count} 个状态：{states}',
    'time-wait': '客户端先关闭的 {each} 条连接在客户端留下 {each} 个 TIME-WAIT，在服务器上留下 {servers} 个；同样的请求共用一条连接，只留下 {shared} 个',
  },
  explanation: [
    '三次握手。笔记说只有两次的话，至多只有发起方的起始序号得到确认。这是对的，但只是一半；另一半是：旧的 SYN 正是靠第三个报文段识破的（RFC 9293 §3.5，图 8），见 open-stale-syn。',
    '四次挥手。两个方向各自关闭。“四次”并不是定律：被动关闭的一方，ACK 和 FIN 之间要有时间间隔才会分成两个报文段（见 close-three）。有一篇笔记说二者不可能合并，实际上多半是合并的。',
    '状态。笔记列了十个，缺 CLOSING（见 state-bingo）。',
    'TIME-WAIT。它在先关闭的一方，可能是客户端，也可能是服务器。笔记说它“就是用来重发可能丢失的 ACK 报文”，这只是两个理由之一；另一个理由是：同一个四元组再次使用之前，旧报文段必须已经消失（见 wait-old-segment）。数量太多时哪些办法有效，wait-remedies 逐一做了实测。',
  ],
  questions: [
    { ask: '只有两次握手会缺什么？', answer: '第二个 ISN 得不到确认，旧的 SYN 也无法否决。', shownBy: 'three' },
    { ask: '什么时候三次挥手就够了？', answer: '被动关闭的一方立即关闭时：ACK 和 FIN 合成一个报文段。', shownBy: 'four' },
    { ask: 'TIME-WAIT 在哪一方？怎样减少？', answer: '在先关闭的一方。少建连接：复用连接。', shownBy: 'time-wait' },
  ],
};
