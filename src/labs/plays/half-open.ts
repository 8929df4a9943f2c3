/** One host has lost its connection without a word: half-open, until the other one says something (RFC 9293 §3.5.1). */
import { MILLISECOND } from '../../util/units.js';
import { RST } from '../../wire/segment.js';
import type { Lab } from '../lab.js';
import { segment, withText } from '../stage/seen.js';

const PORT = 80;
const SILENCE = 300 * MILLISECOND;

export const halfOpen: Lab = {
  id: 'half-open',
  section: 'A',
  entries: [13, 18],
  glass: 'server',
  musts: ['open', 'lost', 'unaware', 'accepted-text', 'reset', 'told', 'closed'],
  lasts: 1,
  citations: ['RFC 9293 §3.5.1, Figures 9 and 10', 'RFC 9293 §3.5.2', 'RFC 9293 §3.8.4'],
  play: async (stage) => {
    const { client, server } = stage;
    const listener = server.listen(PORT);
    const socket = client.connect(PORT);
    const [ours, theirs] = [(): string => stage.state('client', socket.port, PORT), (): string => stage.state('server', PORT, socket.port)];
    await stage.wait('open', () => ours() === 'ESTABLISHED' && theirs() === 'ESTABLISHED');

    stage.say('crash');
    stage.accident({ from: 'server', match: (s) => s.has(RST), action: 'drop', label: 'dead' });
    const connection = listener.accept();
    connection?.lingerZero();
    connection?.close();
    await stage.wait('lost', () => theirs() === 'CLOSED');
    const before = stage.seen.filter(({ from }) => from === 'client').length;
    await stage.pause(SILENCE);
    const after = stage.seen.filter(({ from }) => from === 'client').length;
    stage.must('unaware', ours() === 'ESTABLISHED' && after === before, `the client is in ${ours()}`);

    stage.say('text');
    const taken = socket.send('hello');
    stage.must('accepted-text', taken === 5, `send() returned ${taken}`);
    await stage.until(() => stage.seen.some(withText('client')));
    const text = stage.seen.find(withText('client'));
    await stage.see('reset', (seen) => segment('server', 'RST')(seen) && seen.fate === undefined && seen.view.absolute.seq === text?.view.absolute.ack);
    await stage.until(() => ours() === 'CLOSED');
    const error = socket.takeFailure();
    stage.must('told', error === 'ECONNRESET', error || 'no error');
    stage.must('closed', ours() === 'CLOSED' && theirs() === 'CLOSED', `client ${ours()}, server ${theirs()}`);
  },
};
