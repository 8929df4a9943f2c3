/** Rules of explicit congestion notification, in Chinese: rules/ecn.ts. */
import type { Sentences } from '../rules.js';

export const ecn: Sentences = {
  'ecn-agreed': () => '双方都支持 ECN：路由器可以给这条连接的数据打标记，而不必丢弃',
  'ecn-withheld': () => '对端支持 ECN，但我们也发过不请求 ECN 的 SYN：我方数据不声明 ECN，对端数据上的标记仍会回显',
  'ce-received': (at) => `序号 ${at} 处的数据途中遇到拥塞：此后每个 ACK 都带 ECE，直到对端发 CWR`,
  'cwr-received': () => 'CWR：对端已减小拥塞窗口，ECE 的任务完成',
  'ecn-reduced': (cwnd, recover) => `ECE：我方数据遇到拥塞，拥塞窗口减半为 ${cwnd}；${recover} 之前已发的数据只算一次`,
  'cwr-sent': (at) => `拥塞窗口已减小：序号 ${at} 处的新数据带上 CWR，让对端停发 ECE`,
};
