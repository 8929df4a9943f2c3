/** TCP Fast Open: a cookie from an earlier connection lets the server take text with the SYN at once (RFC 7413). */
import { Linux } from '../../bsd/constants.js';
import { ACK, SYN } from '../../wire/segment.js';
import type { Lab } from '../lab.js';
import type { LabSocket } from '../stage/lab-socket.js';
import { accepted } from '../stage/opening.js';
import { cookieOctets } from '../stage/options.js';
import { segment } from '../stage/seen.js';
import type { Stage } from '../stage/stage.js';
import { readText } from '../stage/text-flow.js';

const PORT = 80;
const [TEXT, ANSWER] = ['hello', 'world'];
/** How many connections the listener takes on the strength of a cookie alone. */
const UNCONFIRMED = 4;

/** connect(2) that leaves the SYN to the first send(2), if there is a cookie. */
function connectFast(stage: Stage): LabSocket {
  const socket = stage.client.socket();
  socket.option(Linux.SOL_TCP, Linux.TCP_FASTOPEN_CONNECT, 1);
  return socket.connect(stage.server.address, PORT);
}

export const dataFastOpen: Lab = {
  id: 'data-fast-open',
  section: 'C',
  entries: [29],
  glass: 'client',
  setUp: { sysctls: { client: { 'net.ipv4.tcp_fastopen': 1 }, server: { 'net.ipv4.tcp_fastopen': 2 } } },
  musts: ['asks', 'gives', 'with-syn', 'acks-text', 'read-early', 'answered-early', 'opened'],
  lasts: 1,
  citations: ['RFC 7413 §3, §4.1, §4.2', 'RFC 7413 §2', 'RFC 9293 §3.10.7.3'],
  play: async (stage) => {
    const listener = stage.server.listen(PORT);
    listener.option(Linux.SOL_TCP, Linux.TCP_FASTOPEN, UNCONFIRMED);
    stage.say('first');
    connectFast(stage);
    await stage.see('asks', (seen) => segment('client', 'SYN', { length: 0 })(seen) && cookieOctets(seen) === 0);
    const gift = await stage.see('gives', (seen) => segment('server', 'SYN,ACK', { ack: 1 })(seen) && cookieOctets(seen) > 0);
    await accepted(stage, listener);

    stage.say('second', { cookie: cookieOctets(gift) });
    stage.accident({ from: 'client', match: (s) => s.has(ACK) && !s.has(SYN), times: Infinity, action: 'hold', label: 'held' });
    const client = connectFast(stage);
    client.send(TEXT);
    await stage.see('with-syn', (seen) => segment('client', 'SYN', { seq: 0, length: TEXT.length })(seen) && cookieOctets(seen) === cookieOctets(gift));
    const state = (): string => stage.state('server', PORT, client.port);
    await stage.see('acks-text', (seen) => segment('server', 'SYN,ACK', { ack: 1 + TEXT.length })(seen));
    const server = await accepted(stage, listener);
    const read = server?.receive() ?? '';
    stage.must('read-early', read === TEXT && state() === 'SYN-RECEIVED', `the server has read "${read}" in ${state()}`);
    server?.send(ANSWER);
    const heard = await readText(stage, client, ANSWER.length);
    stage.must('answered-early', heard === ANSWER && state() === 'SYN-RECEIVED', `the client has read "${heard}", the server is in ${state()}`);

    stage.say('release');
    stage.world.line.clear();
    stage.release();
    await stage.wait('opened', () => state() === 'ESTABLISHED');
  },
};
