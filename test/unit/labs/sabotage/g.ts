/** Sabotages of the labs on CLOSE-WAIT and TIME-WAIT (section G). */
import { GlassEnd } from '../../../../src/labs/ends/glass-end.js';
import { ACK, RST } from '../../../../src/wire/segment.js';
import type { Sabotages } from './sabotage.js';
import { fin, fixed, forging, lose, reset, setting, withText } from './ways.js';

export const sabotages: Sabotages = {
  'wait-2msl': [
    { breaks: 'lost', how: lose('server', fin) },
    { breaks: 'fin-again', how: setting('client', 'glasstcp.msl', 0) },
    { breaks: 'fin-again', how: setting('server', 'glasstcp.rtoMin', 30_000_000) },
  ],
  'wait-why-two': [
    { breaks: 'none', how: fixed('client', 'glasstcp.msl') },
    { breaks: 'fin-before', how: setting('server', 'glasstcp.rtoMin', 30_000_000) },
  ],
  'wait-none': [
    { breaks: 'forgotten', how: setting('client', 'glasstcp.msl', 30_000_000) },
    { breaks: 'reset', how: lose('client', reset) },
  ],
  'wait-same-tuple': [
    { breaks: 'low-ack', how: forging(() => undefined) },
    { breaks: 'stamp-rule', how: setting('client', 'net.ipv4.tcp_timestamps', 0) },
    { breaks: 'holds', how: setting('server', 'glasstcp.msl', 0) },
  ],
  'wait-active-closer': [
    { breaks: 'server-waits', how: setting('server', 'glasstcp.msl', 0) },
    { breaks: 'client-waits', how: setting('client', 'glasstcp.msl', 0) },
  ],
  'wait-no-descriptor': [
    { breaks: 'waiting', how: setting('client', 'glasstcp.msl', 0) },
  ],
  'close-wait-pile': [
    { breaks: 'pile', how: lose('client', fin) },
    { breaks: 'client-gone', how: setting('client', 'glasstcp.finWait2Timeout', 60_000_000) },
  ],
  'wait-residue-answered': [
    { breaks: 'fin-acked', how: setting('client', 'net.ipv4.tcp_rfc1337', 0) },
    { breaks: 'text-acked', how: forging((fields) => ({ ...fields, flags: RST })) },
    { breaks: 'rst-silent', how: forging((fields) => ({ ...fields, flags: fields.flags === RST ? ACK : fields.flags })) },
    { breaks: 'waits', how: setting('client', 'glasstcp.msl', 0) },
  ],
  'wait-flood': [
    { breaks: 'all-waiting', how: setting('client', 'glasstcp.msl', 0) },
    { breaks: 'refused', how: setting('client', 'net.ipv4.ip_local_port_range', '32768 60999') },
    { breaks: 'server-waits', how: setting('server', 'glasstcp.msl', 0) },
  ],
  'wait-old-segment': [
    { breaks: 'corrupted', how: (stage) => void (stage.world.line.inject = () => undefined) },
    { breaks: 'paws', how: setting('server', 'net.ipv4.tcp_timestamps', 0) },
    { breaks: 'no-successor', how: fixed('client', 'glasstcp.msl') },
  ],
  'wait-assassination': [
    { breaks: 'answered', how: lose('server', reset) },
    { breaks: 'killed', how: setting('client', 'net.ipv4.tcp_rfc1337', 1) },
    { breaks: 'ignored', how: fixed('client', 'net.ipv4.tcp_rfc1337') },
  ],
  'close-wait-emfile': [
    { breaks: 'pile', how: lose('client', fin) },
    { breaks: 'emfile', how: (stage) => {
      const { end } = stage.server;
      if (end instanceof GlassEnd) end.calls.limitDescriptors = () => undefined;
    } },
    { breaks: 'acked', how: lose('client', withText) },
  ],
};
