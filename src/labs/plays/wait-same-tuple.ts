/** The same four numbers again: which SYN may end TIME-WAIT early (RFC 9293 §3.6.1, MAY-2; RFC 6191). */
import { SYN } from '../../wire/segment.js';
import type { Role } from '../ends/end.js';
import type { Lab } from '../lab.js';
import { pairUp } from '../stage/pair.js';
import { type Seen, segment } from '../stage/seen.js';
import { TIME_WAIT_STAYS } from '../stage/settings.js';
import type { Stage } from '../stage/stage.js';

const PORT = 80;
const [STAMPED, PLAIN] = [40_001, 40_002];

const ofPort = (port: number) => (s: Seen): boolean => s.view.from.endsWith(`:${port}`) || s.view.to.endsWith(`:${port}`);

/** After so many segments, one from that host with these flags, on the connection of that client's port. */
const later = (stage: Stage, count: number, port: number, from: Role, flags: string) => (s: Seen): boolean =>
  ofPort(port)(s) && segment(from, flags)(s) && stage.seen.indexOf(s) >= count;

export const waitSameTuple: Lab = {
  id: 'wait-same-tuple',
  section: 'G',
  entries: [72],
  glass: 'server',
  // The client answers an ACK that it does not know with RST, which would end TIME-WAIT before we have seen it.
  setUp: { glass: TIME_WAIT_STAYS },
  musts: ['holds', 'low-ack', 'low-stays', 'other-port', 'stamp-opens', 'stamp-rule', 'number-opens', 'number-rule'],
  lasts: 2,
  citations: ['RFC 9293 §3.6.1 (MAY-2)', 'RFC 6191 §2', 'RFC 9293 §3.10.7.4', 'RFC 1337'],
  play: async (stage) => {
    const listener = stage.server.listen(PORT);
    const end = async (port: number): Promise<void> => {
      await (await pairUp(stage, listener, PORT, port)).closeFirst('server');
      await stage.until(() => stage.state('server', PORT, port) === 'TIME-WAIT' && stage.state('client', port, PORT) === 'CLOSED');
    };
    await end(STAMPED);
    stage.must('holds', stage.state('server', PORT, STAMPED) === 'TIME-WAIT', stage.state('server', PORT, STAMPED));
    const syn = stage.seen.find(segment('client', 'SYN')) as Seen;
    stage.say('low');
    let before = stage.seen.length;
    stage.inject('server', { srcPort: STAMPED, dstPort: PORT, seq: syn.view.absolute.seq - 1000, flags: SYN });
    await stage.see('low-ack', later(stage, before, STAMPED, 'server', 'ACK'));
    stage.must('low-stays', stage.state('server', PORT, STAMPED) === 'TIME-WAIT' && stage.decided('incarnation-old'), stage.state('server', PORT, STAMPED));
    const other = await pairUp(stage, listener, PORT);
    stage.must('other-port', other.port !== STAMPED && stage.state('server', PORT, STAMPED) === 'TIME-WAIT', 'TIME-WAIT was gone', { port: other.port });
    before = stage.seen.length;
    stage.say('stamp', { port: STAMPED });
    await pairUp(stage, listener, PORT, STAMPED);
    await stage.see('stamp-opens', later(stage, before, STAMPED, 'server', 'SYN,ACK'));
    stage.must('stamp-rule', stage.decided('incarnation-by-timestamp'), 'something else let it in');
    stage.client.sysctl('net.ipv4.tcp_timestamps', 0);
    await end(PLAIN);
    before = stage.seen.length;
    stage.say('number', { port: PLAIN });
    await pairUp(stage, listener, PORT, PLAIN);
    await stage.see('number-opens', later(stage, before, PLAIN, 'server', 'SYN,ACK'));
    stage.must('number-rule', stage.decided('incarnation-by-number'), 'something else let it in');
  },
};
