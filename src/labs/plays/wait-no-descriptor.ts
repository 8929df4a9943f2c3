/** A connection in TIME-WAIT has no descriptor: close(2) gave it back (RFC 9293 §3.6; what a socket is, is the system's affair). */
import type { Lab } from '../lab.js';
import { type Pair, pairUp } from '../stage/pair.js';
import { TIME_WAIT_STAYS } from '../stage/settings.js';
import { countDescriptors, countState } from '../stage/socket-counts.js';
import type { Stage } from '../stage/stage.js';

const PORT = 80;
const COUNT = 12;

/** The client first, all at once. */
async function closeAll(stage: Stage, talks: readonly Pair[]): Promise<void> {
  for (const { client } of talks) client.close();
  await stage.until(() => talks.filter(({ server }) => (server.receive(), server.ended)).length === talks.length);
  for (const { server } of talks) server.close();
  await stage.until(() => countState(stage, 'client', 'TIME-WAIT') === talks.length + 1 && countState(stage, 'server', 'LAST-ACK') === 0);
}

export const waitNoDescriptor: Lab = {
  id: 'wait-no-descriptor',
  section: 'G',
  entries: [64, 73],
  glass: 'server',
  setUp: { sysctls: { client: TIME_WAIT_STAYS } },
  musts: ['open', 'held', 'waiting', 'none-held', 'still-connects'],
  lasts: 2,
  citations: ['RFC 9293 §3.6', 'RFC 9293 §3.10.4', 'close(2)'],
  play: async (stage) => {
    const { end } = stage.client;
    const listener = stage.server.listen(PORT);
    const before = countDescriptors(end);
    const talks: Pair[] = [];
    talks.push(await pairUp(stage, listener, PORT));
    await stage.offStage(async () => {
      for (let i = 1; i < COUNT; i++) talks.push(await pairUp(stage, listener, PORT));
    });
    await stage.wait('open', () => countState(stage, 'client', 'ESTABLISHED') === COUNT, undefined, { count: COUNT });
    const open = countDescriptors(end) - before;
    stage.must('held', open === COUNT, `${open} more descriptors`, { count: open });
    stage.say('close');
    const [first, ...others] = talks;
    await first.closeFirst('client');
    await stage.until(() => countState(stage, 'client', 'TIME-WAIT') === 1 && countState(stage, 'server', 'ESTABLISHED') === COUNT - 1);
    await stage.offStage(() => closeAll(stage, others));
    await stage.wait('waiting', () => countState(stage, 'client', 'TIME-WAIT') === COUNT, undefined, { count: COUNT });
    const held = countDescriptors(end) - before;
    stage.must('none-held', held === 0, `${held} descriptors are still held`, { held, waiting: countState(stage, 'client', 'TIME-WAIT') });
    await pairUp(stage, listener, PORT);
    const now = countDescriptors(end) - before;
    stage.must('still-connects', now === 1 && countState(stage, 'client', 'TIME-WAIT') === COUNT, `${now} descriptors, ${countState(stage, 'client', 'TIME-WAIT')} in TIME-WAIT`);
  },
};
