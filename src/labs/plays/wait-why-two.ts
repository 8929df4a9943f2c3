/** Why TIME-WAIT lasts two lifetimes and not one: the slowest ACK, and a FIN sent just before it arrives (RFC 9293 §3.6.1). */
import { SECOND } from '../../util/units.js';
import { ACK, FIN, type Segment, SYN } from '../../wire/segment.js';
import type { Lab } from '../lab.js';
import { pairUp } from '../stage/pair.js';
import type { Seen } from '../stage/seen.js';
import { TIME_WAIT_STAYS } from '../stage/settings.js';
import type { Stage } from '../stage/stage.js';

const PORT = 80;
/** What the line allows a segment to live, at most. */
const LIFETIME = 1 * SECOND;
/** The slowest segments live nearly that long. */
const SLOW = 0.9 * LIFETIME;
/** Lengths of TIME-WAIT in lifetimes, and the client's port of each try. */
const TRIES = [{ wait: 0, port: 40_000 }, { wait: 1, port: 40_001 }, { wait: 2, port: 40_002 }] as const;

/** The last ACK and every FIN after the first one travel as slowly as they can. */
function slowDown(stage: Stage, port: number): void {
  const isFin = (seg: Segment): boolean => seg.dstPort === port && seg.has(FIN);
  const isLastAck = (seg: Segment): boolean => seg.srcPort === port && (seg.flags & (SYN | FIN | ACK)) === ACK && finsOf(stage, port).length > 0;
  stage.accident({ from: 'client', match: isLastAck, action: { delay: SLOW }, label: 'slow-ack' });
  stage.accident({ from: 'server', match: isFin, nth: 2, times: Infinity, action: { delay: SLOW }, label: 'slow-fin' });
}

const toPort = (port: number) => (s: Seen): boolean => s.view.to.endsWith(`:${port}`);
const finsOf = (stage: Stage, port: number): Seen[] => stage.seen.filter((s) => s.flags === 'FIN,ACK' && toPort(port)(s));
const fromPort = (stage: Stage, port: number): Seen[] => stage.seen.filter((s) => s.view.from.endsWith(`:${port}`));

export const waitWhyTwo: Lab = {
  id: 'wait-why-two',
  section: 'G',
  entries: [70, 77],
  glass: 'client',
  // The server has forgotten the connection when our ACK of its late FIN comes: its RST must not end TIME-WAIT.
  setUp: { glass: TIME_WAIT_STAYS },
  musts: ['slow-ack', 'fin-before', 'none', 'one', 'two', 'empty'],
  lasts: 5,
  citations: ['RFC 9293 §3.6.1', 'RFC 9293 §3.4.2 (MSL)', 'RFC 9293 §3.10.7.4'],
  play: async (stage) => {
    const listener = stage.server.listen(PORT);
    for (const { wait, port } of TRIES) {
      slowDown(stage, port);
      stage.client.sysctl('glasstcp.msl', (wait * LIFETIME) / 2);
      const talk = await pairUp(stage, listener, PORT, port);
      stage.say('try', { wait, port });
      await talk.closeFirst('client');
    }
    const [none, one, two] = TRIES.map((t) => t.port);
    const lastAck = (port: number): Seen | undefined => fromPort(stage, port).find((s) => s.fate === 'delayed');
    await stage.wait('slow-ack', () => TRIES.every((t) => lastAck(t.port) !== undefined), undefined, { slow: SLOW / SECOND });
    const again = (port: number): Seen | undefined => finsOf(stage, port).find((s) => s.fate === 'delayed');
    const before = (port: number): boolean => (again(port)?.at ?? Infinity) < (lastAck(port)?.at ?? NaN) + SLOW;
    await stage.wait('fin-before', () => TRIES.every((t) => before(t.port)));
    const answer = (port: number): Seen | undefined => fromPort(stage, port).find((s) => s.at >= (again(port)?.at ?? Infinity) + SLOW);
    const says = (key: string, port: number, flags: string): Promise<void> => stage.wait(key, () => answer(port)?.flags === flags);
    await says('none', none, 'RST');
    await says('one', one, 'RST');
    await says('two', two, 'ACK');
    await stage.until(() => stage.state('client', two, PORT) === 'CLOSED');
    const late = fromPort(stage, two).filter((s) => s.flags === 'RST').length;
    stage.must('empty', stage.world.line.nextArrival === Infinity && late === 0, `${late} segments came after the end`);
  },
};
