/** The last ACK is lost, twice: TIME-WAIT answers each repeated FIN and begins its 2 MSL anew (RFC 9293 §3.10.7.4, §3.10.8). */
import { MILLISECOND } from '../../util/units.js';
import { FIN } from '../../wire/segment.js';
import type { Lab } from '../lab.js';
import { decisionsBy } from '../stage/course.js';
import { establish } from '../stage/pair.js';
import { segment } from '../stage/seen.js';

const MSL = 1000 * MILLISECOND;

export const closeLostLastAck: Lab = {
  id: 'close-lost-last-ack',
  section: 'F',
  entries: [60, 61, 65, 70],
  glass: 'client',
  setUp: { glass: { 'glasstcp.msl': MSL } },
  musts: ['last-ack', 'unsure', 'fin-again', 'answers', 'restart', 'server-closed', 'over', 'restarted'],
  lasts: 4,
  citations: ['RFC 9293 §3.6.1', 'RFC 9293 §3.10.7.4', 'RFC 9293 §3.10.8'],
  play: async (stage) => {
    const pair = await establish(stage, 80);
    stage.say('begin');
    pair.client.close();
    await stage.until(() => pair.state('client') === 'FIN-WAIT-2');
    stage.accident({ from: 'client', match: (seg) => !seg.has(FIN), times: 2, action: 'drop', label: 'last-ack-lost' });
    pair.server.close();
    const lastAck = segment('client', 'ACK', { seq: 2, ack: 2, length: 0 });
    await stage.see('last-ack', (seen) => lastAck(seen) && seen.fate === 'lost');
    const [client, server] = [pair.state('client'), pair.state('server')];
    stage.must('unsure', client === 'TIME-WAIT' && server === 'LAST-ACK', `the client is ${client}, the server ${server}`);
    const fins = () => stage.seen.filter(segment('server', 'FIN,ACK', { seq: 1, ack: 2 })).length;
    await stage.wait('fin-again', () => fins() >= 3);
    await stage.wait('answers', () => stage.seen.filter(lastAck).length >= 3);
    const restarts = decisionsBy(stage, 'time-wait-restart').length;
    stage.must('restart', restarts >= 2, `glasstcp began its 2 MSL anew ${restarts} times`);
    await stage.wait('server-closed', () => pair.state('server') === 'CLOSED');
    await stage.until(() => pair.state('client') === 'CLOSED', 8 * MSL);
    const answers = stage.seen.filter(lastAck);
    const over = pair.since('client', 'CLOSED');
    const [whole, rest] = [over - answers[0].at, over - answers[answers.length - 1].at];
    stage.must('over', rest > 1.9 * MSL, `closed ${rest} µs after the last answer`, { rest: Math.round(rest / MILLISECOND) });
    stage.must('restarted', whole > 2.1 * MSL, `TIME-WAIT lasted ${whole} µs in all`, { whole: Math.round(whole / MILLISECOND) });
  },
};
