/** SO_LINGER with 0 seconds: close() is an ABORT. Nothing waits, and what was queued is lost (RFC 9293 §3.6, §3.10.5). */
import { MILLISECOND } from '../../util/units.js';
import type { Lab } from '../lab.js';
import { establish } from '../stage/pair.js';

const TEXT = new Uint8Array(64 * 1024).fill(0x2e);

export const closeLingerZero: Lab = {
  id: 'close-linger-zero',
  section: 'F',
  entries: [36, 59, 75],
  glass: 'client',
  musts: ['rst', 'no-fin', 'client-path', 'silence', 'server-error', 'lost'],
  citations: ['RFC 9293 §3.6.1', 'RFC 9293 §3.10.5', 'RFC 9293 §3.5.2'],
  play: async (stage) => {
    const pair = await establish(stage, 80);
    const { client, server } = pair;
    const first = stage.seen.length;
    stage.say('begin');
    client.lingerZero();
    const queued = client.send(TEXT);
    client.close();
    await stage.see('rst', ({ from, flags }) => from === 'client' && flags.includes('RST'));
    let got = 0;
    await stage.until(() => {
      got += server.receiveOctets().length;
      return server.ended || (server.error !== '' && server.error !== 'EAGAIN');
    });
    const [error, reset] = [server.error, stage.now()];
    await stage.pause(300 * MILLISECOND);
    stage.must('no-fin', !stage.seen.slice(first).some(({ flags }) => flags.includes('FIN')), 'there was a FIN');
    stage.must('client-path', pair.path('client').endsWith('ESTABLISHED CLOSED') && pair.state('server') === 'CLOSED', `the client went ${pair.path('client')}, the server is ${pair.state('server')}`);
    stage.must('silence', !stage.seen.some(({ from, at }) => from === 'server' && at > reset), 'the server sent something');
    stage.must('server-error', error === 'ECONNRESET', `the server's read ended with "${error}"`);
    stage.must('lost', got < queued, 'the server got everything', { got, queued });
  },
};
