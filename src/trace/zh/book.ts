/** Every rule's sentence in Chinese, by the rule's name; and the names of those that move a state, for want of numbers. */
import type { Sentences } from '../rules.js';
import { arriving } from './arriving.js';
import { closing } from './closing.js';
import { ecn } from './ecn.js';
import { fastOpen } from './fast-open.js';
import { host } from './host.js';
import { loss } from './loss.js';
import { opening } from './opening.js';
import { sending } from './sending.js';

export const chinese: Sentences = { ...opening, ...arriving, ...closing, ...sending, ...loss, ...ecn, ...fastOpen, ...host };

/** What is said of a change of state whose rule has numbers that nobody gave: short, where English has the rule's own name. */
export const chineseNames: Readonly<Record<string, string>> = {
  'open-active': '主动打开',
  'listen-takes-syn': '监听端收到 SYN',
  'syn-ack-establishes': 'SYN,ACK 到达，连接建立',
  'handshake-done': '握手完成',
  'fin-received': '收到 FIN',
  'close': '关闭连接',
  'time-wait-over': 'TIME-WAIT 结束',
  'time-wait-reused': 'TIME-WAIT 让位给新连接',
  'fin-wait-2-over': 'FIN-WAIT-2 等待超时',
  'user-timeout-over': '用户超时',
  'r2-reached': '重传次数已达 R2，放弃',
  'persist-over': '窗口探测没有应答',
  'keep-alive-over': '保活探测没有应答',
  'release-unread': '关闭时仍有数据未读',
  'text-unwanted': '数据到达时应用程序已离开',
  'unreachable-hard': 'ICMP 硬错误',
  'unreachable-opening': '建立连接时收到 ICMP 错误',
};
