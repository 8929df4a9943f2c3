/** A board of states as `ss` shows it: what a load of connections looks like from both hosts, at three moments (RFC 9293 §3.3.2). */
import { type TcpState, tcpStates } from '../../tcp/state.js';
import { MILLISECOND } from '../../util/units.js';
import type { Role } from '../ends/end.js';
import type { Point } from '../figure.js';
import type { Lab } from '../lab.js';
import { type Pair, pairUp } from '../stage/pair.js';
import { TIME_WAIT_STAYS } from '../stage/settings.js';
import { countState } from '../stage/socket-counts.js';
import type { Stage } from '../stage/stage.js';

const PORT = 80;
/** Connections that the client closes and the server forgets to; that the server closes first; that the client closes first, in good order; that stay open. */
const [FORGOTTEN, BY_SERVER, BY_CLIENT, OPEN] = [4, 3, 2, 1];
const COUNT = FORGOTTEN + BY_SERVER + BY_CLIENT + OPEN;
/** Those that the note names. */
const COMMON: readonly TcpState[] = ['ESTABLISHED', 'CLOSE-WAIT', 'TIME-WAIT'];

/** Counts of states at both hosts, taken now and then. */
class Board {
  readonly moments: Readonly<Record<Role, ReadonlyMap<TcpState, number>>>[] = [];
  private readonly server = new Map<TcpState, Point[]>(COMMON.map((state) => [state, []]));
  private readonly start: number;

  constructor(private readonly stage: Stage) {
    this.start = stage.now();
  }

  /** For the plot. */
  sample(): void {
    const at = Math.round((this.stage.now() - this.start) / MILLISECOND);
    for (const [state, points] of this.server) points.push([at, countState(this.stage, 'server', state)]);
  }

  /** For the table. */
  take(): void {
    this.sample();
    const counts = (role: Role): ReadonlyMap<TcpState, number> => new Map(tcpStates.map((state) => [state, countState(this.stage, role, state)]));
    this.moments.push({ client: counts('client'), server: counts('server') });
  }

  show(): void {
    const seen = tcpStates.filter((state) => this.moments.some(({ client, server }) => (client.get(state) ?? 0) + (server.get(state) ?? 0) > 0));
    this.stage.show({
      kind: 'table', key: 'board', columns: ['state', ...this.moments.flatMap((_, i) => [`client-${i + 1}`, `server-${i + 1}`])],
      rows: seen.map((state) => [state, ...this.moments.flatMap(({ client, server }) => [client.get(state) ?? 0, server.get(state) ?? 0])]),
    });
    this.stage.show({ kind: 'plot', key: 'plot', x: 'ms', y: 'sockets', style: 'steps', series: [...this.server].map(([name, points]) => ({ name, points })) });
  }
}

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
