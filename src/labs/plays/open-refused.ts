/** Nobody listens: RST, for SYNs and for what belongs to no connection (RFC 9293 §3.5.2, §3.10.7.1). */
import { ACK, RST } from '../../wire/segment.js';
import type { Lab } from '../lab.js';
import { segment } from '../stage/seen.js';

const PORT = 80;
const STRAY_PORT = 900;
const STRAY_ACK = 123_456;

export const openRefused: Lab = {
  id: 'open-refused',
  section: 'A',
  entries: [20, 36],
  glass: 'client',
  musts: ['refused', 'told', 'once', 'stray', 'no-reset-for-reset', 'opened'],
  lasts: 1,
  citations: ['RFC 9293 §3.10.7.1', 'RFC 9293 §3.5.2', 'RFC 9293 §3.10.7.3'],
  play: async (stage) => {
    const { client, server } = stage;
    stage.say('begin');
    const socket = client.connect(PORT);
    const refusal = await stage.see('refused', (seen) => segment('server', 'RST,ACK', { ack: 1 })(seen) && seen.view.absolute.seq === 0);
    await stage.until(() => stage.state('client', socket.port, PORT) === 'CLOSED');
    const error = socket.takeFailure();
    stage.must('told', error === 'ECONNREFUSED', error || 'no error');
    const syns = stage.seen.filter(segment('client', 'SYN'));
    stage.must('once', syns.length === 1 && syns[0].at < refusal.at, `${syns.length} SYNs`);

    stage.say('stray');
    stage.inject('server', { srcPort: STRAY_PORT, dstPort: PORT, seq: 42, ack: STRAY_ACK, flags: ACK });
    await stage.see('stray', (seen) => segment('server', 'RST')(seen) && seen.view.absolute.seq === STRAY_ACK);
    const sent = (): number => stage.seen.filter(({ fate }) => fate !== 'injected').length;
    const before = sent();
    stage.inject('server', { srcPort: STRAY_PORT, dstPort: PORT, seq: 42, ack: STRAY_ACK, flags: RST | ACK });
    await stage.pause(100_000);
    stage.must('no-reset-for-reset', sent() === before, 'something was sent');

    stage.say('listen');
    const listener = server.listen(PORT);
    client.connect(PORT);
    await stage.wait('opened', () => listener.accept() !== null);
  },
};
