/** Sabotages of the labs on CLOSE-WAIT and TIME-WAIT (section G). */
import { GlassEnd } from '../../../../src/labs/ends/glass-end.js';
import type { Host } from '../../../../src/labs/stage/host.js';
import { Unsafe } from '../../../../src/tcp/unsafe.js';
import { ACK, RST } from '../../../../src/wire/segment.js';
import type { Sabotages } from './sabotage.js';
import { fin, fixed, forging, lose, reset, setting, withText } from './ways.js';

/** A host that leaves out more than the play asks for. */
function always(host: Host, variant: Unsafe): void {
  const becomeUnsafe = host.becomeUnsafe.bind(host);
  host.becomeUnsafe = () => becomeUnsafe(variant);
}

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
  'wait-old-segment-unsafe': [
    { breaks: 'guessed', how: (stage) => void (stage.client.becomeUnsafe = () => undefined) },
    { breaks: 'corrupted', how: (stage) => void (stage.world.line.release = () => undefined) },
    { breaks: 'paws', how: (stage) => always(stage.server, Unsafe.predictableIsnNoPaws) },
    { breaks: 'no-successor', how: fixed('server', 'glasstcp.msl') },
  ],
  'wait-remedies': [
    { breaks: 'nothing', how: setting('client', 'glasstcp.msl', 0) },
    { breaks: 'reuse', how: fixed('client', 'net.ipv4.tcp_tw_reuse') },
    { breaks: 'range', how: fixed('client', 'net.ipv4.ip_local_port_range') },
    { breaks: 'recycle', how: fixed('client', 'net.ipv4.tcp_tw_recycle') },
  ],
  'state-bingo': [
    { breaks: 'fin-wait-2', how: lose('client', fin) },
    { breaks: 'closed', how: setting('client', 'glasstcp.msl', 30_000_000) },
    { breaks: 'closing', how: lose('server', fin) },
  ],
  'wait-sentences': [
    { breaks: 'three', how: lose('client', reset) },
    { breaks: 'four', how: setting('server', 'glasstcp.delayedAck', 0) },
    { breaks: 'states', how: (stage) => (['client', 'server'] as const).forEach((role) => lose(role, (seg) => fin(seg) && [seg.srcPort, seg.dstPort].includes(81))(stage)) },
    { breaks: 'time-wait', how: setting('client', 'glasstcp.msl', 0) },
  ],
  'wait-values': [
    { breaks: 'two-msl', how: lose('server', fin) },
    { breaks: 'other-end', how: setting('server', 'glasstcp.msl', 1_000_000) },
    { breaks: 'late', how: (stage) => void (stage.world.line.release = () => undefined) },
  ],
  'state-board': [
    { breaks: 'close-wait', how: setting('client', 'glasstcp.finWait2Timeout', -1) },
    { breaks: 'time-wait', how: setting('server', 'glasstcp.msl', 0) },
    { breaks: 'mended', how: (stage) => stage.accident({ from: 'server', match: fin, nth: 6, times: Infinity, action: 'drop', label: 'sabotage' }) },
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
