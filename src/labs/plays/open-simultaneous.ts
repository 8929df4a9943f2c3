/** Both hosts open at once: SYN and SYN cross, then SYN,ACK and SYN,ACK; one connection, no listener (RFC 9293 §3.5, Figure 7). */
import type { Lab } from '../lab.js';
import { pathText } from '../stage/opening.js';
import { segment } from '../stage/seen.js';

const OURS = 700;
const THEIRS = 701;
const PATH = 'SYN-SENT SYN-RECEIVED ESTABLISHED';

export const openSimultaneous: Lab = {
  id: 'open-simultaneous',
  section: 'A',
  entries: [9],
  glass: 'client',
  musts: ['crossed', 'client-syn-ack', 'server-syn-ack', 'paths', 'one-connection', 'text'],
  lasts: 1,
  citations: ['RFC 9293 §3.5, Figure 7 (MUST-10)', 'RFC 9293 §3.10.7.3'],
  play: async (stage) => {
    const { client, server } = stage;
    stage.say('begin');
    const left = client.socket().bind(OURS).connect(server.address, THEIRS);
    const right = server.socket().bind(THEIRS).connect(client.address, OURS);
    await stage.until(() => stage.seen.length >= 2);
    const first = stage.seen.slice(0, 2).map(({ from, flags }) => `${from} ${flags}`);
    stage.must('crossed', [...first].sort().join(', ') === 'client SYN, server SYN', `first of all: ${first.join(', ')}`);
    await stage.see('client-syn-ack', segment('client', 'SYN,ACK', { seq: 0, ack: 1 }));
    await stage.see('server-syn-ack', segment('server', 'SYN,ACK', { seq: 0, ack: 1 }));

    await stage.until(() => stage.state('client', OURS, THEIRS) === 'ESTABLISHED' && stage.state('server', THEIRS, OURS) === 'ESTABLISHED');
    const paths = [pathText(stage, 'client', OURS, THEIRS), pathText(stage, 'server', THEIRS, OURS)];
    stage.must('paths', paths.every((path) => path === PATH), `client: ${paths[0]}; server: ${paths[1]}`);
    const sockets = [...stage.world.look('client'), ...stage.world.look('server')];
    stage.must('one-connection', sockets.length === 2 && sockets.every(({ state }) => state === 'ESTABLISHED'), `sockets: ${sockets.map(({ state }) => state).join(', ')}`);

    left.send('from the left');
    right.send('from the right');
    let [atLeft, atRight] = ['', ''];
    await stage.wait('text', () => {
      atLeft += left.receive();
      atRight += right.receive();
      return atLeft === 'from the right' && atRight === 'from the left';
    });
  },
};
