/** Nobody calls accept(), and the queue of open connections is full: the next SYN is dropped in silence, not refused. */
import { MILLISECOND } from '../../util/units.js';
import type { Lab } from '../lab.js';
import { atPort, type Seen, segment } from '../stage/seen.js';

const PORT = 80;
/** listen(0): one connection may wait all the same. */
const BACKLOG = 0;

export const openQueueFull: Lab = {
  id: 'open-queue-full',
  section: 'B',
  entries: [27],
  glass: 'client',
  setUp: { glass: { 'glasstcp.rtoInitial': 300 * MILLISECOND } },
  musts: ['first-open', 'not-accepted', 'again', 'silence', 'opened'],
  lasts: 2,
  citations: ['RFC 9293 §3.8.3', 'listen(2)'],
  play: async (stage) => {
    const { client, server } = stage;
    const listener = server.listen(PORT, BACKLOG);
    stage.say('first');
    const first = client.connect(PORT);
    await stage.wait('first-open', () => stage.state('client', first.port, PORT) === 'ESTABLISHED' && stage.state('server', PORT, first.port) === 'ESTABLISHED');
    first.send('hello');
    const acknowledged = segment('server', 'ACK', { ack: 6 });
    await stage.wait('not-accepted', () => stage.seen.some(acknowledged));

    stage.say('second');
    const second = client.connect(PORT);
    const syns = (): Seen[] => stage.seen.filter(atPort(second.port, segment('client', 'SYN')));
    await stage.wait('again', () => syns().length >= 3 && stage.state('client', second.port, PORT) === 'SYN-SENT');
    const answers = stage.seen.filter((seen) => atPort(second.port, ({ from }) => from === 'server')(seen));
    stage.must('silence', answers.length === 0 && stage.state('server', PORT, second.port) === 'CLOSED', `the server has sent ${answers.map(({ flags }) => flags).join(', ')}`);

    stage.say('accept');
    const accepted = listener.accept();
    await stage.wait('opened', () => accepted !== null && stage.state('server', PORT, second.port) === 'ESTABLISHED');
  },
};
