/** A FIN is lost, then its acknowledgment, then the other side's FIN: a retransmission timer mends each in the same way (RFC 9293 §3.8.1, RFC 6298 §5). */
import { MILLISECOND } from '../../util/units.js';
import { FIN, SYN } from '../../wire/segment.js';
import type { Lab } from '../lab.js';
import { establish } from '../stage/pair.js';
import { segment } from '../stage/seen.js';

/** Our timeout is never less than 200 ms; timers may be late, never early. */
const LEAST_RTO = 190 * MILLISECOND;

export const closeLostFin: Lab = {
  id: 'close-lost-fin',
  section: 'F',
  entries: [60],
  glass: 'client',
  musts: ['lost', 'unaware', 'again', 'close-wait', 'ack-lost', 'third', 'same', 'backoff', 'acked', 'back-lost', 'back-again'],
  lasts: 2,
  citations: ['RFC 9293 §3.8.1', 'RFC 9293 §3.10.7.4', 'RFC 6298 §5'],
  play: async (stage) => {
    const pair = await establish(stage, 80);
    stage.accident({ from: 'client', match: (seg) => seg.has(FIN), action: 'drop', label: 'fin-lost' });
    stage.accident({ from: 'server', match: (seg) => !seg.has(SYN) && !seg.has(FIN), action: 'drop', label: 'ack-lost' });
    stage.say('begin');
    pair.client.close();
    await stage.see('lost', segment('client', 'FIN,ACK', { seq: 1, fate: 'lost' }));
    await stage.pause(50 * MILLISECOND);
    const [client, server] = [pair.state('client'), pair.state('server')];
    stage.must('unaware', client === 'FIN-WAIT-1' && server === 'ESTABLISHED', `the client is ${client}, the server ${server}`);
    const fins = () => stage.seen.filter(segment('client', 'FIN,ACK'));
    await stage.wait('again', () => fins().length > 1);
    await stage.wait('close-wait', () => pair.state('server') === 'CLOSE-WAIT');
    await stage.see('ack-lost', segment('server', 'ACK', { seq: 1, ack: 2, fate: 'lost' }));
    await stage.wait('third', () => fins().length > 2);
    const [first, second, third] = fins();
    stage.must('same', fins().every(({ view }) => view.seq === 1 && view.ack === 1), 'a repeated FIN has other numbers');
    const [wait, longer] = [second.at - first.at, third.at - second.at];
    stage.must('backoff', wait > LEAST_RTO && longer > 2 * LEAST_RTO, `after ${wait} and ${longer} µs`, { wait: Math.round(wait / MILLISECOND), longer: Math.round(longer / MILLISECOND) });
    await stage.wait('acked', () => pair.state('client') === 'FIN-WAIT-2');

    stage.say('server-closes');
    stage.accident({ from: 'server', match: (seg) => seg.has(FIN), action: 'drop', label: 'fin-lost' });
    pair.server.close();
    await stage.see('back-lost', (seen) => segment('server', 'FIN,ACK', { seq: 1, ack: 2, fate: 'lost' })(seen) && pair.since('client', 'FIN-WAIT-2') <= seen.at && !(pair.since('client', 'TIME-WAIT') <= seen.at));
    const back = () => stage.seen.filter(segment('server', 'FIN,ACK', { seq: 1, ack: 2 }));
    await stage.wait('back-again', () => back().length > 1 && pair.state('client') === 'TIME-WAIT');
  },
};
