/** TIME-WAIT is where the first FIN came from, be it client or server (RFC 9293 §3.6, Figure 12). */
import { otherRole, type Role } from '../ends/end.js';
import type { Lab } from '../lab.js';
import { pairUp } from '../stage/pair.js';
import { TIME_WAIT_STAYS } from '../stage/settings.js';

const PORT = 80;
/** The FIN that answers may come with the ACK, so FIN-WAIT-2 may be passed by. */
const ACTIVE = /ESTABLISHED FIN-WAIT-1 (FIN-WAIT-2 )?TIME-WAIT/;
const PASSIVE = /ESTABLISHED (CLOSE-WAIT )?LAST-ACK CLOSED$/;

export const waitActiveCloser: Lab = {
  id: 'wait-active-closer',
  section: 'G',
  entries: [73, 76],
  glass: 'server',
  setUp: { sysctls: { client: TIME_WAIT_STAYS, server: TIME_WAIT_STAYS } },
  musts: ['server-waits', 'client-free', 'client-waits', 'server-free'],
  citations: ['RFC 9293 §3.6, Figure 12', 'RFC 9293 §3.6.1'],
  play: async (stage) => {
    const listener = stage.server.listen(PORT);
    const end = async (first: Role, waits: string, free: string): Promise<void> => {
      const talk = await pairUp(stage, listener, PORT);
      stage.say(first, { port: talk.port });
      await talk.closeFirst(first);
      await stage.until(() => talk.state(first) === 'TIME-WAIT' && talk.state(otherRole(first)) === 'CLOSED');
      stage.must(waits, ACTIVE.test(talk.path(first)) && talk.state(first) === 'TIME-WAIT', `the ${first} went through ${talk.path(first)}`);
      stage.must(free, PASSIVE.test(talk.path(otherRole(first))), `the ${otherRole(first)} went through ${talk.path(otherRole(first))}`);
    };
    await end('server', 'server-waits', 'client-free');
    await end('client', 'client-waits', 'server-free');
  },
};
