import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'TIME-WAIT 不占用文件描述符',
  question: '大量 TIME-WAIT 会导致“too many open files”吗？',
  says: { close: '客户端关闭所有连接，服务器随后关闭。' },
  musts: {
    'open': '客户端有 {count} 条连接处于 ESTABLISHED',
    'held': '它们占用 {count} 个描述符，每条一个',
    'waiting': '关闭之后，客户端的 {count} 条连接全部处于 TIME-WAIT',
    'none-held': '{waiting} 条连接处于 TIME-WAIT，占用 {held} 个描述符',
    'still-connects': '再建立一条连接只占一个描述符，其余的仍在 TIME-WAIT',
  },
  explanation: [
    '有一篇笔记说 TIME_WAIT 和 CLOSE_WAIT 都会耗尽文件句柄，直到“Too Many Open Files”。对 CLOSE-WAIT 是对的（见 close-wait-pile），对 TIME-WAIT 是错的。',
    '连接是在应用关闭之后才到 TIME-WAIT 的，而 close(2) 立刻归还描述符。剩下的只是内核里的一条记录：四元组、两个序号、一个时间戳和一个定时器。Linux 用一个很小的结构代替完整的套接字，并限制其总数（net.ipv4.tcp_max_tw_buckets）。',
    '真正可能用尽的是另一种资源：客户端向同一个地址和端口发起大量连接时的本地端口（见 wait-flood）。',
    '客户端是 Linux 时，本实验统计 /proc/self/fd 中的套接字描述符；否则统计 glasstcp 自己的描述符表。',
  ],
  questions: [
    { ask: '这些 TIME-WAIT 连接占用几个描述符？', answer: '一个也不占。', shownBy: 'none-held' },
    { ask: '它们打开的时候呢？', answer: '每条占一个。', shownBy: 'held' },
  ],
};
