/** An ACK alone does not open a connection: in SYN-SENT it is dropped (RFC 9293 §3.10.7.3, first and fifth). */
import { MILLISECOND } from '../../util/units.js';
import { ACK, SYN } from '../../wire/segment.js';
import type { Lab } from '../lab.js';
import { segment } from '../stage/seen.js';

const PORT = 80;
const FIRST_NUMBER = 5_000;
const NEVER_SENT = 1_000;
/** Long enough for any answer, and less than the SYN's timeout. */
const MOMENT = 200 * MILLISECOND;

export const openBareAck: Lab = {
  id: 'open-bare-ack',
  section: 'A',
  entries: [7],
  glass: 'server',
  musts: ['syn', 'dropped', 'no-answer', 'wrong-ack', 'opened'],
  lasts: 1,
  citations: ['RFC 9293 §3.10.7.3'],
  play: async (stage) => {
    const { client, server } = stage;
    server.listen(PORT);
    stage.accident({ from: 'client', match: (s) => s.has(SYN), action: 'hold', label: 'held' });
    stage.say('begin');
    const socket = client.connect(PORT);
    const syn = await stage.see('syn', segment('client', 'SYN', { fate: 'held' }));
    const next = syn.view.absolute.seq + 1;
    const state = (): string => stage.state('client', socket.port, PORT);
    const inject = (ack: number): void => stage.inject('client', { srcPort: PORT, dstPort: socket.port, seq: FIRST_NUMBER, ack, flags: ACK });

    stage.say('bare');
    inject(next);
    await stage.pause(MOMENT);
    stage.must('dropped', state() === 'SYN-SENT' && socket.send('x') <= 0, `the client is in ${state()}`);
    stage.must('no-answer', !stage.seen.some(({ from, flags }) => from === 'client' && flags !== 'SYN'), 'the client has answered');

    stage.say('wrong');
    inject(next + NEVER_SENT);
    await stage.see('wrong-ack', (seen) => segment('client', 'RST')(seen) && seen.view.absolute.seq === ((next + NEVER_SENT) >>> 0) && state() === 'SYN-SENT');

    stage.say('release');
    stage.release();
    await stage.wait('opened', () => state() === 'ESTABLISHED' && stage.seen.some(segment('server', 'SYN,ACK', { ack: 1 })));
  },
};
