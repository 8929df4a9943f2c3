/** FIN and text in one segment: the FIN comes after the text and takes a number of its own (RFC 9293 §3.4). */
import { Linux } from '../../bsd/constants.js';
import type { Lab } from '../lab.js';
import { establish } from '../stage/pair.js';
import { segment } from '../stage/seen.js';

const WORDS = 'last words';

export const closeFinWithData: Lab = {
  id: 'close-fin-with-data',
  section: 'F',
  entries: [33, 60],
  glass: 'client',
  musts: ['one-segment', 'ack', 'text', 'fin-alone', 'ack-alone'],
  citations: ['RFC 9293 §3.4', 'RFC 9293 §3.10.7.4'],
  play: async (stage) => {
    const { client, server } = await establish(stage, 80);
    stage.say('begin');
    // MSG_MORE: more follows, so the text waits; what follows is the FIN.
    client.send(WORDS, Linux.MSG_MORE);
    client.close();
    await stage.see('one-segment', segment('client', 'FIN,ACK', { seq: 1, length: WORDS.length }));
    await stage.see('ack', segment('server', 'ACK', { ack: 1 + WORDS.length + 1 }));
    let text = '';
    await stage.until(() => {
      text += server.receive();
      return server.ended;
    });
    stage.must('text', text === WORDS && server.ended, `the server has read "${text}"`);
    server.close();
    await stage.see('fin-alone', segment('server', 'FIN,ACK', { seq: 1, length: 0 }));
    await stage.see('ack-alone', segment('client', 'ACK', { ack: 2 }));
  },
};
