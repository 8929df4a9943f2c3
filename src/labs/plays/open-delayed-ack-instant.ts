/** The third ACK is slow: both hosts are ESTABLISHED, but not at the same time (RFC 9293 §3.5, Figure 6). */
import { MILLISECOND } from '../../util/units.js';
import { ACK, SYN } from '../../wire/segment.js';
import type { Lab } from '../lab.js';
import { inMilliseconds } from '../stage/in-words.js';
import { reached } from '../stage/opening.js';
import { segment } from '../stage/seen.js';

const PORT = 80;
const SLOW = 500 * MILLISECOND;

export const openDelayedAckInstant: Lab = {
  id: 'open-delayed-ack-instant',
  section: 'A',
  entries: [5],
  glass: 'client',
  musts: ['slow', 'client-at-once', 'server-waits', 'server-late', 'server-silent'],
  lasts: 1,
  citations: ['RFC 9293 §3.5, Figure 6', 'RFC 9293 §3.10.7.3', 'RFC 9293 §3.10.7.4'],
  play: async (stage) => {
    const { client, server } = stage;
    const listener = server.listen(PORT);
    stage.accident({ from: 'client', match: (s) => s.has(ACK) && !s.has(SYN), action: 'hold', label: 'held' });
    stage.say('begin');
    const socket = client.connect(PORT);
    const ack = await stage.see('slow', segment('client', 'ACK', { seq: 1, ack: 1 }));
    const state = stage.state('client', socket.port, PORT);
    const clientAt = reached(stage, 'client', socket.port, PORT, 'ESTABLISHED');
    stage.must('client-at-once', state === 'ESTABLISHED' && ack.at >= clientAt - MILLISECOND, `the client is in ${state}`);
    await stage.pause(SLOW);
    const waiting = stage.state('server', PORT, socket.port);
    stage.must('server-waits', waiting === 'SYN-RECEIVED' && listener.accept() === null, `the server is in ${waiting}`);

    stage.release();
    await stage.until(() => stage.state('server', PORT, socket.port) === 'ESTABLISHED');
    const lead = reached(stage, 'server', PORT, socket.port, 'ESTABLISHED') - clientAt;
    stage.must('server-late', lead >= SLOW && listener.accept() !== null, `${inMilliseconds(lead)} ms later`, { lead: inMilliseconds(lead) });
    await stage.pause(50 * MILLISECOND);
    stage.must('server-silent', stage.seen.filter(({ from }) => from === 'server').length === 1, 'the server has sent more than its SYN,ACK');
  },
};
