/** SYNs from addresses that never answer fill the queue of handshakes under way; cookies do without the queue (RFC 4987). */
import { MILLISECOND } from '../../util/units.js';
import { SYN } from '../../wire/segment.js';
import type { Lab } from '../lab.js';
import { accepted } from '../stage/opening.js';
import { atPort, segment } from '../stage/seen.js';
import type { Stage } from '../stage/stage.js';
import { tcbOf } from '../stage/tcb-of.js';

const [BARE, COOKIES] = [80, 81];
/** Few enough to be read; a real flood is thousands in a second. */
const [MANY, FEWER] = [40, 16];
/** One more than find room. */
const SHOWN = 5;
const BACKLOG = 3;
/** One more than the backlog may be under way, as in Linux. */
const QUEUE = BACKLOG + 1;
const COOKIE_SETTING = 'net.ipv4.tcp_syncookies';
const WHILE = 300 * MILLISECOND;

const openingAt = (stage: Stage, port: number): number => stage.world.look('server').filter(({ state, localPort }) => state === 'SYN-RECEIVED' && localPort === port).length;

interface Flooded {
  /** The most handshakes under way at a time, and SYN,ACKs sent. */
  readonly entries: number;
  readonly answers: number;
}

/** From addresses where nobody is: neither ACK nor RST will come. */
async function flood(stage: Stage, port: number, count: number): Promise<Flooded> {
  let entries = 0;
  const attack = async (i: number): Promise<void> => {
    stage.inject('server', { src: `198.51.100.${i}`, srcPort: 1024 + i, dstPort: port, seq: i * 65_536, flags: SYN });
    await stage.until(() => true, 0);
    entries = Math.max(entries, openingAt(stage, port));
  };
  for (let i = 1; i <= Math.min(count, SHOWN); i++) await attack(i);
  await stage.offStage(async () => {
    for (let i = SHOWN + 1; i <= count; i++) await attack(i);
  });
  return { entries, answers: stage.seen.filter(atPort(port, segment('server', 'SYN,ACK'))).filter(({ view }) => !view.again).length };
}

export const openFlood: Lab = {
  id: 'open-flood',
  section: 'A',
  entries: [3, 14],
  glass: 'server',
  musts: ['full', 'dropped', 'shut-out', 'answered', 'no-more', 'opened', 'options', 'text'],
  lasts: 2,
  citations: ['RFC 4987 §2, §3.6', 'RFC 9293 §3.10.7.2', 'tcp(7): tcp_syncookies, tcp_max_syn_backlog'],
  play: async (stage) => {
    const { client, server } = stage;
    server.sysctl(COOKIE_SETTING, 0);
    const bare = server.listen(BARE, BACKLOG);
    stage.say('flood', { flood: MANY, backlog: BACKLOG });
    const without = await flood(stage, BARE, MANY);
    stage.must('full', without.entries === QUEUE, `${without.entries} handshakes under way`, { queue: QUEUE });
    stage.must('dropped', without.answers === QUEUE && stage.decided('syn-queue-full'), `${without.answers} SYNs were answered`, { dropped: MANY - QUEUE });
    stage.say('honest');
    const shut = client.connect(BARE);
    await stage.pause(WHILE);
    const heard = stage.seen.filter(atPort(shut.port, ({ from }) => from === 'server')).length;
    stage.must('shut-out', heard === 0 && stage.state('client', shut.port, BARE) === 'SYN-SENT', `${heard} answers`);
    shut.close();
    bare.close();

    server.sysctl(COOKIE_SETTING, 1);
    const listener = server.listen(COOKIES, BACKLOG);
    stage.say('cookies', { flood: FEWER });
    const withCookies = await flood(stage, COOKIES, FEWER);
    stage.must('answered', withCookies.answers === FEWER && stage.decided('syn-cookie-sent'), `${withCookies.answers} SYNs were answered`, { flood: FEWER });
    stage.must('no-more', withCookies.entries === QUEUE, `${withCookies.entries} handshakes under way`, { queue: QUEUE });
    stage.say('honest-cookie');
    const honest = client.connect(COOKIES);
    const connection = await accepted(stage, listener);
    stage.must('opened', connection !== undefined && stage.decided('syn-cookie-good'), 'accept() has nothing');
    const answer = stage.seen.find(atPort(honest.port, segment('server', 'SYN,ACK')))?.view;
    honest.send('hello');
    let read = '';
    await stage.wait('text', () => (read += connection?.receive() ?? '') === 'hello');
    const text = stage.seen.find(atPort(honest.port, ({ view }) => view.length > 0))?.view;
    // What the server itself makes of the field: it has kept no SYN from which it could know the scale.
    const known = tcbOf(stage, 'server', COOKIES, honest.port)?.sndWnd;
    stage.must('options', answer?.windowScale !== undefined && text !== undefined && text.window !== text.absolute.window && known === text.window, `the server takes the window for ${known ?? 'unknown'}`);
    stage.show({
      kind: 'table', key: 'flood', columns: ['cookies', 'syns', 'entries', 'answers', 'client'],
      rows: [['off', MANY, without.entries, without.answers, 'shut-out'], ['on', FEWER, withCookies.entries, withCookies.answers, 'connected']],
    });
  },
};
