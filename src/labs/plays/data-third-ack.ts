/** The third segment of the handshake carries text: one segment opens the connection and brings the first octets (RFC 9293 §3.5, §3.10.7.4). */
import type { Lab } from '../lab.js';
import { accepted, pathText, reached } from '../stage/opening.js';
import { segment } from '../stage/seen.js';

const PORT = 80;
const TEXT = 'hello';

export const dataThirdAck: Lab = {
  id: 'data-third-ack',
  section: 'C',
  entries: [28],
  glass: 'client',
  musts: ['third', 'no-bare', 'one-step', 'accepted', 'read', 'acked'],
  lasts: 1,
  citations: ['RFC 9293 §3.5', 'RFC 9293 §3.10.7.4, fifth and seventh'],
  play: async (stage) => {
    const { client, server } = stage;
    const listener = server.listen(PORT);
    stage.say('begin');
    const socket = client.connect(PORT);
    socket.sendWhenOpen(TEXT);
    const third = await stage.see('third', segment('client', 'ACK', { seq: 1, ack: 1, length: TEXT.length }));
    const fromClient = stage.seen.filter(({ from }) => from === 'client').map(({ flags }) => flags).join(' ');
    stage.must('no-bare', fromClient === 'SYN ACK', `the client has sent ${fromClient}`);
    await stage.until(() => stage.state('server', PORT, socket.port) === 'ESTABLISHED');
    const path = pathText(stage, 'server', PORT, socket.port);
    const at = reached(stage, 'server', PORT, socket.port, 'ESTABLISHED');
    const so = stage.seen.filter((seen) => seen.from === 'client' && seen.at <= at).length;
    stage.must('one-step', path === 'SYN-RECEIVED ESTABLISHED' && at > third.at && so === 2, `the server went through ${path}, after ${so} segments of the client's`);
    const connection = await accepted(stage, listener);
    stage.must('accepted', connection !== undefined, 'accept() has not returned');
    let read = '';
    await stage.wait('read', () => (read += connection?.receive() ?? '') === TEXT);
    await stage.see('acked', segment('server', 'ACK', { seq: 1, ack: 1 + TEXT.length }));
  },
};
