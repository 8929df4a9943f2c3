/** The close in four segments: each direction has its FIN and its ACK, with a pause between (RFC 9293 §3.6, Figure 12). */
import { MILLISECOND } from '../../util/units.js';
import type { Lab } from '../lab.js';
import { establish } from '../stage/pair.js';
import { segment } from '../stage/seen.js';

const MSL = 500 * MILLISECOND;
/** How long the server has more to do after the client's FIN. */
const MEANWHILE = 100 * MILLISECOND;

export const closeFour: Lab = {
  id: 'close-four',
  section: 'F',
  entries: [51, 52, 53, 54],
  glass: 'client',
  setUp: { glass: { 'glasstcp.msl': MSL } },
  musts: ['fin', 'ack', 'half', 'fin-back', 'last-ack', 'server-closed', 'time-wait', 'client-path', 'server-path'],
  lasts: 2,
  citations: ['RFC 9293 §3.6, Figure 12', 'RFC 9293 §3.10.7.4'],
  play: async (stage) => {
    const pair = await establish(stage, 80);
    stage.say('begin');
    pair.client.close();
    await stage.see('fin', segment('client', 'FIN,ACK', { seq: 1, ack: 1, length: 0 }));
    await stage.see('ack', segment('server', 'ACK', { seq: 1, ack: 2, length: 0 }));
    await stage.wait('half', () => pair.state('client') === 'FIN-WAIT-2' && pair.state('server') === 'CLOSE-WAIT');
    await stage.pause(MEANWHILE);
    stage.say('server-closes');
    pair.server.close();
    await stage.see('fin-back', segment('server', 'FIN,ACK', { seq: 1, ack: 2, length: 0 }));
    await stage.see('last-ack', segment('client', 'ACK', { seq: 2, ack: 2, length: 0 }));
    await stage.until(() => pair.state('server') === 'CLOSED');
    const [client, server] = [pair.state('client'), pair.state('server')];
    stage.must('server-closed', server === 'CLOSED' && client === 'TIME-WAIT', `the client is ${client}, the server ${server}`);
    await stage.until(() => pair.state('client') === 'CLOSED');
    const waited = pair.since('client', 'CLOSED') - pair.since('client', 'TIME-WAIT');
    stage.must('time-wait', waited > 1.9 * MSL && stage.decided('time-wait-over'), `TIME-WAIT lasted ${waited} µs`, { waited: Math.round(waited / MILLISECOND) });
    stage.must('client-path', pair.path('client').endsWith('ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT CLOSED'), `the client went ${pair.path('client')}`);
    stage.must('server-path', pair.path('server').endsWith('ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED'), `the server went ${pair.path('server')}`);
  },
};
