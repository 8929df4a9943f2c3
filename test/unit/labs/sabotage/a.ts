/** Sabotages of the labs on the handshake and its losses (sections A and B). */
import type { Stage } from '../../../../src/labs/stage/stage.js';
import type { Role } from '../../../../src/labs/ends/end.js';
import { GlassEnd } from '../../../../src/labs/ends/glass-end.js';
import type { Seq } from '../../../../src/util/seq.js';
import { ACK, SYN } from '../../../../src/wire/segment.js';
import type { Sabotages } from './sabotage.js';
import { bareAck, bareSyn, fixed, forging, lose, reset, setting, synAck, withText } from './ways.js';

/** The listener has room for all. */
const widenQueue = (stage: Stage): void => {
  const listen = stage.server.listen.bind(stage.server);
  stage.server.listen = (port) => listen(port, 16);
};

/** The client begins its connections with other numbers. */
const numbering = (iss: (chosen: Seq) => Seq) => (stage: Stage): void => {
  if (stage.client.end instanceof GlassEnd) Reflect.set(Reflect.get(stage.client.end.calls.stack, 'options') as object, 'iss', iss);
};

/** The clock alone, as in RFC 793: no secret place for each 4-tuple. A connection of this lab takes 40 ms. */
const steady = (): ((chosen: Seq) => Seq) => {
  let last = 0;
  return () => ((last += 10_000) as Seq);
};

/** Nothing is changed on the way. */
const undamaged = (stage: Stage): void => {
  const accident = stage.accident.bind(stage);
  stage.accident = (one) => {
    if (typeof one.action === 'string') accident(one);
  };
};

/** Nothing leaves this host, and nothing that it sends to itself comes back. */
const mute = (role: Role) => (stage: Stage): void => {
  stage.host(role).end.takePacket = () => undefined;
};

export const sabotages: Sabotages = {
  'open-normal': [
    { breaks: 'syn-ack', how: lose('client', bareSyn) },
    { breaks: 'ack', how: lose('server', synAck) },
    { breaks: 'client-first', how: lose('client', bareAck) },
  ],
  'lost-syn': [
    { breaks: 'one-second', how: setting('client', 'glasstcp.rtoInitial', 3_000_000) },
    { breaks: 'doubled', how: setting('client', 'glasstcp.synLinearTimeouts', 4) },
    { breaks: 'opened', how: lose('server', synAck) },
  ],
  'lost-syn-beside': [
    { breaks: 'doubling', how: setting('client', 'glasstcp.synLinearTimeouts', 4) },
    { breaks: 'more', how: setting('server', 'glasstcp.rtoInitial', 3_000_000) },
    { breaks: 'then-doubling', how: setting('server', 'net.ipv4.tcp_syn_retries', 1) },
  ],
  'lost-syn-ack': [
    { breaks: 'syn-again', how: setting('client', 'glasstcp.rtoInitial', 30_000_000) },
    { breaks: 'own-timer', how: setting('server', 'glasstcp.rtoInitial', 30_000_000) },
    { breaks: 'lost', how: lose('client', bareSyn) },
  ],
  'lost-third-ack-alive': [
    { breaks: 'ack-lost', how: lose('server', synAck) },
    { breaks: 'syn-ack-again', how: setting('server', 'glasstcp.rtoInitial', 30_000_000) },
    { breaks: 'completed', how: lose('client', withText) },
  ],
  'lost-third-ack-expired': [
    { breaks: 'forgotten', how: setting('server', 'net.ipv4.tcp_synack_retries', 5) },
    { breaks: 'reset', how: lose('client', withText) },
    { breaks: 'told', how: lose('server', reset) },
  ],
  'open-delayed-ack-instant': [
    { breaks: 'slow', how: lose('server', synAck) },
    { breaks: 'server-waits', how: (stage) => stage.accident({ from: 'client', match: bareAck, action: { delay: 0 }, label: 'sabotage' }) },
    { breaks: 'server-silent', how: (stage) => void (stage.world.line.release = () => undefined) },
  ],
  'open-bare-ack': [
    { breaks: 'syn', how: (stage) => stage.accident({ from: 'client', match: bareSyn, action: 'drop', label: 'sabotage' }) },
    { breaks: 'dropped', how: forging((fields) => ({ ...fields, flags: ACK | SYN })) },
    { breaks: 'wrong-ack', how: forging(() => undefined) },
    { breaks: 'opened', how: lose('server', synAck) },
  ],
  'open-split': [
    { breaks: 'ack-ignored', how: forging((fields) => ({ ...fields, flags: ACK | SYN })) },
    { breaks: 'syn-ack', how: forging((fields) => (fields.flags === SYN ? undefined : fields)) },
    { breaks: 'fifth', how: forging((fields) => (fields.seq === 7_001 ? undefined : fields)) },
  ],
  'open-simultaneous': [
    { breaks: 'client-syn-ack', how: lose('server', bareSyn) },
    { breaks: 'server-syn-ack', how: lose('client', bareSyn) },
    { breaks: 'text', how: lose('client', withText) },
  ],
  'open-stale-syn': [
    { breaks: 'fooled', how: forging(() => undefined) },
    { breaks: 'one', how: lose('server', synAck) },
    { breaks: 'back', how: lose('client', reset) },
  ],
  'half-open': [
    { breaks: 'open', how: lose('server', synAck) },
    { breaks: 'unaware', how: (stage) => stage.accident({ from: 'server', match: reset, action: { delay: 0 }, label: 'sabotage' }) },
    { breaks: 'reset', how: lose('client', withText) },
  ],
  'open-refused': [
    { breaks: 'refused', how: (stage) => void stage.server.listen(80) },
    { breaks: 'told', how: lose('server', reset) },
    { breaks: 'stray', how: forging(() => undefined) },
  ],
  'open-isn': [
    { breaks: 'clock', how: numbering((chosen) => ((chosen * 2) | 0) as Seq) },
    { breaks: 'elsewhere', how: numbering(steady()) },
    { breaks: 'beyond', how: setting('server', 'glasstcp.msl', 0) },
  ],
  'open-options': [
    { breaks: 'all', how: setting('client', 'net.ipv4.tcp_sack', 0) },
    { breaks: 'no-scale', how: fixed('server', 'net.ipv4.tcp_window_scaling') },
    { breaks: 'no-mss', how: undamaged },
    { breaks: 'unasked', how: fixed('client', 'net.ipv4.tcp_sack') },
  ],
  'open-tcb': [
    { breaks: 'mirrored', how: lose('client', withText) },
    { breaks: 'agreed', how: setting('server', 'net.ipv4.tcp_timestamps', 0) },
    { breaks: 'flight', how: lose('client', (s) => s.dataLength === 1_000) },
    { breaks: 'gone', how: lose('client', reset) },
  ],
  'half-open-keepalive': [
    { breaks: 'answered', how: lose('server', bareAck) },
    { breaks: 'probes', how: setting('server', 'glasstcp.keepAliveProbes', 9) },
    { breaks: 'trusting', how: setting('server', 'glasstcp.keepAlive', 1) },
  ],
  'open-flood': [
    { breaks: 'dropped', how: fixed('server', 'net.ipv4.tcp_syncookies') },
    { breaks: 'opened', how: lose('client', bareAck) },
    { breaks: 'text', how: lose('client', withText) },
    { breaks: 'options', how: setting('client', 'net.ipv4.tcp_timestamps', 0) },
  ],
  'open-self-connect': [
    { breaks: 'open', how: mute('client') },
    { breaks: 'other-host', how: mute('server') },
  ],
  'open-two-way': [
    { breaks: 'two-open', how: (stage) => void (stage.server.becomeUnsafe = () => undefined) },
    { breaks: 'three-frees', how: setting('server', 'net.ipv4.tcp_synack_retries', 12) },
    { breaks: 'two-mute', how: lose('server', withText) },
    { breaks: 'two-deaf', how: (stage) => stage.accident({ from: 'client', match: (s) => bareSyn(s) && s.dstPort === 81, nth: 2, times: Infinity, action: 'drop', label: 'sabotage' }) },
  ],
  'open-queue-full': [
    { breaks: 'first-open', how: lose('client', bareAck) },
    { breaks: 'not-accepted', how: lose('client', withText) },
    { breaks: 'again', how: widenQueue },
    { breaks: 'opened', how: (stage) => stage.accident({ from: 'client', match: bareSyn, nth: 4, times: Infinity, action: 'drop', label: 'sabotage' }) },
  ],
};
