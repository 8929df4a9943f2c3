/** Sabotages of the labs of section E. */
import type { Sabotages } from './sabotage.js';
import { lose, setting } from './ways.js';

export const sabotages: Sabotages = {
  'data-rto-estimator': [
    { breaks: 'initial', how: setting('client', 'glasstcp.rtoInitial', 3_000_000) },
    { breaks: 'karn', how: setting('client', 'net.ipv4.tcp_timestamps', 1) },
    { breaks: 'formula', how: setting('client', 'glasstcp.rttEstimator', 'linux') },
  ],
};
