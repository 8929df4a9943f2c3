/** The last ACK lost twice: TIME-WAIT answers each FIN anew and waits from there (RFC 9293 §3.10.7.4). */
import { MILLISECOND, SECOND } from '../../util/units.js';
import { ACK, FIN, SYN } from '../../wire/segment.js';
import type { Lab } from '../lab.js';
import { closeFirst, converse, pathOf } from '../stage/conversation.js';
import { decisionsBy } from '../stage/course.js';
import { segment } from '../stage/seen.js';

const PORT = 80;
const LOST = 2;
const MSL = 1 * SECOND;
/** What the line needs to take a segment from the host. */
const SLACK = 50 * MILLISECOND;

export const wait2Msl: Lab = {
  id: 'wait-2msl',
  section: 'G',
  entries: [61, 65],
  glass: 'client',
  // A FIN sent twice on a slow machine, and our second ACK makes the peer send RST: that must not end TIME-WAIT (RFC 1337).
  setUp: { glass: { 'glasstcp.msl': MSL, 'net.ipv4.tcp_rfc1337': 1 } },
  musts: ['lost', 'fin-again', 'ack-again', 'last-ack', 'restart', 'longer'],
  lasts: 4,
  citations: ['RFC 9293 §3.10.7.4 (TIME-WAIT, FIN)', 'RFC 9293 §3.6.1'],
  play: async (stage) => {
    const talk = await converse(stage, stage.server.listen(PORT), PORT);
    let fin = false;
    stage.accident({
      from: 'client', action: 'drop', times: LOST, label: 'last-ack-lost',
      // Only what answers the server's FIN: its number is known when that FIN has passed.
      match: (seg) => (fin ||= stage.seen.some((s) => s.from === 'server' && s.flags === 'FIN,ACK')) && (seg.flags & (SYN | FIN | ACK)) === ACK,
    });
    stage.say('begin', { lost: LOST });
    await closeFirst(stage, 'client', talk);
    const isFin = segment('server', 'FIN,ACK');
    const first = await stage.see('lost', segment('client', 'ACK', { fate: 'lost' }));
    const fins = (): typeof stage.seen => stage.seen.filter(isFin);
    await stage.wait('fin-again', () => fins().length > LOST && new Set(fins().map((s) => s.view.seq)).size === 1, undefined, { times: LOST });
    const acks = (): typeof stage.seen => stage.seen.filter(segment('client', 'ACK', { ack: first.view.ack })).filter((s) => s.at >= first.at);
    await stage.wait('ack-again', () => acks().length > LOST && acks().filter((s) => s.fate === undefined).length > 0);
    const arrived = acks().find((s) => s.fate === undefined)?.at ?? NaN;
    await stage.until(() => stage.state('server', PORT, talk.port) === 'CLOSED');
    const left = stage.path('server', PORT, talk.port).find((s) => s.state === 'CLOSED')?.at ?? NaN;
    stage.must('last-ack', pathOf(stage, 'server', talk.port, PORT).endsWith('LAST-ACK CLOSED') && left > arrived, `the server went through ${pathOf(stage, 'server', talk.port, PORT)}`);
    const restarts = decisionsBy(stage, 'time-wait-restart').length;
    stage.must('restart', restarts >= LOST, `${restarts} FINs began the wait anew`);
    await stage.until(() => stage.state('client', talk.port, PORT) === 'CLOSED');
    const waited = stage.now() - first.at;
    const repeated = (acks().at(-1)?.at ?? NaN) - first.at;
    stage.must('longer', waited >= repeated + 2 * MSL - SLACK, `TIME-WAIT lasted ${waited / SECOND} s`, { waited: (waited / SECOND).toFixed(2), later: (repeated / SECOND).toFixed(2), two: (2 * MSL) / SECOND });
  },
};
