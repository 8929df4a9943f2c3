/** A server that does without the third segment: a stale SYN opens a connection for good, and one lost SYN,ACK is never mended (RFC 9293 §3.5). */
import { Unsafe } from '../../tcp/unsafe.js';
import { MILLISECOND, SECOND } from '../../util/units.js';
import { ACK, RST, SYN } from '../../wire/segment.js';
import type { Lab } from '../lab.js';
import { accepted } from '../stage/opening.js';
import { atPort, type Seen, segment, type Test, withText } from '../stage/seen.js';
import type { Stage } from '../stage/stage.js';

const [STALE, LOSSY, PROPER] = [80, 81, 82];
const [FIRST, SECOND_PORT] = [700, 701];
const OLD = 7_000;

/** An old SYN for port 80 arrives. @returns what the server has sent in answer, now and later */
function staleSyn(stage: Stage, srcPort: number): () => Seen[] {
  stage.inject('server', { srcPort, dstPort: STALE, seq: OLD, flags: SYN });
  return () => stage.seen.filter(atPort(srcPort, ({ from }) => from === 'server'));
}

/** A client connects, and the SYN,ACK is lost, once. */
function connectAndLose(stage: Stage, port: number) {
  stage.accident({ from: 'server', match: (s) => s.srcPort === port && s.has(SYN) && s.has(ACK), action: 'drop', label: 'lost-syn-ack' });
  return { listener: stage.server.listen(port), client: stage.client.connect(port) };
}

const arrivedText: Test = (seen) => withText('server')(seen) && seen.fate === undefined;

export const openTwoWay: Lab = {
  id: 'open-two-way',
  section: 'A',
  entries: [10, 11, 12],
  glass: 'server',
  setUp: { glass: { 'glasstcp.rtoInitial': 300 * MILLISECOND, 'net.ipv4.tcp_synack_retries': 1 } },
  musts: ['two-open', 'two-accepted', 'three-waits', 'three-frees', 'leak', 'two-mute', 'two-deaf', 'three-again', 'three-text'],
  lasts: 4,
  citations: ['RFC 9293 §3.5, Figure 8', 'RFC 9293 §3.10.7.3', 'RFC 9293 §3.4.1'],
  play: async (stage) => {
    const { server } = stage;
    const theirs = (port: number): string => stage.state('server', STALE, port);
    const listener = server.listen(STALE);
    stage.accident({ from: 'client', match: (s) => s.has(RST), times: Infinity, action: 'drop', label: 'lost-rst' });

    server.becomeUnsafe(Unsafe.twoWayHandshake);
    stage.say('stale-two');
    staleSyn(stage, FIRST);
    await stage.wait('two-open', () => theirs(FIRST) === 'ESTABLISHED' && stage.decided('unsafe-two-way'));
    stage.must('two-accepted', listener.accept() !== null, 'accept() has nothing');
    server.becomeUnsafe(null);
    stage.say('stale-three');
    const answers = staleSyn(stage, SECOND_PORT);
    await stage.until(() => answers().length > 0);
    stage.must('three-waits', theirs(SECOND_PORT) === 'SYN-RECEIVED' && listener.accept() === null, `the server is in ${theirs(SECOND_PORT)}`);
    await stage.wait('three-frees', () => theirs(SECOND_PORT) === 'CLOSED' && answers().length === 2);
    const timers = stage.world.look('server').find(({ localPort, remotePort }) => localPort === STALE && remotePort === FIRST)?.timers ?? [];
    stage.must('leak', theirs(FIRST) === 'ESTABLISHED' && timers.length === 0, `the server is in ${theirs(FIRST)}, timers: ${timers.map(({ name }) => name).join(', ') || 'none'}`);

    server.becomeUnsafe(Unsafe.twoWayHandshake);
    stage.say('lost-two');
    const two = connectAndLose(stage, LOSSY);
    (await accepted(stage, two.listener))?.send('hello');
    const ours = (): string => stage.state('client', two.client.port, LOSSY);
    await stage.wait('two-mute', () => stage.seen.filter(atPort(LOSSY, arrivedText)).length >= 2 && ours() === 'SYN-SENT' && two.client.receive() === '');
    const syns = (): Seen[] => stage.seen.filter(atPort(LOSSY, segment('client', 'SYN')));
    const answered = (): boolean => syns().length >= 2 && stage.seen.filter(atPort(LOSSY, segment('server', 'ACK', { length: 0 }))).some(({ at }) => at >= syns()[1].at);
    await stage.until(answered);
    await stage.pause(SECOND / 10);
    stage.must('two-deaf', answered() && ours() === 'SYN-SENT' && stage.seen.filter(atPort(LOSSY, segment('server', 'SYN,ACK'))).length === 1, `the client is in ${ours()}`);

    server.becomeUnsafe(null);
    stage.say('lost-three');
    const three = connectAndLose(stage, PROPER);
    await stage.wait('three-again', () => stage.seen.filter(atPort(PROPER, segment('server', 'SYN,ACK'))).length >= 2);
    (await accepted(stage, three.listener))?.send('hello');
    let read = '';
    await stage.wait('three-text', () => (read += three.client.receive()) === 'hello');
  },
};
