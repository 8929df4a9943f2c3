/** Rules of TCP Fast Open, in Chinese: rules/fast-open.ts. */
import type { Sentences } from '../rules.js';

export const fastOpen: Sentences = {
  'send-syn-fast': (n, cookie) => `请求建立连接${n > 0 ? `，并立即发出最初 ${n} 字节` : ''}${cookie > 0 ? `，附上对端给过的 ${cookie} 字节 cookie` : cookie === 0 ? '，并请求 Fast Open cookie' : ''}`,
  'fast-open-learned': (n) => `对端给了我们 ${n} 字节的 cookie：下一条连接可以随 SYN 发送数据`,
  'fast-open-acked': (n) => `SYN,ACK 确认了随 SYN 发出的 ${n} 字节：省下一个往返`,
  'fast-open-ignored': (n) => `SYN,ACK 没有确认随 SYN 发出的 ${n} 字节：立即重发`,
  'fast-open-taken': (n) => `Fast Open：随 SYN 到达的 ${n} 字节现在就交付，握手同时进行`,
  'fast-open-cookie': () => '对端请求 Fast Open cookie：随 SYN,ACK 给它',
  'fast-open-bad-cookie': (n) => `cookie 与这个地址不符：忽略它带来的 ${n} 字节数据，SYN,ACK 附上正确的 cookie`,
  'fast-open-queue-full': (n) => `经 Fast Open 接受的连接还有 ${n} 条未证实，已到上限：改用普通握手`,
};
