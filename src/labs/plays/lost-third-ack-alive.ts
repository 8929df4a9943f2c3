/** The third ACK is lost, and the server still remembers the handshake: the first text, which carries the same ACK, completes it (RFC 9293 §3.10.7.4, fifth). */
import type { Lab } from '../lab.js';
import { pathText } from '../stage/opening.js';
import { segment, withText } from '../stage/seen.js';
import { isBareAck } from '../stage/shape.js';

const PORT = 80;

export const lostThirdAckAlive: Lab = {
  id: 'lost-third-ack-alive',
  section: 'B',
  entries: [3, 23, 25],
  glass: 'client',
  musts: ['ack-lost', 'apart', 'syn-ack-again', 'ack-again', 'text-acks', 'completed', 'delivered', 'no-reset'],
  lasts: 2,
  citations: ['RFC 9293 §3.10.7.4', 'RFC 9293 §3.4'],
  play: async (stage) => {
    const { client, server } = stage;
    const listener = server.listen(PORT);
    stage.accident({ from: 'client', match: isBareAck, times: Infinity, action: 'drop', label: 'lost' });
    stage.say('begin');
    const socket = client.connect(PORT);
    const ack = await stage.see('ack-lost', segment('client', 'ACK', { seq: 1, ack: 1, fate: 'lost' }));
    const [ours, theirs] = [stage.state('client', socket.port, PORT), stage.state('server', PORT, socket.port)];
    stage.must('apart', ours === 'ESTABLISHED' && theirs === 'SYN-RECEIVED' && listener.accept() === null, `client ${ours}, server ${theirs}`);

    stage.say('timer');
    await stage.wait('syn-ack-again', () => stage.seen.filter(segment('server', 'SYN,ACK')).length >= 2);
    await stage.wait('ack-again', () => stage.seen.filter(segment('client', 'ACK', { ack: 1, fate: 'lost' })).some(({ at }) => at > ack.at));

    stage.say('text');
    socket.send('hello');
    const text = await stage.see('text-acks', (seen) => withText('client')(seen) && seen.view.seq === 1 && seen.view.ack === 1);
    await stage.until(() => stage.state('server', PORT, socket.port) === 'ESTABLISHED');
    const open = stage.path('server', PORT, socket.port).find(({ state }) => state === 'ESTABLISHED');
    stage.must('completed', open !== undefined && open.at > text.at, `the server went through ${pathText(stage, 'server', PORT, socket.port)}`);
    const connection = listener.accept();
    let heard = '';
    await stage.wait('delivered', () => (heard += connection?.receive() ?? '') === 'hello');
    stage.must('no-reset', !stage.seen.some(({ flags }) => flags.includes('RST')), 'there was a RST');
  },
};
