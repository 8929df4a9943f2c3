/** Rules of loss, in Chinese: rules/loss.ts. */
import type { Sentences } from '../rules.js';

export const loss: Sentences = {
  'retransmit': (at, n, times) => `重传字节 ${at}…${at + n - 1}（第 ${times} 次发送）：认为已丢失`,
  'retransmit-syn': (times) => `重传 SYN（第 ${times} 次发送）：至今没有应答`,
  'retransmit-fin': (at, times) => `重传 FIN，序号 ${at}（第 ${times} 次发送）：至今没有确认`,
  'timeout-fired': (una, ms, next) => `${una} 之后的数据 ${ms} 毫秒未获确认：未确认的全部视为丢失，下一次重传超时为 ${next} 毫秒`,
  'timeout-reaction': (cwnd, ssthresh) => `重传超时之后：拥塞窗口降到一个报文段（${cwnd}），慢启动直到 ${ssthresh}`,
  'fast-retransmit': (una) => `第三个重复 ACK：${una} 已丢失，不必等到超时，立即快速重传`,
  'fast-recovery': (cwnd, recover) => `拥塞窗口减半为 ${cwnd}；快速恢复持续到 ${recover} 被确认`,
  'fast-retransmit-held': (una, recover) => `${una} 处的第三个重复 ACK，但还没有越过 ${recover}：这些是我们自己的重传引起的`,
  'partial-ack': (una, recover) => `确认到 ${una}，没有到 ${recover}：${una} 处的报文段也丢了`,
  'recovery-done': (una, cwnd) => `丢失之前发送的数据全部确认（${una}）：快速恢复结束，拥塞窗口 ${cwnd}`,
  'limited-transmit': (n) => `${n === 1 ? '一个重复 ACK 表示有一个报文段' : `${n} 个重复 ACK 表示有同样多的报文段`}离开了网络：可以再发新数据`,
  'r1-reached': (n) => `重传 ${n} 次（R1）：告诉应用程序数据难以送达`,
  'negative-advice': (n) => `重传 ${n} 次（R1）：提示 IP 层通往对端的这条路可能已断`,
  'syn-rto-reset': () => 'SYN 重传过，测不到往返时间：重传超时从 3 秒开始',
  'probe-lost': () => '窗口重新打开：窗口探测的那个字节立即重发',
};
