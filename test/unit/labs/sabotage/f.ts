/** Sabotages of the labs on the close (section F). */
import type { Role } from '../../../../src/labs/ends/end.js';
import type { Stage } from '../../../../src/labs/stage/stage.js';
import { FIN, RST, type Segment, SYN } from '../../../../src/wire/segment.js';
import type { Sabotages } from './sabotage.js';

/** All such segments are lost on the way. */
const lose = (from: Role, match: (segment: Segment) => boolean) => (stage: Stage): void =>
  stage.accident({ from, match, times: Infinity, action: 'drop', label: 'sabotage' });

const setting = (role: Role, name: string, value: string | number) => (stage: Stage): void => stage.host(role).sysctl(name, value);
const fin = (s: Segment): boolean => s.has(FIN);
const rst = (s: Segment): boolean => s.has(RST);
const text = (s: Segment): boolean => s.dataLength > 0;
/** So long a timeout that nothing is retransmitted within a lab. */
const impassive = (role: Role) => setting(role, 'glasstcp.rtoMin', 30_000_000);

export const sabotages: Sabotages = {
  'close-four': [
    { breaks: 'ack', how: lose('client', fin) },
    { breaks: 'last-ack', how: lose('server', fin) },
    { breaks: 'server-closed', how: setting('client', 'glasstcp.msl', 0) },
  ],
  'close-three': [
    { breaks: 'one-segment', how: setting('server', 'glasstcp.delayedAck', 0) },
    { breaks: 'last-ack', how: lose('server', fin) },
  ],
  'close-half': [
    { breaks: 'asked', how: lose('client', fin) },
    { breaks: 'all', how: lose('server', text) },
  ],
  'close-simultaneous': [
    { breaks: 'acks', how: lose('server', fin) },
    { breaks: 'client-path', how: lose('client', fin) },
  ],
  'close-unread': [
    { breaks: 'read-all', how: lose('server', text) },
    { breaks: 'client-error', how: lose('server', rst) },
  ],
  'close-lost-fin': [
    { breaks: 'again', how: impassive('client') },
    { breaks: 'acked', how: lose('server', (s) => !s.has(SYN)) },
  ],
  'close-lost-last-ack': [
    { breaks: 'unsure', how: setting('client', 'glasstcp.msl', 0) },
    { breaks: 'answers', how: setting('client', 'glasstcp.msl', 50_000) },
    { breaks: 'fin-again', how: impassive('server') },
  ],
  'close-give-up': [
    { breaks: 'repeats', how: impassive('client') },
    { breaks: 'gave-up', how: setting('client', 'net.ipv4.tcp_orphan_retries', 12) },
  ],
  'close-fin-with-data': [
    { breaks: 'ack', how: lose('client', fin) },
    { breaks: 'ack-alone', how: lose('server', fin) },
  ],
  'close-fin-early': [
    { breaks: 'dup-ack', how: lose('client', fin) },
    { breaks: 'late', how: lose('client', text) },
  ],
  'close-linger-zero': [
    { breaks: 'client-path', how: lose('client', rst) },
  ],
  'close-fin-zero-window': [
    { breaks: 'full', how: lose('client', text) },
    { breaks: 'probe', how: impassive('client') },
  ],
  'close-fin-wait-2-orphan': [
    { breaks: 'over', how: setting('client', 'net.ipv4.tcp_fin_timeout', 60) },
    { breaks: 'rst', how: lose('server', text) },
  ],
  'close-data-after-close': [
    { breaks: 'rst', how: lose('server', text) },
    { breaks: 'both-closed', how: lose('client', rst) },
  ],
};
