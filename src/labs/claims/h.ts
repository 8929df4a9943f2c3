/** What is not TCP's own, entries 81 to 87: layers, addresses, HTTP, pictures. */
import { type Claim, footnote, right, wrong } from './claim.js';

export const claims: readonly Claim[] = [
  { number: 81, quotes: [right('S1', '因此有了OSI这样的一个抽象的网络通信模型')], citations: ['RFC 1122 §1.1.3', 'ISO/IEC 7498-1'], labs: ['net-layers'] },
  {
    number: 82,
    quotes: [wrong('S1', '而网卡上定义了全世界唯一的MAC地址'), wrong('S1', '然后通过广播的形式向局域网内所有的电脑发送数据')],
    citations: ['RFC 9542 §2.1', 'RFC 826'],
  },
  { number: 83, quotes: [wrong('S1', '每一个进程都对应唯一的端口号')], citations: ['RFC 9293 §4, “connection”', 'RFC 9293 §3.3.1'], labs: ['net-ports'] },
  { number: 84, quotes: [footnote('S1', '它包含了OSI模型的物理层和数据链路层'), footnote('S1', '提供了一些长用户的协议规范，比如FTP、SMPT、HTTP 等')], citations: ['RFC 1122 §1.1.3'] },
  { number: 85, quotes: [wrong('S3', '每次 HTTP 请求都需要通过 TCP 进行三次握手')], citations: ['RFC 9112 §9.3'], labs: ['net-http'] },
  { number: 86, quotes: [right('S2', 'TCP 是一种面向连接的单播协议')], citations: ['RFC 9293 §3.9.2.3 (MUST-57)', 'RFC 9293 §2.2'] },
  {
    number: 87,
    quotes: [
      footnote('S0', 'https://pic.leetcode-cn.com/1614160878-FiFlkq-image.png'),
      footnote('S1', 'https://longqing9.gitee.io/blog/images/tcp3.jpg'),
      footnote('S2', 'http://upload-images.jianshu.io/upload_images/6943526-412ce86af2b855d1'),
      footnote('S4', 'https://user-gold-cdn.xitu.io/2019/8/4/16c5bdb3b51fb782'),
    ],
    citations: ['RFC 9293 §3.3.2, Figure 5'],
  },
];
