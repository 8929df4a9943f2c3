/** Sabotages of the labs on the transfer of data (section E). */
import type { Stage } from '../../../../src/labs/stage/stage.js';
import type { Sabotages } from './sabotage.js';
import { bareAck, fixed, impassive, lose, setting, withText } from './ways.js';

/** Of the accidents in the play's script only the first happens. */
function onlyFirst(stage: Stage): void {
  const accident = stage.accident.bind(stage);
  let count = 0;
  stage.accident = (what) => (count++ === 0 ? accident(what) : undefined);
}

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
  'data-delayed-ack': [
    { breaks: 'waits', how: setting('client', 'glasstcp.delayedAck', 0) },
    { breaks: 'quick', how: (stage) => [setting('server', 'glasstcp.ackPolicy', 'rfc'), fixed('server', 'glasstcp.ackPolicy')].forEach((way) => way(stage)) },
    { breaks: 'aggregate', how: (stage) => void (stage.accident = () => undefined) },
  ],
  'data-reordering': [
    { breaks: 'hole', how: (stage) => void (stage.accident = () => undefined) },
    { breaks: 'hole', how: setting('server', 'net.ipv4.tcp_sack', 0) },
    { breaks: 'one', how: lose('server', bareAck) },
  ],
  'data-false-alarm': [
    { breaks: 'alarm', how: (stage) => void (stage.accident = () => undefined) },
    { breaks: 'fast', how: lose('server', bareAck) },
    { breaks: 'dsack', how: setting('server', 'net.ipv4.tcp_dsack', 0) },
  ],
  'data-corrupt-bit': [
    { breaks: 'discarded', how: (stage) => void (stage.accident = () => undefined) },
    { breaks: 'again', how: impassive('client') },
    { breaks: 'asks-nothing', how: setting('server', 'net.ipv4.tcp_sack', 0) },
  ],
  'data-corrupt-swap': [
    { breaks: 'verifies', how: (stage) => void (stage.accident = () => undefined) },
    { breaks: 'swapped', how: onlyFirst },
  ],
  'data-segments': [
    { breaks: 'announced', how: setting('client', 'glasstcp.maxSegmentSize', 1000) },
    { breaks: 'full', how: setting('client', 'net.ipv4.tcp_timestamps', 0) },
    { breaks: 'full', how: lose('client', withText) },
  ],
};
