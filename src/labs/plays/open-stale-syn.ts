/** An old SYN comes before the new one: the third segment is what finds it out (RFC 9293 §3.5, Figure 8). */
import { SYN } from '../../wire/segment.js';
import type { Lab } from '../lab.js';
import { segment } from '../stage/seen.js';

const PORT = 80;
const OLDER = 1_000_000;
/** Room for one handshake at a time: the new SYN is answered only if the old one's place is free again. */
const BACKLOG = 0;

export const openStaleSyn: Lab = {
  id: 'open-stale-syn',
  section: 'A',
  entries: [11, 12, 27, 36],
  glass: 'client',
  setUp: { sysctls: { server: { 'net.ipv4.tcp_syncookies': 0 } } },
  musts: ['fooled', 'not-open', 'reset', 'back', 'opened', 'one'],
  lasts: 1,
  citations: ['RFC 9293 §3.5, Figure 8', 'RFC 9293 §3.10.7.3', 'RFC 9293 §3.10.7.4'],
  play: async (stage) => {
    const { client, server } = stage;
    const listener = server.listen(PORT, BACKLOG);
    stage.accident({ from: 'client', match: (s) => s.has(SYN), action: 'hold', label: 'slow' });
    stage.say('begin');
    const socket = client.connect(PORT);
    await stage.until(() => stage.seen.some(segment('client', 'SYN')));
    const fresh = stage.seen[0].view.absolute.seq;
    const old = (fresh - OLDER) >>> 0;
    const theirs = (): string => stage.state('server', PORT, socket.port);

    stage.say('old');
    stage.inject('server', { srcPort: socket.port, dstPort: PORT, seq: old, flags: SYN });
    await stage.see('fooled', (seen) => segment('server', 'SYN,ACK')(seen) && seen.view.absolute.ack === (old + 1) >>> 0 && theirs() === 'SYN-RECEIVED');
    stage.must('not-open', listener.accept() === null, 'accept() has returned a connection');
    await stage.see('reset', (seen) => segment('client', 'RST')(seen) && seen.view.absolute.seq === (old + 1) >>> 0);
    await stage.wait('back', () => theirs() === 'CLOSED' && stage.state('server', PORT, 0) === 'LISTEN' && stage.state('client', socket.port, PORT) === 'SYN-SENT');

    stage.say('new');
    stage.release();
    await stage.see('opened', (seen) => segment('server', 'SYN,ACK')(seen) && seen.view.absolute.ack === (fresh + 1) >>> 0);
    await stage.until(() => theirs() === 'ESTABLISHED');
    const [first, second] = [listener.accept(), listener.accept()];
    stage.must('one', first !== null && second === null, first === null ? 'no connection was accepted' : 'two connections were accepted');
  },
};
