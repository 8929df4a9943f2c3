/** Both sides close before they have heard of the other's FIN: CLOSING, and TIME-WAIT on both sides (RFC 9293 §3.6, Figure 13). */
import type { Lab } from '../lab.js';
import { establish } from '../stage/pair.js';
import { segment } from '../stage/seen.js';

export const closeSimultaneous: Lab = {
  id: 'close-simultaneous',
  section: 'F',
  entries: [58, 78],
  glass: 'client',
  musts: ['fins', 'crossed', 'acks', 'client-path', 'server-path', 'both-wait'],
  citations: ['RFC 9293 §3.6, Figure 13', 'RFC 9293 §3.10.7.4'],
  play: async (stage) => {
    const pair = await establish(stage, 80);
    stage.say('begin');
    pair.client.close();
    pair.server.close();
    const mine = await stage.see('fins', segment('client', 'FIN,ACK', { seq: 1, ack: 1, length: 0 }));
    const yours = await stage.see('crossed', segment('server', 'FIN,ACK', { seq: 1, ack: 1, length: 0 }));
    const ack = await stage.see('acks', segment('client', 'ACK', { seq: 2, ack: 2, length: 0 }));
    await stage.until(() => pair.state('client') === 'TIME-WAIT' && pair.state('server') === 'TIME-WAIT');
    const [client, server] = [pair.path('client'), pair.path('server')];
    stage.must('client-path', client.endsWith('ESTABLISHED FIN-WAIT-1 CLOSING TIME-WAIT') && mine.at < ack.at, `the client went ${client}`);
    stage.must('server-path', server.endsWith('ESTABLISHED FIN-WAIT-1 CLOSING TIME-WAIT') && yours.at < ack.at, `the server went ${server}`);
    stage.must('both-wait', stage.decided('fin-simultaneous') && stage.decided('closing-fin-acked'), 'the client entered CLOSING and left it for other reasons');
  },
};
