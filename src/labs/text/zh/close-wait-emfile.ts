import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'CLOSE-WAIT 堆积到“Too many open files”',
  question: '忘记关闭的服务器用光了描述符，下一个客户端会看到什么？',
  says: {
    close: '来了 {count} 个客户端，又都关闭了。服务器的程序既不读取，也不关闭。',
    next: '又来一个客户端。服务器的打开文件数上限（ulimit -n，即 RLIMIT_NOFILE）此时恰好等于已打开的数目。',
    mend: '服务器终于关闭了一条处于 CLOSE-WAIT 的连接，上限不变。',
  },
  figures: {
    limit: { title: '服务器', words: { 'when': '时刻', 'held': '占用的描述符', 'error': 'accept() 返回', 'piled': '客户端都已关闭', 'at-limit': '达到上限', 'mended': '关闭一个，接受一个', '-': '-' } },
  },
  musts: {
    'pile': '{count} 条连接处于 CLOSE-WAIT，占用 {count} 个描述符',
    'emfile': 'accept() 和 socket() 都以 EMFILE 失败，即“Too many open files”',
    'unaware': '新连接的两端仍然都是 ESTABLISHED：TCP 本身并不需要描述符',
    'acked': '客户端发送的“{text}”甚至得到了服务器 TCP 的确认，尽管没有程序来读',
    'again': 'accept() 仍以 EMFILE 失败：等待无济于事',
    'mended': 'close() 一个之后，accept() 立即成功，读到“{text}”',
  },
  explanation: [
    'S4 把 TIME_WAIT 和 CLOSE_WAIT 并列为“Too Many Open Files”的原因，其实只有 CLOSE-WAIT 才是：它的套接字属于尚未关闭它的程序，所以占着描述符。TIME-WAIT 在 close() 之后，不占描述符（见实验 wait-no-descriptor）。',
    'EMFILE 是单个进程的上限（ulimit -n，systemd 的 LimitNOFILE=）；整个系统的上限则是 ENFILE。本实验只在调用的一瞬间降低上限。',
    '客户端毫无察觉：握手由 TCP 完成，与 accept() 无关，数据也会被确认。它只能干等，直到失去耐心；它一旦关闭，又会多出一条处于 CLOSE-WAIT 的连接。等到全连接队列也满了，后来的 SYN 就被丢弃（见实验 open-queue-full）。',
    '解决办法在服务器程序里：read() 返回 0 之后，在每条代码路径上（包括出错时）都调用 close()。提高上限只是推迟结局，TCP 的任何 sysctl 都帮不上忙。',
  ],
  questions: [
    { ask: 'accept() 以 EMFILE 失败，客户端会被拒绝吗？', answer: '不会。它的连接已经建立，在队列里等着。', shownBy: 'unaware' },
    { ask: '还没有程序能读的数据会被确认吗？', answer: '会。ACK 只表示 TCP 收到了，仅此而已。', shownBy: 'acked' },
    { ask: '怎样才能腾出位置？', answer: '对其中一个套接字调用 close()。', shownBy: 'mended' },
  ],
};
