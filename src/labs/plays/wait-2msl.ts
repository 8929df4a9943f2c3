/** The last ACK lost twice: TIME-WAIT answers each FIN anew and waits from there (RFC 9293 §3.10.7.4). */
import { MILLISECOND, SECOND } from '../../util/units.js';
import type { Lab } from '../lab.js';
import { decisionsBy } from '../stage/course.js';
import { loseLastAck } from '../stage/last-ack.js';
import { establish } from '../stage/pair.js';
import { segment } from '../stage/seen.js';
import { TIME_WAIT_STAYS } from '../stage/settings.js';

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
  setUp: { glass: { 'glasstcp.msl': MSL, ...TIME_WAIT_STAYS } },
  musts: ['lost', 'fin-again', 'ack-again', 'last-ack', 'restart', 'longer'],
  lasts: 4,
  citations: ['RFC 9293 §3.10.7.4 (TIME-WAIT, FIN)', 'RFC 9293 §3.6.1'],
  play: async (stage) => {
    const talk = await establish(stage, PORT);
    loseLastAck(stage, PORT, 'last-ack-lost', LOST);
    stage.say('begin', { lost: LOST });
    await talk.closeFirst('client');
    const isFin = segment('server', 'FIN,ACK');
    const first = await stage.see('lost', segment('client', 'ACK', { fate: 'lost' }));
    const fins = (): typeof stage.seen => stage.seen.filter(isFin);
    await stage.wait('fin-again', () => fins().length > LOST && new Set(fins().map((s) => s.view.seq)).size === 1, undefined, { times: LOST });
    const acks = (): typeof stage.seen => stage.seen.filter(segment('client', 'ACK', { ack: first.view.ack })).filter((s) => s.at >= first.at);
    await stage.wait('ack-again', () => acks().length > LOST && acks().filter((s) => s.fate === undefined).length > 0);
    const arrived = acks().find((s) => s.fate === undefined)?.at ?? NaN;
    await stage.until(() => talk.state('server') === 'CLOSED');
    const left = talk.since('server', 'CLOSED');
    stage.must('last-ack', talk.path('server').endsWith('LAST-ACK CLOSED') && left > arrived, `the server went through ${talk.path('server')}`);
    const restarts = decisionsBy(stage, 'time-wait-restart').length;
    stage.must('restart', restarts >= LOST, `${restarts} FINs began the wait anew`);
    await stage.until(() => talk.state('client') === 'CLOSED');
    const waited = stage.now() - first.at;
    const repeated = (acks().at(-1)?.at ?? NaN) - first.at;
    stage.must('longer', waited >= repeated + 2 * MSL - SLACK, `TIME-WAIT lasted ${waited / SECOND} s`, { waited: (waited / SECOND).toFixed(2), later: (repeated / SECOND).toFixed(2), two: (2 * MSL) / SECOND });
  },
};
