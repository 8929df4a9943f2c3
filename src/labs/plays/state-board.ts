/** A board of states as `ss` shows it: what a load of connections looks like from both hosts, at three moments (RFC 9293 §3.3.2). */
import type { TcpState } from '../../tcp/state.js';
import { MILLISECOND } from '../../util/units.js';
import type { Role } from '../ends/end.js';
import type { Lab } from '../lab.js';
import { Board } from '../stage/board.js';
import { type Pair, pairUp } from '../stage/pair.js';
import { TIME_WAIT_STAYS } from '../stage/settings.js';
import { countState } from '../stage/socket-counts.js';

const PORT = 80;
/** Connections that the client closes and the server forgets to; that the server closes first; that the client closes first, in good order; that stay open. */
const [FORGOTTEN, BY_SERVER, BY_CLIENT, OPEN] = [4, 3, 2, 1];
const COUNT = FORGOTTEN + BY_SERVER + BY_CLIENT + OPEN;

export const stateBoard: Lab = {
  id: 'state-board',
  section: 'G',
  entries: [63, 79],
  glass: 'client',
  setUp: {
    delay: { client: 2 * MILLISECOND, server: 2 * MILLISECOND },
    sysctls: { client: TIME_WAIT_STAYS, server: TIME_WAIT_STAYS },
  },
  musts: ['established', 'close-wait', 'time-wait', 'client-side', 'mended', 'left'],
  lasts: 2,
  citations: ['RFC 9293 §3.3.2', 'RFC 9293 §3.6', 'ss(8)'],
  play: async (stage) => {
    const board = new Board(stage);
    const count = (role: Role, state: TcpState): number => countState(stage, role, state);
    const listener = stage.server.listen(PORT);
    board.sample();
    stage.say('open', { count: COUNT });
    const talks = [await pairUp(stage, listener, PORT)];
    while (talks.length < COUNT) {
      talks.push(await stage.offStage(() => pairUp(stage, listener, PORT)));
      board.sample();
    }
    await stage.wait('established', () => count('server', 'ESTABLISHED') === COUNT && count('client', 'ESTABLISHED') === COUNT, undefined, { count: COUNT });
    board.take();

    stage.say('mixed', { forgotten: FORGOTTEN, server: BY_SERVER, client: BY_CLIENT });
    const forgotten = talks.slice(0, FORGOTTEN);
    for (const { client } of forgotten) client.close();
    await stage.offStage(() => closeAll('server', talks.slice(FORGOTTEN, FORGOTTEN + BY_SERVER), board));
    await stage.offStage(() => closeAll('client', talks.slice(FORGOTTEN + BY_SERVER, COUNT - OPEN), board));
    await stage.wait('close-wait', () => count('server', 'CLOSE-WAIT') === FORGOTTEN && count('client', 'FIN-WAIT-2') === FORGOTTEN, undefined, { count: FORGOTTEN });
    await stage.wait('time-wait', () => count('server', 'TIME-WAIT') === BY_SERVER && count('client', 'TIME-WAIT') === BY_CLIENT, undefined, { server: BY_SERVER, client: BY_CLIENT });
    await stage.until(() => count('server', 'LAST-ACK') === 0 && count('client', 'LAST-ACK') === 0);
    stage.must('client-side', count('client', 'CLOSE-WAIT') === 0 && count('server', 'ESTABLISHED') === OPEN && count('client', 'ESTABLISHED') === OPEN, `${count('server', 'ESTABLISHED')} are open at the server`, { open: OPEN });
    board.take();

    stage.say('mend');
    for (const { server } of forgotten) server.close();
    await stage.wait('mended', () => count('server', 'CLOSE-WAIT') === 0 && count('server', 'LAST-ACK') === 0);
    await stage.wait('left', () => count('client', 'TIME-WAIT') === BY_CLIENT + FORGOTTEN && count('server', 'TIME-WAIT') === BY_SERVER, undefined, { client: BY_CLIENT + FORGOTTEN, server: BY_SERVER });
    board.take();
    board.show();
  },
};

async function closeAll(first: Role, talks: readonly Pair[], board: Board): Promise<void> {
  for (const talk of talks) {
    await talk.closeFirst(first);
    board.sample();
  }
}
