/** Rules of an arriving segment on a synchronised connection, in Chinese: rules/arriving.ts. */
import type { Sentences } from '../rules.js';

export const arriving: Sentences = {
  // first: sequence number
  'unacceptable': (at, len, next) => `字节 ${at}…${at + len} 落在窗口之外（窗口从 ${next} 开始）：丢弃，并回 ACK 告知期望的序号`,
  'paws-left-out': (value, recent) => `（不安全）时间戳 ${value} 早于本连接最近的 ${recent}，是迟到的旧报文段，却照样接收`,
  'unacceptable-reset': (at, next) => `RST 的序号 ${at} 落在窗口之外（窗口从 ${next} 开始）：丢弃，不作回应`,
  'paws-rejects': (value, recent) => `时间戳 ${value} 早于本连接最近的 ${recent}：是迟到的旧报文段，丢弃，并回 ACK 告知期望的序号`,
  'missing-timestamp': () => '双方已约定使用时间戳，这个报文段却没有：丢弃',
  'trimmed-front': (n) => `前 ${n} 字节以前收到过：只处理新的部分`,
  'trimmed-tail': (n) => `末尾 ${n} 字节超出窗口：截去`,
  'ack-suppressed': (limit) => `这次不回 ACK：一秒内已发过 ${limit} 个，再发会助长 ACK 风暴`,
  'ack-rate-limited': (ms) => `这次不回 ACK：距本连接上一次这类回应不到 ${ms} 毫秒，再发会助长 ACK 风暴`,
  // second: RST
  'reset-exact': () => 'RST 的序号恰好等于 RCV.NXT：真实可信，“连接被重置”',
  'reset-in-closing': () => '双方都发过 FIN 之后收到 RST：已没有什么可丢失的，释放连接',
  'reset-text': (n) => `RST 附带 ${n} 字节的说明：原样交给应用程序，不当作数据`,
  'challenge-reset': (at, next) => (at === next ? `挑战 ACK：期望的序号是 ${next}；对端若真要重置，会用这个序号再发一次 RST` : `RST 的序号 ${at} 在窗口内，但不等于 ${next}：可能是伪造的，用挑战 ACK 请对端再说一次`),
  // fourth: SYN
  'challenge-syn': () => '连接已经建立却收到 SYN：要么是伪造的，要么对端重启过；用挑战 ACK 查明',
  // fifth: ACK
  'no-ack': () => '没有 ACK 标志：连接建立后每个报文段都应带 ACK，丢弃',
  'ack-too-old': (ack, una, max) => `确认号 ${ack | 0} 比 ${una} 小了超过 ${max} 字节：不可能是真的，丢弃并回 ACK`,
  'ack-unsent': (ack, next) => `确认号为 ${ack}，而我们只发送到 ${next}：丢弃并回 ACK`,
  'ack-new': (n, una) => `新确认 ${n} 字节，${una} 之前的数据均已收到`,
  'ack-old': (ack, una) => `确认号为 ${ack}，而 ${una} 早已确认过：没有新信息`,
  'ack-again': (una, dsack) => (dsack > 0 ? `再次确认 ${una}，并报告有数据重复到达（D-SACK）：无需处理` : `再次确认 ${una}：没有新信息`),
  'ack-duplicate': (count, una) => `第 ${count} 个重复 ACK：对端还在等 ${una}，但其后已有数据到达`,
  'rtt-sample': (rtt, srtt, rto) => `往返时间 ${rtt < 1000 ? `${Math.round(rtt)} 微秒` : `${(rtt / 1000).toFixed(1)} 毫秒`}，平滑值 ${(srtt / 1000).toFixed(2)} 毫秒，重传超时 ${Math.round(rto / 1000)} 毫秒`,
  'window-update': (from, to) => `对端窗口由 ${from} 变为 ${to} 字节`,
  'window-stale': () => '比上次更新窗口的报文段更旧：不采用其窗口',
  'window-shrunk': (n) => `对端收回了 ${n} 字节窗口：窗口重新打开之前不发新数据`,
  'fin-acked': () => '我们的 FIN 已被确认：我方已无数据可发，对端还可以发送',
  'closing-fin-acked': () => '我们的 FIN 已被确认，对端的 FIN 也已收到：进入 TIME-WAIT，等待 2 MSL',
  'last-ack-received': () => '我们的 FIN 已被确认，对端的 FIN 此前已确认：连接结束',
  'time-wait-restart': (s) => `对端重发 FIN，可见我们最后的 ACK 丢了：再回 ACK，从现在起重新等待 ${s} 秒（2 MSL）`,
  'user-timeout-adopted': (s, peer) => `对端为未确认的数据保留 ${peer} 秒：我们的用户超时改为 ${s} 秒`,
  'user-timeout-ignored': (peer) => `对端通告的用户超时为 ${peer} 秒：${peer === 0 ? '等于没有，不允许' : '我们的保持不变，以应用程序或配置的设定为准'}`,
  // sixth: URG
  'urgent-new': (n) => `紧急数据到字节 ${n} 为止：通知应用程序`,
  // seventh: text
  'text-delivered': (n, next) => `按序到达 ${n} 字节：交付应用程序，接下来期望 ${next}`,
  'text-out-of-order': (n, at, next) => `从 ${at} 起的 ${n} 字节已到，但还缺 ${next}：先缓存，并用重复 ACK 告知`,
  'duplicate-reported': (from, to) => `字节 ${from}…${to - 1} 到达了两次：下一个 ACK 的第一个 SACK 块会报告（D-SACK）`,
  'text-gap-filled': (n, next) => `补上了缺口：其后缓存的 ${n} 字节随之交付，接下来期望 ${next}`,
  'text-dropped': (n, runs) => `${n} 字节乱序到达，但已缓存了 ${runs} 段不相连的数据：丢弃，对端会重发`,
  'text-after-fin': (n) => `对端 FIN 之后又来 ${n} 字节：不可能有，忽略`,
  'text-unwanted': (n) => `${n} 字节到达时应用程序已离开：用 RST 告诉对端这些数据丢失了`,
  // eighth: FIN
  'fin-received': (at) => `FIN，序号 ${at}：对端不再发送数据；应回 ACK，并通知应用程序`,
  'fin-simultaneous': () => '我们的 FIN 还未被确认，对端的 FIN 就到了：双方同时关闭（Fig. 13）',
  'fin-with-ack': () => '收到 FIN，同一报文段还确认了我们的 FIN：进入 TIME-WAIT，等待 2 MSL（Fig. 5，注 2）',
  'fin-in-fin-wait-2': () => '收到 FIN：双方都已说完；进入 TIME-WAIT 等待 2 MSL，以防最后的 ACK 丢失',
  'fin-out-of-order': (at, next) => `FIN 的序号为 ${at}，但还缺 ${next}：先记下，等缺口补齐`,
  // TIME-WAIT
  'time-wait-ignores-reset': () => 'TIME-WAIT 中收到 RST：可能由旧的重复报文段引起，若照办，下一条连接便失去保护；忽略',
  'incarnation-by-timestamp': () => '时间戳比旧连接的都新：这个 SYN 不可能是旧的重复报文段',
  'incarnation-stamped': () => 'SYN 带有时间戳，而旧连接没有：不可能是旧的重复报文段',
  'incarnation-by-number': () => '没有更新的时间戳可作依据，但序号超出旧连接用过的范围：这个 SYN 是新的',
  'incarnation-old': () => '时间戳和序号都不能说明这个 SYN 是新的：仍留在 TIME-WAIT',
  'time-wait-reused': (s) => `tcp_tw_reuse：旧连接最后一个时间戳之后已超过 ${s} 秒，新连接的时间戳必然更新，PAWS 能分辨新旧；TIME-WAIT 结束，端口重新使用`,
  'time-wait-syn': () => 'SYN 的序号超出旧连接用过的范围：等待结束，新连接开始',
};
