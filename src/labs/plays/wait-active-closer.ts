/** TIME-WAIT is where the first FIN came from, be it client or server (RFC 9293 §3.6, Figure 12). */
import type { Role } from '../ends/end.js';
import { otherRole } from '../ends/end.js';
import type { Lab } from '../lab.js';
import { closeFirst, converse, pathOf } from '../stage/conversation.js';

const PORT = 80;
/** The FIN that answers may come with the ACK, so FIN-WAIT-2 may be passed by. */
const ACTIVE = /ESTABLISHED FIN-WAIT-1 (FIN-WAIT-2 )?TIME-WAIT/;
const PASSIVE = /ESTABLISHED (CLOSE-WAIT )?LAST-ACK CLOSED$/;

export const waitActiveCloser: Lab = {
  id: 'wait-active-closer',
  section: 'G',
  entries: [73, 76],
  glass: 'server',
  // A FIN sent twice on a slow machine, and our second ACK makes the peer send RST: that must not end TIME-WAIT (RFC 1337).
  setUp: { sysctls: { client: { 'net.ipv4.tcp_rfc1337': 1 }, server: { 'net.ipv4.tcp_rfc1337': 1 } } },
  musts: ['server-waits', 'client-free', 'client-waits', 'server-free'],
  citations: ['RFC 9293 §3.6, Figure 12', 'RFC 9293 §3.6.1'],
  play: async (stage) => {
    const listener = stage.server.listen(PORT);
    const end = async (first: Role, waits: string, free: string): Promise<void> => {
      const talk = await converse(stage, listener, PORT);
      stage.say(first, { port: talk.port });
      await closeFirst(stage, first, talk);
      const path = (role: Role): string => pathOf(stage, role, talk.port, PORT);
      // Looked at, because nothing on the line tells of the last change.
      const state = (role: Role): string => (role === 'client' ? stage.state(role, talk.port, PORT) : stage.state(role, PORT, talk.port));
      await stage.until(() => state(first) === 'TIME-WAIT' && state(otherRole(first)) === 'CLOSED');
      stage.must(waits, ACTIVE.test(path(first)) && state(first) === 'TIME-WAIT', `the ${first} went through ${path(first)}`);
      stage.must(free, PASSIVE.test(path(otherRole(first))), `the ${otherRole(first)} went through ${path(otherRole(first))}`);
    };
    await end('server', 'server-waits', 'client-free');
    await end('client', 'client-waits', 'server-free');
  },
};
