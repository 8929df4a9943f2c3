/** TIME-WAIT assassinated: an old segment, our ACK, and the RST of a peer that knows nothing any more (RFC 1337 §2, §3). */
import { MILLISECOND, SECOND } from '../../util/units.js';
import { ACK, PSH } from '../../wire/segment.js';
import type { Lab } from '../lab.js';
import { pairUp } from '../stage/pair.js';
import { segment } from '../stage/seen.js';
import type { Stage } from '../stage/stage.js';
import { readText } from '../stage/text-flow.js';

const FROM = 40_000;
const TEXT = 'hello';

interface Outcome {
  /** What the old segment led to, in order: "client ACK, server RST". */
  readonly exchange: string;
  /** The RST is at the number that the ACK before it has named. */
  readonly exact: boolean;
  readonly state: string;
  /** Of a new connect() from the same port to the same port. */
  readonly again: string;
}

/** The client closes first; an old segment of the server comes while it is in TIME-WAIT. */
async function disturb(stage: Stage, port: number): Promise<Outcome> {
  const listener = stage.server.listen(port);
  const talk = await pairUp(stage, listener, port, FROM);
  talk.server.send(TEXT);
  await readText(stage, talk.client, TEXT.length);
  await talk.closeFirst('client');
  await stage.until(() => stage.state('client', FROM, port) === 'TIME-WAIT' && stage.state('server', port, FROM) === 'CLOSED');
  const fin = stage.seen.findLast(segment('server', 'FIN,ACK'));
  const { seq, ack } = fin?.view.absolute ?? { seq: NaN, ack: NaN };
  const { length } = stage.seen;
  stage.say('old');
  stage.inject('client', { srcPort: port, dstPort: FROM, seq: (seq - TEXT.length) >>> 0, ack, flags: ACK | PSH, text: TEXT });
  await stage.until(() => stage.seen.slice(length).some(({ flags }) => flags === 'RST'), 2 * SECOND);
  await stage.pause(50 * MILLISECOND);
  const follows = stage.seen.slice(length).filter(({ fate }) => fate === undefined);
  const state = stage.state('client', FROM, port);
  const again = stage.client.socket().reuseAddress().bind(FROM).connect(stage.server.address, port);
  await stage.pause(50 * MILLISECOND);
  return {
    exchange: follows.map(({ from, flags }) => `${from} ${flags}`).slice(0, 2).join(', '), exact: follows.length > 1 && follows[1].view.absolute.seq === follows[0].view.absolute.ack,
    state, again: again.error,
  };
}

export const waitAssassination: Lab = {
  id: 'wait-assassination',
  section: 'G',
  entries: [36, 68],
  glass: 'client',
  // A FIN sent twice on a slow machine would lead to a RST, too, and before its time.
  setUp: { glass: { 'glasstcp.msl': 30 * SECOND }, sysctls: { server: { 'net.ipv4.tcp_rto_min_us': 3_000_000, 'net.ipv4.tcp_early_retrans': 0 } } },
  musts: ['answered', 'killed', 'successor', 'same', 'ignored', 'protected'],
  lasts: 2,
  citations: ['RFC 1337 §2', 'RFC 1337 §3', 'RFC 9293 §3.10.7.4 (TIME-WAIT)', 'RFC 9293 §3.6.1'],
  play: async (stage) => {
    stage.say('default');
    const killed = await disturb(stage, 80);
    stage.must('answered', killed.exchange === 'client ACK, server RST' && killed.exact, killed.exchange);
    stage.must('killed', killed.state === 'CLOSED' && stage.decided('reset-in-closing'), `the client is ${killed.state}`);
    stage.must('successor', killed.again === 'EINPROGRESS', `connect() said ${killed.again}`);
    stage.say('guarded');
    stage.client.sysctl('net.ipv4.tcp_rfc1337', 1);
    const guarded = await disturb(stage, 81);
    stage.must('same', guarded.exchange === killed.exchange && guarded.exact, guarded.exchange);
    stage.must('ignored', guarded.state === 'TIME-WAIT' && stage.decided('time-wait-ignores-reset'), `the client is ${guarded.state}`);
    stage.must('protected', guarded.again === 'EADDRNOTAVAIL', `connect() said ${guarded.again}`, { error: guarded.again });
    stage.show({
      kind: 'table', key: 'outcomes', columns: ['setting', 'state', 'again'],
      rows: [['net.ipv4.tcp_rfc1337 = 0', killed.state, killed.again], ['net.ipv4.tcp_rfc1337 = 1', guarded.state, guarded.again]],
    });
  },
};
