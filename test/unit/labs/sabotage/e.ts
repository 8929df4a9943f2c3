/** Sabotages of the labs of section E. */
import type { Sabotages } from './sabotage.js';
import { impassive, lose, setting, withText } from './ways.js';

export const sabotages: Sabotages = {
  'data-rto-estimator': [
    { breaks: 'initial', how: setting('client', 'glasstcp.rtoInitial', 3_000_000) },
    { breaks: 'karn', how: setting('client', 'net.ipv4.tcp_timestamps', 1) },
    { breaks: 'formula', how: setting('client', 'glasstcp.rttEstimator', 'linux') },
  ],
  'data-zero-window': [
    { breaks: 'advertised', how: lose('client', withText) },
    { breaks: 'probes', how: impassive('client') },
    { breaks: 'answered', how: lose('client', (s) => s.dataLength === 1) },
  ],
};
