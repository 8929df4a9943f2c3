/** Sabotages of the labs on numbers, and on the flags that have to do with them (section D). */
import type { Stage } from '../../../../src/labs/stage/stage.js';
import { ACK } from '../../../../src/wire/segment.js';
import type { Sabotages } from './sabotage.js';
import { bareAck, fin, forging, impassive, lose, setting, withText } from './ways.js';

/** No duplicate ACK arrives, and no timer runs out. */
const silentAndPatient = (stage: Stage): void => {
  lose('server', bareAck)(stage);
  impassive('client')(stage);
};

/** The network spares the segments that the play has this in store for. */
const withoutMishap = (label: string) => (stage: Stage): void => {
  const accident = stage.accident.bind(stage);
  stage.accident = (planned) => {
    if (planned.label !== label) accident(planned);
  };
};

export const sabotages: Sabotages = {
  'flag-pure-acks': [
    { breaks: 'acks', how: lose('server', withText) },
    { breaks: 'counted', how: lose('client', withText) },
    { breaks: 'rst', how: forging(() => undefined) },
  ],
  'flag-syn-fin-count': [
    { breaks: 'text', how: lose('client', withText) },
    { breaks: 'fin-ack', how: lose('client', fin) },
    { breaks: 'other-fin', how: lose('server', fin) },
  ],
  'flag-fin-without-ack': [
    { breaks: 'listen', how: forging((fields) => ({ ...fields, flags: fields.flags | ACK })) },
    { breaks: 'fin-client', how: forging((fields) => (fields.dstPort === 80 ? fields : undefined)) },
    { breaks: 'text', how: lose('client', withText) },
    { breaks: 'heard', how: lose('client', fin) },
  ],
  'flag-ecn': [
    { breaks: 'asks', how: setting('client', 'glasstcp.ecn', 'off') },
    { breaks: 'agrees', how: setting('server', 'glasstcp.ecn', 'off') },
    { breaks: 'echo', how: lose('client', withText) },
    { breaks: 'declined', how: setting('server', 'glasstcp.ecn', 'accept') },
    { breaks: 'reserved', how: forging((fields) => (fields.flags > 0xfff - 0xff ? undefined : fields)) },
  ],
  'seq-wrap': [
    { breaks: 'kept', how: setting('server', 'net.ipv4.tcp_sack', 0) },
    { breaks: 'kept', how: lose('client', withText) },
    { breaks: 'again', how: silentAndPatient },
  ],
  'seq-reliable': [
    { breaks: 'fast', how: lose('server', bareAck) },
    { breaks: 'twice', how: setting('server', 'net.ipv4.tcp_dsack', 0) },
    { breaks: 'checksum', how: impassive('client') },
    { breaks: 'reassembly', how: withoutMishap('late-label') },
  ],
};
