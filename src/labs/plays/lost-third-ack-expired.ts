/** The third ACK is lost, and the server has given the handshake up: text is answered with RST, and accept() never knew (RFC 9293 §3.10.7.2). */
import { SECOND } from '../../util/units.js';
import type { Lab } from '../lab.js';
import { inSeconds } from '../stage/in-words.js';
import { segment, withText } from '../stage/seen.js';
import { isBareAck } from '../stage/shape.js';

const PORT = 80;

export const lostThirdAckExpired: Lab = {
  id: 'lost-third-ack-expired',
  section: 'B',
  entries: [24, 25, 26],
  glass: 'client',
  setUp: { sysctls: { server: { 'net.ipv4.tcp_synack_retries': 0 } } },
  musts: ['apart', 'forgotten', 'silent', 'reset', 'told', 'accept-sleeps', 'still-listens'],
  lasts: 2,
  citations: ['RFC 9293 §3.10.7.2', 'RFC 9293 §3.5.2'],
  play: async (stage) => {
    const { client, server } = stage;
    const listener = server.listen(PORT);
    stage.accident({ from: 'client', match: isBareAck, times: Infinity, action: 'drop', label: 'lost' });
    stage.say('begin');
    const socket = client.connect(PORT);
    const isOpen = (): boolean => stage.state('client', socket.port, PORT) === 'ESTABLISHED';
    await stage.wait('apart', () => isOpen() && stage.state('server', PORT, socket.port) === 'SYN-RECEIVED');
    const begun = stage.now();
    const gone = await stage.until(() => stage.state('server', PORT, socket.port) === 'CLOSED', 15 * SECOND);
    stage.must('forgotten', gone && isOpen(), 'the server still has its entry', { after: inSeconds(stage.now() - begun) });
    stage.must('silent', !stage.seen.some(({ from, flags }) => from === 'server' && flags !== 'SYN,ACK'), 'the server has sent something');

    stage.say('text');
    socket.send('hello');
    const reset = await stage.see('reset', segment('server', 'RST'));
    const text = stage.seen.find(withText('client'));
    await stage.until(() => !isOpen());
    const error = socket.takeFailure();
    stage.must('told', error === 'ECONNRESET' && reset.view.absolute.seq === text?.view.absolute.ack, `${error || 'no error'}, RST at ${reset.view.absolute.seq}`);
    const accepted = listener.accept();
    stage.must('accept-sleeps', accepted === null && listener.error === 'EAGAIN', `accept() returned ${accepted === null ? listener.error : 'a connection'}`);

    stage.say('again');
    stage.world.line.clear();
    const second = client.connect(PORT);
    await stage.wait('still-listens', () => stage.state('server', PORT, 0) === 'LISTEN' && stage.state('server', PORT, second.port) === 'ESTABLISHED' && listener.accept() !== null);
  },
};
