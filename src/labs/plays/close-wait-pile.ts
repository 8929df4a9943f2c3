/** A server that forgets to close: CLOSE-WAIT stays, with its descriptor, and no timer ends it (RFC 9293 §3.6, §3.10.7.4). */
import { SECOND } from '../../util/units.js';
import type { Lab } from '../lab.js';
import { type Pair, pairUp } from '../stage/pair.js';
import { countDescriptors, countState } from '../stage/socket-counts.js';

const PORT = 80;
const COUNT = 8;
/** The clients' FIN-WAIT-2 is short here, so that we need not wait for a minute. */
const FIN_WAIT_2 = 1 * SECOND;

export const closeWaitPile: Lab = {
  id: 'close-wait-pile',
  section: 'G',
  entries: [63, 79],
  glass: 'client',
  setUp: { glass: { 'glasstcp.finWait2Timeout': FIN_WAIT_2 } },
  musts: ['pile', 'held', 'client-gone', 'stay', 'silent', 'close-ends', 'freed'],
  lasts: 4,
  citations: ['RFC 9293 §3.3.2 (CLOSE-WAIT)', 'RFC 9293 §3.6, Case 2', 'RFC 9293 §3.8.4'],
  play: async (stage) => {
    const { end } = stage.server;
    const listener = stage.server.listen(PORT);
    const before = countDescriptors(end);
    const talks: Pair[] = [];
    talks.push(await pairUp(stage, listener, PORT));
    await stage.offStage(async () => {
      for (let i = 1; i < COUNT; i++) talks.push(await pairUp(stage, listener, PORT));
    });
    stage.say('close');
    const [first, ...others] = talks;
    first.client.close();
    await stage.until(() => stage.state('client', first.port, PORT) === 'FIN-WAIT-2');
    await stage.offStage(async () => {
      for (const { client } of others) client.close();
      await stage.until(() => countState(stage, 'server', 'CLOSE-WAIT') === COUNT && countState(stage, 'client', 'FIN-WAIT-1') === 0);
    });
    const piled = (): boolean => countState(stage, 'server', 'CLOSE-WAIT') === COUNT;
    await stage.wait('pile', piled, undefined, { count: COUNT });
    const held = countDescriptors(end) - before;
    stage.must('held', held === COUNT, `${held} descriptors are held`, { count: held });
    await stage.wait('client-gone', () => talks.every(({ port }) => stage.state('client', port, PORT) === 'CLOSED'), 10 * SECOND);
    const { length } = stage.seen;
    await stage.pause(1 * SECOND);
    stage.must('stay', piled() && countDescriptors(end) - before === COUNT, `${countState(stage, 'server', 'CLOSE-WAIT')} are left`, { count: COUNT });
    const timers = stage.world.look('server').filter(({ state }) => state === 'CLOSE-WAIT').flatMap((socket) => socket.timers ?? []);
    stage.must('silent', stage.seen.length === length && timers.length === 0, `${stage.seen.length - length} segments more, ${timers.length} timers`);
    stage.say('mend');
    first.server.close();
    await stage.until(() => stage.state('server', PORT, first.port) === 'CLOSED');
    await stage.offStage(async () => {
      for (const { server } of others) server.close();
      await stage.until(() => countState(stage, 'server', 'CLOSE-WAIT') === 0 && countState(stage, 'server', 'LAST-ACK') === 0);
    });
    await stage.wait('close-ends', () => talks.every(({ port }) => stage.state('server', PORT, port) === 'CLOSED'));
    const left = countDescriptors(end) - before;
    stage.must('freed', left === 0, `${left} descriptors are still held`);
  },
};
