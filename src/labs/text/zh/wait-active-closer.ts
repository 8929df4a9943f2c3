import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: '谁来等待：先关闭的一方',
  question: '笔记里停在 TIME-WAIT 的总是客户端。如果服务器先关闭呢？',
  says: {
    server: '客户端端口 {port}：服务器先关闭。',
    client: '客户端端口 {port}：这次客户端先关闭。',
  },
  musts: {
    'server-waits': '服务器先发 FIN：服务器进入 TIME-WAIT',
    'client-free': '客户端经 LAST-ACK 到 CLOSED，什么都不保留',
    'client-waits': '客户端先发 FIN：客户端进入 TIME-WAIT',
    'server-free': '服务器经 LAST-ACK 到 CLOSED，什么都不保留',
  },
  explanation: [
    '客户端和服务器是建立连接时的角色。关闭时的角色不同：先发 FIN 的是主动关闭方，以 TIME-WAIT 结束；后发 FIN 的是被动关闭方，直接到 CLOSED。笔记把客户端画成主动关闭方，之后凡说“客户端”，其实指的是这个角色。',
    '原因在于谁发最后一个 ACK：收到第二个 FIN 的一方发送它，也只有这一方能补发它。',
    '所以服务器先关闭时，TIME-WAIT 就在服务器上：HTTP/1.0、“Connection: close”、空闲超时都是如此。每个只占少量内存，不占用端口：它们全都在 80 端口上。只有主动关闭方同时又是发起连接的一方时才会用尽端口，比如客户端、代理、压测工具（见 wait-flood）。',
    '如果双方同时关闭，双方都要等：两边都是 FIN-WAIT-1、CLOSING、TIME-WAIT。',
  ],
  questions: [
    { ask: 'Web 服务器每次应答后就关闭连接，TIME-WAIT 在哪边？', answer: '在服务器。', shownBy: 'server-waits' },
    { ask: '客户端还保留什么？', answer: '什么都不保留：自己的 FIN 一被确认就进入 CLOSED。', shownBy: 'client-free' },
  ],
};
