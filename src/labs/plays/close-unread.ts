/** close() with text unread: RST instead of FIN, and the other side loses what was still to come (RFC 9293 §3.6.1, RFC 2525 §2.17). */
import type { Lab } from '../lab.js';
import { establish, type Pair } from '../stage/pair.js';
import type { Stage } from '../stage/stage.js';

const REQUEST = 'please';
/** More than the server may send in its first round trip. */
const ANSWER = new Uint8Array(32 * 1024).fill(0x2e);

/** The server answers at once and closes; the client reads until the end. @returns octets that it got */
async function answered(stage: Stage, { client, server }: Pair, readsRequest: boolean): Promise<{ readonly got: number; readonly error: string }> {
  client.send(REQUEST);
  await stage.pause(50_000);
  if (readsRequest) server.receive();
  server.send(ANSWER);
  server.close();
  let got = 0;
  await stage.until(() => {
    got += client.receiveOctets().length;
    return client.ended || (client.error !== '' && client.error !== 'EAGAIN');
  });
  return { got, error: client.error };
}

export const closeUnread: Lab = {
  id: 'close-unread',
  section: 'F',
  entries: [36, 59],
  glass: 'server',
  musts: ['read-all', 'read-fin', 'rst', 'no-fin', 'reason', 'client-error', 'lost', 'no-time-wait'],
  lasts: 2,
  citations: ['RFC 9293 §3.6.1', 'RFC 2525 §2.17', 'RFC 9112 §9.6'],
  play: async (stage) => {
    stage.say('read');
    const polite = await answered(stage, await establish(stage, 80), true);
    stage.must('read-all', polite.got === ANSWER.length && polite.error === '', `${polite.got} octets, then ${polite.error}`, { octets: polite.got });
    stage.must('read-fin', !stage.seen.some(({ flags }) => flags.includes('RST')) && stage.seen.some(({ from, flags }) => from === 'server' && flags === 'FIN,ACK'), 'the server did not close with a FIN alone');
    const first = stage.seen.length;
    stage.say('unread');
    const pair = await establish(stage, 81);
    const rude = await answered(stage, pair, false);
    const second = stage.seen.slice(first);
    stage.must('rst', second.some(({ from, flags }) => from === 'server' && flags === 'RST,ACK'), 'no RST came from the server');
    stage.must('no-fin', !second.some(({ from, flags }) => from === 'server' && flags.includes('FIN')), 'the server sent a FIN');
    stage.must('reason', stage.decided('release-unread'), 'the server reset for another reason');
    stage.must('client-error', rude.error === 'ECONNRESET', `the client's read ended with "${rude.error}"`);
    stage.must('lost', rude.got < ANSWER.length, 'the client got everything', { got: rude.got, octets: ANSWER.length });
    const [client, server] = [pair.state('client'), pair.state('server')];
    stage.must('no-time-wait', client === 'CLOSED' && server === 'CLOSED', `the client is ${client}, the server ${server}`);
  },
};
