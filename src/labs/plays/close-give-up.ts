/** No FIN gets through: the sender gives up after R2, and the other side knows of nothing (RFC 9293 §3.8.3, §3.5.1). */
import { MILLISECOND } from '../../util/units.js';
import type { Lab } from '../lab.js';
import { establish } from '../stage/pair.js';
import { segment } from '../stage/seen.js';

/** Linux's default is 0, which means 8. Counted in time: one more or less may fit into it. */
const ORPHAN_RETRIES = 2;
/** Our timeout is never less than 200 ms; timers may be late, never early. */
const LEAST_RTO = 190 * MILLISECOND;

export const closeGiveUp: Lab = {
  id: 'close-give-up',
  section: 'F',
  entries: [60, 61],
  glass: 'client',
  setUp: { sysctls: { client: { 'net.ipv4.tcp_orphan_retries': ORPHAN_RETRIES } } },
  musts: ['repeats', 'gave-up', 'doubled', 'client-path', 'half-open', 'rst', 'told'],
  lasts: 4,
  citations: ['RFC 9293 §3.8.3', 'RFC 9293 §3.5.1', 'RFC 9293 §3.10.7.1'],
  play: async (stage) => {
    const pair = await establish(stage, 80);
    const { client, server } = pair;
    stage.accident({ from: 'client', match: () => true, times: Infinity, action: 'drop', label: 'all-lost' });
    stage.say('begin');
    client.close();
    const fins = () => stage.seen.filter(segment('client', 'FIN,ACK', { seq: 1, fate: 'lost' }));
    await stage.wait('repeats', () => fins().length > ORPHAN_RETRIES);
    await stage.until(() => pair.state('client') === 'CLOSED', 40_000 * MILLISECOND);
    const [sent, over] = [fins(), pair.since('client', 'CLOSED')];
    stage.must('gave-up', over > 0 && stage.decided('r2-reached'), `${sent.length} FINs, and the client is ${pair.state('client')}`, { times: sent.length });
    const waits = sent.map(({ at }, n) => (sent[n + 1]?.at ?? over) - at);
    stage.must('doubled', waits.every((wait, n) => wait > LEAST_RTO * 2 ** n), `after ${waits.join(', ')} µs`, { total: Math.round((over - sent[0].at) / MILLISECOND) });
    stage.must('client-path', pair.path('client').endsWith('ESTABLISHED FIN-WAIT-1 CLOSED'), `the client went ${pair.path('client')}`);
    stage.must('half-open', pair.state('server') === 'ESTABLISHED', `the server is ${pair.state('server')}`);
    stage.world.line.clear();
    stage.say('mended');
    server.send('hello?');
    await stage.see('rst', segment('client', 'RST'));
    await stage.wait('told', () => server.receive() === '' && server.error === 'ECONNRESET');
  },
};
