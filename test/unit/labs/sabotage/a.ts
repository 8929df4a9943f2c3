/** Sabotages of the labs on the handshake and its losses (sections A and B). */
import type { Role } from '../../../../src/labs/ends/end.js';
import type { Stage } from '../../../../src/labs/stage/stage.js';
import { ACK, RST, type Segment, SYN } from '../../../../src/wire/segment.js';
import type { Sabotages } from './sabotage.js';

/** All such segments are lost on the way. */
const lose = (from: Role, match: (segment: Segment) => boolean) => (stage: Stage): void =>
  stage.accident({ from, match, times: Infinity, action: 'drop', label: 'sabotage' });

const setting = (role: Role, name: string, value: string | number) => (stage: Stage): void => stage.host(role).sysctl(name, value);
const synAck = (s: Segment): boolean => s.has(SYN) && s.has(ACK);
const bareSyn = (s: Segment): boolean => s.has(SYN) && !s.has(ACK);
const bareAck = (s: Segment): boolean => s.has(ACK) && !s.has(SYN) && !s.has(RST);
const withText = (s: Segment): boolean => s.dataLength > 0;
const reset = (s: Segment): boolean => s.has(RST);

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
};
