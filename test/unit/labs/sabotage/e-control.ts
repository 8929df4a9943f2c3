/** Sabotages of the labs on timers, windows and congestion (section E). */
import { type Role, otherRole } from '../../../../src/labs/ends/end.js';
import type { Stage } from '../../../../src/labs/stage/stage.js';
import { ACK } from '../../../../src/wire/segment.js';
import type { Sabotages } from './sabotage.js';
import { bareAck, impassive, lose, setting, withText } from './ways.js';

/** Once the play has said this, the last segment of that host seems to come again, changed. */
const repeating = (after: string, from: Role, change: (seq: number) => Partial<Parameters<Stage['inject']>[1]>) => (stage: Stage): void => {
  const say = stage.say.bind(stage);
  stage.say = (key, values) => {
    say(key, values);
    const last = stage.seen.findLast((seen) => seen.from === from);
    if (key !== after || last === undefined) return;
    const [srcPort, dstPort] = [last.view.from, last.view.to].map((endpoint) => Number(endpoint.split(':').at(-1)));
    const { ack } = last.view.absolute;
    const seq = last.view.absolute.seq + (last.flags.includes('SYN') ? 1 : 0);
    stage.inject(otherRole(from), { srcPort, dstPort, seq, ack, flags: ACK, ...change(seq) });
  };
};
const both = (...ways: readonly ((stage: Stage) => void)[]) => (stage: Stage): void => {
  for (const way of ways) way(stage);
};
const offering = (after: string, window: number): ((stage: Stage) => void) => repeating(after, 'server', () => ({ window }));

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
    { breaks: 'silent', how: offering('reads', 1) },
  ],
  'data-window-slide': [
    { breaks: 'right', how: offering('begin', 1000) },
    { breaks: 'inside', how: repeating('begin', 'client', (seq) => ({ seq: seq + 8000, text: new Uint8Array(1000) })) },
    { breaks: 'all', how: lose('client', (s) => s.dataLength > 0) },
  ],
  'data-slow-start': [
    { breaks: 'start', how: setting('client', 'glasstcp.initialWindow', 10) },
    { breaks: 'third', how: lose('server', (s) => s.options.sackBlocks > 0) },
    { breaks: 'doubled', how: both(setting('client', 'glasstcp.slowStartLimit', 1), setting('server', 'glasstcp.ackPolicy', 'rfc')) },
  ],
  'data-both-ways': [
    { breaks: 'server-first', how: lose('server', withText) },
    { breaks: 'riding', how: both(setting('client', 'glasstcp.delayedAck', 0), setting('server', 'glasstcp.ackPolicy', 'rfc'), setting('server', 'glasstcp.delayedAck', 0)) },
    { breaks: 'one-way', how: lose('client', withText) },
  ],
  'data-timers': [
    { breaks: 'delayed-ack', how: setting('client', 'glasstcp.delayedAck', 0) },
    { breaks: 'persist', how: lose('client', (s) => s.dataLength === 224) },
    { breaks: 'fin-wait-2', how: setting('client', 'glasstcp.finWait2Timeout', -1) },
  ],
  'data-nagle': [
    { breaks: 'held', how: setting('client', 'glasstcp.nagle', 0) },
    { breaks: 'delayed', how: both(setting('server', 'glasstcp.ackPolicy', 'rfc'), setting('server', 'glasstcp.delayedAck', 0)) },
  ],
};
