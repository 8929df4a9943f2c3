/** FIN-WAIT-2 that nobody waits in: close() lets it end after a while, shutdown() does not (Linux tcp_fin_timeout; RFC 9293 §3.3.2 knows no such end). */
import { SECOND } from '../../util/units.js';
import type { Lab } from '../lab.js';
import { pairUp } from '../stage/pair.js';

/** Linux's default is 60. */
const FIN_TIMEOUT = 1;

export const closeFinWait2Orphan: Lab = {
  id: 'close-fin-wait-2-orphan',
  section: 'F',
  entries: [60, 75],
  glass: 'client',
  setUp: { sysctls: { client: { 'net.ipv4.tcp_fin_timeout': FIN_TIMEOUT } } },
  musts: ['both-wait', 'over', 'reason', 'no-time-wait', 'patient', 'server-unaware', 'rst', 'answered'],
  lasts: 3,
  citations: ['RFC 9293 §3.6', 'RFC 9293 §3.10.7.1'],
  play: async (stage) => {
    const listener = stage.server.listen(80);
    const orphan = await pairUp(stage, listener, 80);
    const half = await pairUp(stage, listener, 80);
    stage.say('begin');
    orphan.client.close();
    half.client.shutdown();
    await stage.wait('both-wait', () => orphan.state('client') === 'FIN-WAIT-2' && half.state('client') === 'FIN-WAIT-2');
    await stage.until(() => orphan.state('client') === 'CLOSED');
    const lasted = orphan.since('client', 'CLOSED') - orphan.since('client', 'FIN-WAIT-2');
    stage.must('over', lasted > 0.9 * FIN_TIMEOUT * SECOND, `it lasted ${lasted} µs`, { seconds: (lasted / SECOND).toFixed(1) });
    stage.must('reason', stage.decided('fin-wait-2-over'), 'it ended for another reason');
    stage.must('no-time-wait', orphan.path('client').endsWith('FIN-WAIT-1 FIN-WAIT-2 CLOSED'), `the client went ${orphan.path('client')}`);
    stage.must('patient', half.state('client') === 'FIN-WAIT-2', `it is ${half.state('client')}`);
    stage.must('server-unaware', orphan.state('server') === 'CLOSE-WAIT', `the server is ${orphan.state('server')}`);
    stage.say('late');
    orphan.server.send('are you there?');
    await stage.see('rst', ({ from, flags }) => from === 'client' && flags.includes('RST'));
    half.server.send('and you?');
    let text = '';
    await stage.wait('answered', () => (text += half.client.receive()) === 'and you?');
  },
};
