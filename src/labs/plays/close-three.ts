/** The close in three segments: who closes at once answers FIN with FIN,ACK, and FIN-WAIT-2 is never seen (RFC 9293 §3.6, Figure 5, note 2). */
import { Linux } from '../../bsd/constants.js';
import { MILLISECOND } from '../../util/units.js';
import type { Lab } from '../lab.js';
import { establish } from '../stage/pair.js';
import { atPort, segment } from '../stage/seen.js';
import type { Stage } from '../stage/stage.js';
import { exchange } from '../stage/text-flow.js';

const REQUEST = 'question';
const REPLY = 'answer';
/** Ports for the close the other way round. */
const [OTHERS, TRIES] = [90, 5];
/** The numbers of the two FINs. */
const [FIN, FIN_BACK] = [1 + REQUEST.length, 1 + REPLY.length];

/** The same with the parts changed: the server closes first. @returns does the client answer in one segment? */
async function otherWay(stage: Stage, port: number): Promise<boolean> {
  const pair = await establish(stage, port);
  // A client that has just answered is in no hurry to acknowledge.
  pair.server.send(REQUEST);
  await stage.until(() => pair.client.receive() === REQUEST);
  pair.client.send(REPLY);
  await stage.until(() => pair.server.receive() === REPLY);
  pair.client.option(Linux.SOL_TCP, Linux.TCP_QUICKACK, 0);
  await stage.until(() => stage.seen.some(atPort(port, (seen) => seen.from === 'server' && seen.view.ack === 1 + REPLY.length)));
  const { length } = stage.seen;
  pair.server.close();
  await stage.until(() => pair.client.receive() === '' && pair.client.ended);
  pair.client.close();
  await stage.until(() => pair.state('server') === 'TIME-WAIT' && pair.state('client') === 'CLOSED');
  const answers = stage.seen.slice(length).filter(({ from }) => from === 'client').map(({ flags }) => flags);
  return answers.join() === 'FIN,ACK' && pair.path('server').endsWith('ESTABLISHED FIN-WAIT-1 TIME-WAIT');
}

export const closeThree: Lab = {
  id: 'close-three',
  section: 'F',
  entries: [55, 56],
  glass: 'server',
  // As long as an ACK may wait on Linux; the usual 40 ms could pass before the server's program has its turn.
  setUp: { glass: { 'glasstcp.delayedAck': 200 * MILLISECOND } },
  musts: ['fin', 'fin-ack', 'one-segment', 'last-ack', 'client-path', 'server-path', 'other-way'],
  citations: ['RFC 9293 §3.3.2, Figure 5, note 2', 'RFC 9293 §3.8.6.3', 'RFC 9293 §3.10.7.4'],
  play: async (stage) => {
    const pair = await establish(stage, 80);
    stage.say('begin');
    await exchange(stage, pair, REQUEST, REPLY);
    await stage.until(() => stage.seen.some((seen) => seen.from === 'client' && seen.view.ack === FIN_BACK));
    stage.say('close');
    pair.client.close();
    const fin = await stage.see('fin', segment('client', 'FIN,ACK', { seq: FIN, ack: FIN_BACK, length: 0 }));
    // The server's program reads the end of the stream and has nothing more to say.
    await stage.until(() => pair.server.receive() === '' && pair.server.ended);
    pair.server.close();
    await stage.see('fin-ack', segment('server', 'FIN,ACK', { seq: FIN_BACK, ack: FIN + 1, length: 0 }));
    const answers = stage.seen.filter(({ from, at }) => from === 'server' && at > fin.at).length;
    stage.must('one-segment', answers === 1, `the server answered in ${answers} segments`);
    await stage.see('last-ack', segment('client', 'ACK', { seq: FIN + 1, ack: FIN_BACK + 1, length: 0 }));
    await stage.until(() => pair.state('server') === 'CLOSED');
    stage.must('client-path', pair.path('client').endsWith('ESTABLISHED FIN-WAIT-1 TIME-WAIT'), `the client went ${pair.path('client')}`);
    stage.must('server-path', pair.path('server').endsWith('ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED'), `the server went ${pair.path('server')}`);

    // Linux waits 40 ms with its ACK; a busy machine may miss that now and then.
    let merged = false;
    for (let port = OTHERS; port < OTHERS + TRIES && !merged; port++) {
      stage.say('other-way');
      merged = await otherWay(stage, port);
    }
    stage.must('other-way', merged, 'the client answered in two segments');
  },
};
