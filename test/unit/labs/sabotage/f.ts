/** Sabotages of the labs on the close (section F). */
import { SYN } from '../../../../src/wire/segment.js';
import type { Sabotages } from './sabotage.js';
import { fin, impassive, lose, reset, setting, withText } from './ways.js';

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
    { breaks: 'all', how: lose('server', withText) },
  ],
  'close-simultaneous': [
    { breaks: 'acks', how: lose('server', fin) },
    { breaks: 'client-path', how: lose('client', fin) },
  ],
  'close-unread': [
    { breaks: 'read-all', how: lose('server', withText) },
    { breaks: 'client-error', how: lose('server', reset) },
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
    { breaks: 'late', how: lose('client', withText) },
  ],
  'close-linger-zero': [
    { breaks: 'client-path', how: lose('client', reset) },
  ],
  'close-fin-zero-window': [
    { breaks: 'full', how: lose('client', withText) },
    { breaks: 'probe', how: impassive('client') },
  ],
  'close-fin-wait-2-orphan': [
    { breaks: 'over', how: setting('client', 'net.ipv4.tcp_fin_timeout', 60) },
    { breaks: 'rst', how: lose('server', withText) },
  ],
  'close-data-after-close': [
    { breaks: 'rst', how: lose('server', withText) },
    { breaks: 'both-closed', how: lose('client', reset) },
  ],
};
