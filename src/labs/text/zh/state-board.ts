import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '每天都会看到的三个状态',
  question: 'ESTABLISHED、TIME-WAIT、CLOSE-WAIT：它们说明服务器的什么情况？哪一个是服务器自己的过错？',
  says: {
    'open': '建立 {count} 条连接。（只画出一条。）',
    'mixed': '其中 {forgotten} 条由客户端关闭，而服务器程序忘了关闭；其余连接中，{server} 条由服务器先关闭，{client} 条由客户端先关闭（没有画出），剩下的保持打开。',
    'mend': '服务器程序想起来了，把忘了关的都关闭。',
  },
  figures: {
    board: {
      title: '按状态统计的套接字（相当于 ss）：（1）全部打开，（2）关闭之后，（3）服务器补上关闭之后',
      words: { 'state': '状态', 'client-1': '客户端（1）', 'server-1': '服务器（1）', 'client-2': '客户端（2）', 'server-2': '服务器（2）', 'client-3': '客户端（3）', 'server-3': '服务器（3）' },
    },
    plot: { title: '服务器的套接字数随时间的变化', words: { ms: '毫秒', sockets: '套接字数' } },
  },
  musts: {
    'established': '（1）{count} 条连接双方都是 ESTABLISHED',
    'close-wait': '（2）{count} 条在服务器上处于 CLOSE-WAIT，在客户端处于 FIN-WAIT-2：被告知关闭的一方没有关闭',
    'time-wait': '（2）谁先关闭，TIME-WAIT 就在谁那里：服务器 {server} 个，客户端 {client} 个',
    'client-side': '（2）还有 {open} 条双方都是 ESTABLISHED，客户端一条 CLOSE-WAIT 也没有',
    'mended': '（3）服务器程序调用 close()，所有 CLOSE-WAIT 随即消失',
    'left': '（3）剩下的是 TIME-WAIT，客户端 {client} 个，服务器 {server} 个：它们会自行结束',
  },
  explanation: [
    '笔记举出最常见的三个状态：ESTABLISHED 表示正在通信，TIME-WAIT 表示主动关闭，CLOSE-WAIT 表示被动关闭。这都没错。笔记接着说，两种等待状态多了都会耗尽文件句柄；其实只有 CLOSE-WAIT 会（见 close-wait-pile、wait-no-descriptor）。',
    '这张表该怎么读：ESTABLISHED 是正在使用的连接。TIME-WAIT 是过去：套接字已经关闭，谁都不用管（什么时候仍须在意，见 wait-remedies）。CLOSE-WAIT 是程序欠的债：对方已经说完，而程序没有调用 close()。没有任何定时器会结束它；数目不断增长，就是程序有缺陷，与 TCP 无关。',
    'FIN-WAIT-2 是对方 CLOSE-WAIT 的另一面。套接字不再被任何程序持有时，Linux 等待 tcp_fin_timeout 之后就放弃。',
    '在真实主机上看这张表：ss -tan | awk \'{print $1}\' | sort | uniq -c，或者 ss -s。',
  ],
  questions: [
    { ask: '服务器上有大量 CLOSE-WAIT，是谁的过错？', answer: '服务器程序的：它没有关闭连接。', shownBy: 'mended' },
    { ask: '这些 CLOSE-WAIT 的对端处于什么状态？', answer: 'FIN-WAIT-2。', shownBy: 'close-wait' },
    { ask: 'TIME-WAIT 需要谁来处理？', answer: '无须处理，它们会自行结束。', shownBy: 'left' },
  ],
};
