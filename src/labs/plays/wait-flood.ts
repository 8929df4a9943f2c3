/** Ports run out at the side that opens and closes: a 4-tuple in TIME-WAIT cannot be opened again from here (RFC 9293 §3.10.1, §3.6.1). */
import type { Role } from '../ends/end.js';
import type { Cell } from '../figure.js';
import type { Lab } from '../lab.js';
import { pairUp } from '../stage/pair.js';
import { TIME_WAIT_STAYS } from '../stage/settings.js';
import { countState } from '../stage/socket-counts.js';

const [PORT, OTHER, CLOSER] = [80, 81, 82];
const [FIRST, COUNT] = [40_000, 12];

export const waitFlood: Lab = {
  id: 'wait-flood',
  section: 'G',
  entries: [72, 73, 74, 76],
  glass: 'server',
  setUp: {
    delay: { client: 1000, server: 1000 },
    sysctls: { client: { 'net.ipv4.ip_local_port_range': `${FIRST} ${FIRST + COUNT - 1}`, ...TIME_WAIT_STAYS } },
  },
  musts: ['all-waiting', 'refused', 'server-free', 'other-port', 'reused', 'server-waits'],
  lasts: 4,
  citations: ['RFC 9293 §3.6.1', 'RFC 6191', 'ip(7): ip_local_port_range', 'connect(2): EADDRNOTAVAIL'],
  play: async (stage) => {
    const [listener, other, closer] = [PORT, OTHER, CLOSER].map((port) => stage.server.listen(port));
    const waiting = (role: Role): number => countState(stage, role, 'TIME-WAIT');
    stage.say('client-closes', { count: COUNT });
    const clientCloses = async (): Promise<void> => (await pairUp(stage, listener, PORT)).closeFirst('client');
    await clientCloses();
    for (let i = 1; i < COUNT; i++) await stage.offStage(clientCloses);
    await stage.wait('all-waiting', () => waiting('client') === COUNT, undefined, { count: COUNT });
    const { error } = stage.client.connect(PORT);
    stage.must('refused', error === 'EADDRNOTAVAIL', `connect() said ${error}`, { error, number: COUNT + 1 });
    const table: Cell[][] = [['client', COUNT, waiting('client'), waiting('server'), error]];
    stage.must('server-free', waiting('server') === 0, `${waiting('server')} in TIME-WAIT at the server`);
    const talk = await pairUp(stage, other, OTHER);
    stage.must('other-port', waiting('client') === COUNT, `${waiting('client')} in TIME-WAIT at the client`, { port: talk.port, other: OTHER });
    stage.say('server-closes', { port: CLOSER });
    const ports = new Set<number>();
    const serverCloses = async (): Promise<void> => {
      const next = await pairUp(stage, closer, CLOSER);
      ports.add(next.port);
      await next.closeFirst('server');
      await stage.until(() => stage.state('client', next.port, CLOSER) === 'CLOSED');
    };
    await serverCloses();
    for (let i = 1; i <= COUNT; i++) await stage.offStage(serverCloses);
    stage.must('reused', ports.size <= COUNT, `${ports.size} ports`, { number: COUNT + 1, count: COUNT });
    stage.must('server-waits', waiting('server') > 0 && waiting('client') === COUNT, `${waiting('server')} at the server, ${waiting('client')} at the client`, { count: waiting('server') });
    table.push(['server', COUNT, waiting('client') - COUNT, waiting('server'), 'none']);
    stage.show({ kind: 'table', key: 'closers', columns: ['closer', 'opened', 'client-waits', 'server-waits', 'then'], rows: table });
  },
};
