/** Sabotages of the labs of section D. */
import { Linux } from '../../../../src/bsd/constants.js';
import type { Role } from '../../../../src/labs/ends/end.js';
import type { Stage } from '../../../../src/labs/stage/stage.js';
import { ACK, RST } from '../../../../src/wire/segment.js';
import type { Sabotages } from './sabotage.js';
import { bareAck, fixed, forging, lose, setting, synAck } from './ways.js';

/** Each socket of this host has the option from the start. */
const withOption = (role: Role, level: number, option: number) => (stage: Stage): void => {
  const host = stage.host(role);
  const socket = host.socket.bind(host);
  host.socket = () => {
    const made = socket();
    made.option(level, option, 1);
    return made;
  };
};

export const sabotages: Sabotages = {
  'rst-window': [
    { breaks: 'exact', how: forging((fields) => ({ ...fields, seq: fields.seq + 1 })) },
    { breaks: 'challenge', how: lose('server', bareAck) },
  ],
  'flag-psh': [
    { breaks: 'placed', how: withOption('client', Linux.SOL_TCP, Linux.TCP_NODELAY) },
    { breaks: 'early', how: (stage) => stage.accident({ from: 'client', match: (s) => s.dataLength > 1_000, nth: 2, action: 'drop', label: 'sabotage' }) },
  ],
  'flag-urg': [
    { breaks: 'wire', how: setting('client', 'glasstcp.urgentPointer', 'last') },
    { breaks: 'apart', how: withOption('server', Linux.SOL_SOCKET, Linux.SO_OOBINLINE) },
    { breaks: 'off-by-one', how: fixed('server', 'net.ipv4.tcp_stdurg') },
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
  'rst-kinds': [
    { breaks: 'refused', how: (stage) => void stage.server.listen(80) },
    { breaks: 'half-open', how: (stage) => stage.accident({ from: 'server', match: (s) => s.srcPort === 81 && s.has(RST), times: Infinity, action: 'drop', label: 'sabotage' }) },
    { breaks: 'challenge', how: forging((fields) => (fields.flags === RST ? undefined : fields)) },
    { breaks: 'syn-sent', how: forging((fields) => (fields.flags === RST ? fields : { ...fields, ack: (fields.ack ?? 0) + 1_001 })) },
    { breaks: 'unread', how: (stage) => stage.accident({ from: 'server', match: (s) => s.srcPort === 85 && s.dataLength > 0, times: Infinity, action: 'drop', label: 'sabotage' }) },
    { breaks: 'overflow', how: fixed('server', 'net.ipv4.tcp_abort_on_overflow') },
  ],
};
