/** Without ACK neither FIN nor text is heard: only SYN and RST may come without it (RFC 9293 §3.10.7.2, §3.10.7.4, fifth). */
import { MILLISECOND } from '../../util/units.js';
import { FIN, PSH } from '../../wire/segment.js';
import type { Role } from '../ends/end.js';
import type { Lab } from '../lab.js';
import { pairUp } from '../stage/pair.js';
import { segment } from '../stage/seen.js';

const PORT = 80;
const [FROM, ANY] = [41_000, 3_000];
const MOMENT = 100 * MILLISECOND;

export const flagFinWithoutAck: Lab = {
  id: 'flag-fin-without-ack',
  section: 'D',
  entries: [34],
  glass: 'client',
  musts: ['listen', 'fin-server', 'text-server', 'fin-client', 'silence', 'text', 'fin-ack', 'heard'],
  lasts: 1,
  citations: ['RFC 9293 §3.10.7.2', 'RFC 9293 §3.10.7.4, fifth'],
  play: async (stage) => {
    const listener = stage.server.listen(PORT);
    const said = (): number => stage.seen.filter(({ fate }) => fate !== 'injected').length;
    stage.say('listen');
    stage.inject('server', { srcPort: FROM, dstPort: PORT, seq: ANY, flags: FIN });
    await stage.pause(MOMENT);
    stage.must('listen', said() === 0 && stage.state('server', PORT, 0) === 'LISTEN' && listener.accept() === null, `${said()} segments were sent`);

    const pair = await pairUp(stage, listener, PORT);
    const syns = stage.seen.filter(({ flags }) => flags.startsWith('SYN')).map(({ view }) => view.absolute.seq + 1);
    const next = { client: syns[0], server: syns[1] };
    await stage.pause(MOMENT);
    const before = said();
    const forge = (to: Role, flags: number, text = ''): void => {
      const [srcPort, dstPort] = to === 'server' ? [pair.port, PORT] : [PORT, pair.port];
      stage.inject(to, { srcPort, dstPort, seq: to === 'server' ? next.client : next.server, flags, window: 500, text });
    };
    stage.say('fin');
    forge('server', FIN);
    await stage.pause(MOMENT);
    stage.must('fin-server', pair.state('server') === 'ESTABLISHED' && pair.server.receive() === '' && !pair.server.ended, `the server is in ${pair.state('server')}`);
    stage.say('text');
    forge('server', PSH, 'forged');
    await stage.pause(MOMENT);
    const read = pair.server.receive();
    stage.must('text-server', read === '', `the server has read "${read}"`);
    stage.say('client');
    forge('client', FIN);
    await stage.pause(MOMENT);
    stage.must('fin-client', pair.state('client') === 'ESTABLISHED' && stage.decided('no-ack'), `the client is in ${pair.state('client')}`);
    stage.must('silence', said() === before, `${said() - before} segments were sent`);

    stage.say('real');
    pair.client.send('real');
    let heard = '';
    await stage.wait('text', () => (heard += pair.server.receive()) === 'real');
    pair.client.close();
    await stage.see('fin-ack', segment('client', 'FIN,ACK', { seq: 5 }));
    await stage.wait('heard', () => pair.state('server') === 'CLOSE-WAIT' && stage.seen.some(segment('server', 'ACK', { ack: 6 })));
  },
};
