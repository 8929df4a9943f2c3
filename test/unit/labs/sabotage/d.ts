/** Sabotages of the labs of section D. */
import { ACK, RST } from '../../../../src/wire/segment.js';
import type { Sabotages } from './sabotage.js';
import { bareAck, forging, lose, synAck } from './ways.js';

export const sabotages: Sabotages = {
  'rst-window': [
    { breaks: 'exact', how: forging((fields) => ({ ...fields, seq: fields.seq + 1 })) },
    { breaks: 'challenge', how: lose('server', bareAck) },
  ],
  'rst-syn-sent': [
    { breaks: 'bad-ack', how: forging((fields) => ({ ...fields, ack: (fields.ack ?? 0) + 1 })) },
    { breaks: 'no-ack', how: (stage) => {
      let x = 0;
      forging((fields) => {
        x ||= fields.ack ?? 0;
        return fields.flags === RST ? { ...fields, flags: RST | ACK, ack: x + 1 } : fields;
      })(stage);
    } },
    { breaks: 'opened', how: lose('server', synAck) },
    { breaks: 'good-ack', how: forging((fields) => (fields.flags === (RST | ACK) ? { ...fields, flags: RST } : fields)) },
  ],
};
