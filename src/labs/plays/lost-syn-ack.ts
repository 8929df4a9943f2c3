/** SYN,ACKs that are lost: both sides have a timer, and each repetition has the same numbers (RFC 9293 §3.8.1, §3.10.7.4). */
import { MILLISECOND, SECOND } from '../../util/units.js';
import { ACK, SYN } from '../../wire/segment.js';
import type { Lab } from '../lab.js';
import { pathText, sameNumber } from '../stage/opening.js';
import { type Seen, segment } from '../stage/seen.js';

const PORT = 80;
const ISOLATED = 200 * MILLISECOND;

export const lostSynAck: Lab = {
  id: 'lost-syn-ack',
  section: 'B',
  entries: [22],
  glass: 'client',
  // Not 1 s, as the server's: who sends by itself and who answers is then to be told apart.
  setUp: { glass: { 'glasstcp.rtoInitial': 700 * MILLISECOND } },
  musts: ['lost', 'syn-again', 'answered-again', 'own-timer', 'same-number', 'accept-sleeps', 'opened'],
  lasts: 3,
  citations: ['RFC 9293 §3.8.1', 'RFC 9293 §3.10.7.4', 'RFC 6298 §2.1'],
  play: async (stage) => {
    const { client, server } = stage;
    const listener = server.listen(PORT);
    stage.accident({ from: 'server', match: (s) => s.has(SYN) && s.has(ACK), times: Infinity, action: 'drop', label: 'lost' });
    stage.say('begin');
    const socket = client.connect(PORT);
    await stage.see('lost', segment('server', 'SYN,ACK', { fate: 'lost' }));

    const syns = (): Seen[] => stage.seen.filter(segment('client', 'SYN'));
    const synAcks = (): Seen[] => stage.seen.filter(segment('server', 'SYN,ACK'));
    /** Did a SYN come shortly before it? */
    const answersSyn = (synAck: Seen): boolean => syns().some(({ at }) => synAck.at - at >= 0 && synAck.at - at < ISOLATED);
    await stage.wait('syn-again', () => syns().length >= 2);
    await stage.wait('answered-again', () => synAcks().slice(1).some(answersSyn));
    await stage.wait('own-timer', () => synAcks().some((synAck) => !answersSyn(synAck)));
    stage.must('same-number', sameNumber(syns()) && sameNumber(synAcks()), 'a repetition had another sequence number', { syns: syns().length, synAcks: synAcks().length });
    stage.must('accept-sleeps', listener.accept() === null && stage.state('server', PORT, socket.port) === 'SYN-RECEIVED', `accept has returned, or the server is in ${pathText(stage, 'server', PORT, socket.port)}`);

    stage.say('clear');
    stage.world.line.clear();
    await stage.wait('opened', () => stage.state('client', socket.port, PORT) === 'ESTABLISHED' && listener.accept() !== null, 10 * SECOND);
  },
};
