/** Sabotages of the labs on the transfer of data (section E). */
import type { Sabotages } from './sabotage.js';
import { bareAck, impassive, lose, setting, withText } from './ways.js';

export const sabotages: Sabotages = {
  'data-lost-or-ack-lost': [
    { breaks: 'text-lost-again', how: impassive('client') },
    { breaks: 'text-lost-again', how: lose('client', withText) },
    { breaks: 'dsack', how: setting('server', 'net.ipv4.tcp_dsack', 0) },
    { breaks: 'echo', how: setting('server', 'net.ipv4.tcp_timestamps', 0) },
  ],
  'data-duplicate': [
    { breaks: 'twice', how: lose('client', withText) },
    { breaks: 'dsack', how: setting('server', 'net.ipv4.tcp_dsack', 0) },
    { breaks: 'copy-answered', how: (stage) => void (stage.world.line.inject = () => undefined) },
  ],
  'data-cumulative-ack': [
    { breaks: 'lost', how: setting('server', 'glasstcp.ackPolicy', 'rfc') },
    { breaks: 'lost', how: (stage) => void (stage.accident = () => undefined) },
    { breaks: 'eight', how: lose('server', bareAck) },
  ],
};
