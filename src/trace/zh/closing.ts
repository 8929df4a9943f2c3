/** Rules of CLOSE, ABORT and the ends of a connection, in Chinese: rules/closing.ts. */
import type { Sentences } from '../rules.js';

export const closing: Sentences = {
  'close': (queued) => `CLOSE：${queued > 0 ? `排队的 ${queued} 字节发完后` : '立即'}发 FIN`,
  'close-after-peer': () => '对端发过 FIN 之后 CLOSE：发出我们的 FIN，只剩等它被确认',
  'close-queued': (queued) => `对端发过 FIN 之后 CLOSE：还有 ${queued} 字节排队，我们的 FIN 排在其后`,
  'abort': () => 'ABORT：用 RST 告知对端，排队的数据全部丢弃',
  'abort-silent': () => 'ABORT：没有什么需要告知对端，直接释放',
  'handshake-dropped': () => '已没有人监听：放弃这次握手，对端的下一个报文段会被拒绝',
  'release-unread': (n) => `应用程序留下 ${n} 字节没有读：用 RST 说明这些数据丢失了`,
  'orphaned': () => '应用程序已离开：排队的数据照样送达，再收到的一律拒绝',
  'send-reset': () => 'RST：收到的报文段不属于这条连接，或连接已中止',
  'send-fin': (n, at) => `FIN，序号 ${at}：${n > 0 ? `这最后 ${n} 字节之后，` : ''}我们不再发送数据`,
  'time-wait-over': (s) => `${s} 秒（2 MSL）已过：网络中不会再有这条连接的旧报文段`,
  'fin-wait-2-over': (s) => `${s} 秒内没有等到对端的 FIN，也没有应用程序在等：释放`,
  'fin-wait-2-refused': () => '没有人等对端的 FIN，应用程序也要求不在此等待：发 RST，释放',
  'user-timeout-over': (s) => `${s} 秒没有得到任何确认：“用户超时，连接中止”`,
  'r2-reached': (n, s) => `${s} 秒内重传了 ${n} 次，没有应答（R2）：放弃，“连接超时”`,
  'keep-alive-over': (n) => `连续 ${n} 次保活探测没有应答：对端已不在，“连接超时”`,
  'keep-alive-reset': () => '以 RST 告别：万一对端还在，只是应答丢了，它由此知道我们已离开',
  'orphan-patience': (n) => `已没有人等这条连接：尝试 ${n} 次不成功，到此为止`,
  'persist-over': (n, s) => `${s} 秒内 ${n} 次窗口探测毫无应答：对端已不在，“连接超时”`,
};
