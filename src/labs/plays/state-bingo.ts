/** All eleven states, each seen with one's own eyes: three short connections (RFC 9293 §3.3.2, Figure 5). */
import type { TcpState } from '../../tcp/state.js';
import { MILLISECOND } from '../../util/units.js';
import type { Role } from '../ends/end.js';
import type { Cell } from '../figure.js';
import type { Lab } from '../lab.js';
import { TIME_WAIT_STAYS } from '../stage/settings.js';
import { type ConnectionName, Tour } from '../stage/tour.js';

const MSL = 250 * MILLISECOND;
/** The list of one of the notes, in its order, by the RFC's names. */
const NOTED: readonly TcpState[] = ['LISTEN', 'SYN-SENT', 'SYN-RECEIVED', 'ESTABLISHED', 'FIN-WAIT-1', 'CLOSE-WAIT', 'FIN-WAIT-2', 'LAST-ACK', 'TIME-WAIT', 'CLOSED'];

type Sight = readonly [connection: ConnectionName, role: Role];
/** Who has to be seen in each state, by the key of its must. */
const SIGHTS: Readonly<Record<string, readonly [state: TcpState, ...sights: Sight[]]>> = {
  'listen': ['LISTEN', ['orderly', 'server']],
  'syn-sent': ['SYN-SENT', ['orderly', 'client'], ['both-open', 'client'], ['both-open', 'server']],
  'syn-received': ['SYN-RECEIVED', ['orderly', 'server'], ['both-open', 'client'], ['both-open', 'server']],
  'established': ['ESTABLISHED', ['orderly', 'client'], ['orderly', 'server'], ['both-open', 'client'], ['both-open', 'server']],
  'fin-wait-1': ['FIN-WAIT-1', ['orderly', 'client'], ['both-close', 'client'], ['both-close', 'server']],
  'fin-wait-2': ['FIN-WAIT-2', ['orderly', 'client']],
  'close-wait': ['CLOSE-WAIT', ['orderly', 'server']],
  'closing': ['CLOSING', ['both-close', 'client'], ['both-close', 'server']],
  'last-ack': ['LAST-ACK', ['orderly', 'server']],
  'time-wait': ['TIME-WAIT', ['orderly', 'client'], ['both-close', 'client'], ['both-close', 'server']],
  'closed': ['CLOSED', ['orderly', 'client'], ['orderly', 'server']],
};

const cell = (at: number): Cell => (Number.isNaN(at) ? '–' : at);

export const stateBingo: Lab = {
  id: 'state-bingo',
  section: 'G',
  entries: [1, 9, 58, 78],
  glass: 'client',
  setUp: { glass: { 'glasstcp.msl': MSL, ...TIME_WAIT_STAYS } },
  musts: [...Object.keys(SIGHTS), 'missing'],
  lasts: 2,
  citations: ['RFC 9293 §3.3.2, Figure 5', 'RFC 9293 §3.5, Figure 7', 'RFC 9293 §3.6, Figures 12 and 13'],
  play: async (stage) => {
    const tour = new Tour(stage);
    stage.say('orderly');
    await tour.orderly();
    stage.say('both-close');
    await tour.bothClose();
    stage.say('both-open');
    await tour.bothOpen();
    await tour.lastClosed();
    const listened = tour.at('orderly', 'server', 'LISTEN') <= tour.at('orderly', 'client', 'SYN-SENT');
    for (const [key, [state, ...sights]] of Object.entries(SIGHTS)) {
      const unseen = sights.filter(([connection, role]) => Number.isNaN(tour.at(connection, role, state)));
      stage.must(key, unseen.length === 0 && listened, `not seen in ${state}: ${unseen.map(([connection, role]) => `the ${role} (${connection})`).join(', ')}`);
    }
    const visits = tour.visits();
    const missing = visits.map(({ state }) => state).filter((state) => !NOTED.includes(state));
    stage.must('missing', visits.length === NOTED.length + 1 && missing.join(' ') === 'CLOSING', `${visits.length} states; not in the list: ${missing.join(', ')}`, { seen: visits.length, listed: NOTED.length });
    stage.show({ kind: 'table', key: 'board', columns: ['state', 'connection', 'client', 'server'], rows: visits.map(({ state, connection, client, server }) => [state, connection, cell(client), cell(server)]) });
  },
};
