/** Text for a program that has gone: close() shuts both directions, FIN tells only of one, so RST tells of the other (RFC 9293 §3.6.1). */
import type { Lab } from '../lab.js';
import { establish } from '../stage/pair.js';
import { segment, withText } from '../stage/seen.js';

export const closeDataAfterClose: Lab = {
  id: 'close-data-after-close',
  section: 'F',
  entries: [36, 57, 59],
  glass: 'client',
  musts: ['half', 'end', 'write', 'text', 'rst', 'reason', 'both-closed', 'epipe'],
  citations: ['RFC 9293 §3.6.1', 'RFC 9293 §3.5.2'],
  play: async (stage) => {
    const pair = await establish(stage, 80);
    const { client, server } = pair;
    stage.say('begin');
    client.close();
    await stage.wait('half', () => pair.state('client') === 'FIN-WAIT-2' && pair.state('server') === 'CLOSE-WAIT');
    server.receive();
    stage.must('end', server.ended, `read ended with "${server.error}"`);
    const taken = server.send('one more thing');
    stage.must('write', taken === 14, `write ended with "${server.error}"`);
    await stage.see('text', (seen) => withText('server')(seen) && seen.view.ack === 2);
    await stage.see('rst', (seen) => segment('client', 'RST')(seen) || segment('client', 'RST,ACK')(seen));
    stage.must('reason', stage.decided('text-unwanted'), 'the client reset for another reason');
    await stage.wait('both-closed', () => pair.state('client') === 'CLOSED' && pair.state('server') === 'CLOSED');
    stage.must('epipe', server.send('and another') < 0 && server.error === 'EPIPE', `the next write ended with "${server.error}"`);
  },
};
