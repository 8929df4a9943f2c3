/** A FIN overtakes the text before it: it has its place in the order of octets, and waits there (RFC 9293 §3.4, §3.10.7.4). */
import { MILLISECOND } from '../../util/units.js';
import type { Lab } from '../lab.js';
import { establish } from '../stage/pair.js';
import { segment, withText } from '../stage/seen.js';
import { hasText } from '../stage/shape.js';

const WORDS = 'last words';
const AFTER = 1 + WORDS.length;

export const closeFinEarly: Lab = {
  id: 'close-fin-early',
  section: 'F',
  entries: [33, 46, 60],
  glass: 'server',
  musts: ['late', 'fin', 'dup-ack', 'still-open', 'reason', 'close-wait', 'ack', 'text'],
  citations: ['RFC 9293 §3.4', 'RFC 9293 §3.10.7.4', 'RFC 9293 §3.6'],
  play: async (stage) => {
    const pair = await establish(stage, 80);
    const { client, server } = pair;
    stage.accident({ from: 'client', match: hasText, action: { delay: 300 * MILLISECOND }, label: 'slow-text' });
    stage.say('begin');
    client.send(WORDS);
    client.close();
    await stage.see('late', (seen) => withText('client')(seen) && seen.view.seq === 1 && seen.fate === 'delayed');
    const fin = await stage.see('fin', segment('client', 'FIN,ACK', { seq: AFTER, length: 0 }));
    await stage.see('dup-ack', (seen) => segment('server', 'ACK', { ack: 1, length: 0 })(seen) && seen.at > fin.at);
    const text = server.receive();
    stage.must('still-open', text === '' && !server.ended && pair.state('server') === 'ESTABLISHED', `the server is ${pair.state('server')} and has read "${text}"`);
    stage.must('reason', stage.decided('fin-out-of-order'), 'the server did not notice that the FIN came early');
    await stage.wait('close-wait', () => pair.state('server') === 'CLOSE-WAIT');
    await stage.see('ack', segment('server', 'ACK', { ack: AFTER + 1 }));
    const words = server.receive();
    server.receive();
    stage.must('text', words === WORDS && server.ended, `the server has read "${words}"`);
  },
};
