/** Sabotages of the labs on text with the handshake (section C). */
import type { Stage } from '../../../../src/labs/stage/stage.js';
import { SYN } from '../../../../src/wire/segment.js';
import type { Sabotages } from './sabotage.js';
import { forging, lose, setting, synAck, withText } from './ways.js';

/** The fifth thing that the play of data-on-syn injects: the ACK that ends the second handshake. */
const loseLastForged = (stage: Stage): void => {
  let count = 0;
  forging((fields) => (++count === 5 ? undefined : fields))(stage);
};

export const sabotages: Sabotages = {
  'data-third-ack': [
    { breaks: 'third', how: lose('server', synAck) },
    { breaks: 'one-step', how: lose('client', withText) },
  ],
  'data-on-syn': [
    { breaks: 'linux-syn-ack', how: forging((fields) => ({ ...fields, dstPort: 81 })) },
    { breaks: 'ignored', how: setting('server', 'glasstcp.synText', 'queue') },
    { breaks: 'again-acked', how: forging((fields) => (fields.flags === SYN || fields.text === undefined ? fields : { ...fields, text: undefined })) },
    { breaks: 'kept', how: setting('client', 'glasstcp.synText', 'ignore') },
    { breaks: 'delivered', how: loseLastForged },
  ],
  'data-fast-open': [
    { breaks: 'gives', how: setting('server', 'net.ipv4.tcp_fastopen', 0) },
    { breaks: 'asks', how: setting('client', 'net.ipv4.tcp_fastopen', 0) },
    { breaks: 'acks-text', how: lose('client', withText) },
    { breaks: 'opened', how: (stage) => void Object.assign(stage.world.line, { clear: () => undefined, release: () => undefined }) },
  ],
  'data-syn-flood': [
    { breaks: 'waiting', how: setting('server', 'glasstcp.synCookies', 'always') },
    { breaks: 'plain', how: setting('server', 'glasstcp.synText', 'queue') },
    { breaks: 'rfc', how: setting('client', 'glasstcp.synText', 'ignore') },
    { breaks: 'made-up', how: setting('server', 'net.ipv4.tcp_fastopen', 0) },
    { breaks: 'limit', how: forging((fields) => (fields.dstPort === 82 ? { ...fields, text: new Uint8Array(0) } : fields)) },
  ],
};
