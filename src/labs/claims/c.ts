/** Data in the handshake, entries 28 to 30 (RFC 9293 §3.5; RFC 7413). */
import { type Claim, right, wrong } from './claim.js';

export const claims: readonly Claim[] = [
  { number: 28, quotes: [right('S4', '其实第三次握手的时候，是可以携带数据的')], citations: ['RFC 9293 §3.10.7.3, fourth', 'RFC 9293 §3.10.7.4, fifth'] },
  {
    number: 29,
    quotes: [wrong('S3', 'TCP 规定 SYN =1 报文段不能携带数据'), wrong('S4', '第一次、第二次握手不可以携带数据')],
    citations: ['RFC 9293 §3.5', 'RFC 9293 §3.10.7.3, fourth', 'RFC 7413 §3'],
    labs: ['data-on-syn', 'data-fast-open'],
  },
  { number: 30, quotes: [right('S4', '这会让服务器花费很多时间、内存空间来接收这些报文')], citations: ['RFC 7413 §5', 'RFC 4987 §2'] },
];
