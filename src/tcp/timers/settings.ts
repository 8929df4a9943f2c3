/** What the user may change about patience while the connection lives (RFC 9293 MUST-21; TCP_USER_TIMEOUT, TCP_KEEPIDLE and their like). */
import type { TcpConfig } from '../config.js';

const names = [
  'rtoMin', 'rtoMax', 'r1', 'r2', 'r2Syn', 'retries2', 'synRetries', 'synLinearTimeouts', 'synAckRetries', 'orphanRetries',
  'userTimeout', 'keepAliveIdle', 'keepAliveInterval', 'keepAliveProbes', 'finWait2Timeout',
] as const;

/** Units and ranges are those of TcpConfig. */
export type TimerSettings = { -readonly [K in (typeof names)[number]]: TcpConfig[K] };

/** The connection's own copy. */
export const timerSettings = (config: TcpConfig): TimerSettings => Object.fromEntries(names.map((name) => [name, config[name]])) as TimerSettings;
