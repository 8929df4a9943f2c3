/** Sabotages of the labs of section E. */
import type { Stage } from '../../../../src/labs/stage/stage.js';
import { ACK } from '../../../../src/wire/segment.js';
import type { Sabotages } from './sabotage.js';
import { bareAck, impassive, lose, setting, withText } from './ways.js';

/** As soon as the server begins to read, it seems to offer one octet of window. */
function sillyReceiver(stage: Stage): void {
  const say = stage.say.bind(stage);
  stage.say = (key, values) => {
    say(key, values);
    const last = stage.seen.findLast(({ from }) => from === 'server');
    if (key !== 'reads' || last === undefined) return;
    const [srcPort, dstPort] = [last.view.from, last.view.to].map((endpoint) => Number(endpoint.split(':').at(-1)));
    stage.inject('client', { srcPort, dstPort, seq: last.view.absolute.seq, ack: last.view.absolute.ack, flags: ACK, window: 1 });
  };
}

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
  'data-silly-window': [
    { breaks: 'override', how: lose('server', bareAck) },
    { breaks: 'closed', how: lose('client', (s) => s.dataLength === 224) },
    { breaks: 'silent', how: sillyReceiver },
  ],
};
