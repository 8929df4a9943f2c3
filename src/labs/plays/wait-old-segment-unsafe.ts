/** An old segment fits into the next connection without anybody's help, when what protects TCP is left out (RFC 9293 §3.4.1, §3.4.3; RFC 7323 §5). */
import { Unsafe } from '../../tcp/unsafe.js';
import { MILLISECOND, SECOND } from '../../util/units.js';
import type { Lab } from '../lab.js';
import { Guessable } from '../stage/guessable.js';
import type { LabSocket } from '../stage/lab-socket.js';
import { accepted } from '../stage/opening.js';
import { atPort, type Seen, segment, withText } from '../stage/seen.js';
import { TIME_WAIT_STAYS } from '../stage/settings.js';
import type { Stage } from '../stage/stage.js';
import { readText } from '../stage/text-flow.js';

const PORT = 80;
const GREETING = '220 bank.example ready: one order a line, please, and have a nice day.\r\n';
/** As long as the ISN's step: what follows it has the number that the next connection begins with. */
const LOGIN = 'login alice'.padEnd(64, '.');
const [OLD, NEW, MIXED] = ['pay 900', 'pay 100 to Bob', 'pay 900 to Bob'];
const MSL = 30 * SECOND;
/** For the old segment to arrive, and its answer. */
const ENOUGH = 60 * MILLISECOND;

/** What is left out in one try. */
interface Try {
  readonly key: string;
  readonly port: number;
  readonly guessable: boolean;
  readonly timestamps: boolean;
  readonly paws: boolean;
}

const TRIES: readonly Try[] = [
  { key: 'none', port: 40_000, guessable: true, timestamps: false, paws: true },
  { key: 'clock', port: 40_001, guessable: false, timestamps: false, paws: true },
  { key: 'stamps', port: 40_002, guessable: true, timestamps: true, paws: true },
  { key: 'unread', port: 40_003, guessable: true, timestamps: true, paws: false },
];

const variantOf = ({ guessable, paws }: Try): Unsafe | null => (guessable ? (paws ? Unsafe.predictableIsn : Unsafe.predictableIsnNoPaws) : null);

/** The first connection: an order is held up by the network, sent again, and taken. The server closes first. */
async function firstConnection(stage: Stage, guessable: Guessable, listener: LabSocket, attempt: Try): Promise<Seen> {
  const { port } = attempt;
  for (const host of [stage.client, stage.server]) host.sysctl('net.ipv4.tcp_timestamps', attempt.timestamps ? 1 : 0);
  stage.server.becomeUnsafe(variantOf(attempt));
  stage.accident({ from: 'client', match: (s) => s.srcPort === port && s.dataLength === OLD.length, action: 'hold', label: 'held' });
  const { client, server } = await open(stage, guessable, listener, attempt);
  client.send(LOGIN);
  let read = await readText(stage, server, LOGIN.length);
  client.send(OLD);
  await stage.until(() => (read += server.receive()) === LOGIN + OLD);
  server.close();
  await stage.until(() => (client.receive(), client.ended));
  client.close();
  await stage.until(() => stage.state('client', port, PORT) === 'CLOSED');
  return stage.seen.find((s) => s.fate === 'held' && atPort(port, withText('client'))(s)) as Seen;
}

async function open(stage: Stage, guessable: Guessable, listener: LabSocket, attempt: Try): Promise<{ readonly client: LabSocket; readonly server: LabSocket }> {
  const client = guessable.socket(attempt.port, attempt.guessable).connect(stage.server.address, PORT);
  const server = await accepted(stage, listener);
  if (server === undefined) throw new Error(`no connection came about (${client.error})`);
  server.send(GREETING);
  await readText(stage, client, GREETING.length);
  return { client, server };
}

interface Outcome {
  /** What the server has read. */
  readonly read: string;
  /** All of the connection but its end. */
  readonly passed: readonly Seen[];
}

/** The old segment comes into the second connection before its client has said anything. */
async function secondConnection(stage: Stage, guessable: Guessable, listener: LabSocket, attempt: Try): Promise<Outcome> {
  const { length } = stage.seen;
  const { client, server } = await open(stage, guessable, listener, attempt);
  stage.say('release', { old: OLD });
  stage.release();
  await stage.pause(ENOUGH);
  client.send(NEW);
  const read = await readText(stage, server, NEW.length);
  await stage.until(() => stage.seen.some(atPort(attempt.port, segment('server', 'ACK', { ack: 1 + NEW.length }))));
  const passed = stage.seen.slice(length);
  for (const socket of [client, server]) {
    socket.lingerZero();
    socket.close();
  }
  await stage.pause(ENOUGH);
  return { read, passed };
}

export const waitOldSegmentUnsafe: Lab = {
  id: 'wait-old-segment-unsafe',
  section: 'G',
  entries: [2, 67, 77],
  glass: 'server',
  // The client answers an ACK that it does not expect with RST: that must not end TIME-WAIT (RFC 1337).
  setUp: { glass: { 'glasstcp.msl': 0, ...TIME_WAIT_STAYS } },
  musts: ['guessed', 'fits', 'corrupted', 'unnoticed', 'clock', 'paws', 'no-paws', 'no-successor', 'answered'],
  lasts: 4,
  citations: ['RFC 9293 §3.4.1, §3.4.3', 'RFC 6528', 'RFC 7323 §5.1, §5.3', 'RFC 9293 §3.6.1'],
  play: async (stage) => {
    const guessable = new Guessable(stage);
    const listener = stage.server.listen(PORT);
    const outcomes: Outcome[] = [];
    for (const attempt of TRIES) {
      stage.say(attempt.key, { old: OLD });
      const old = await firstConnection(stage, guessable, listener, attempt);
      const outcome = await secondConnection(stage, guessable, listener, attempt);
      outcomes.push(outcome);
      if (attempt.key === 'none') mustFit(stage, old, outcome);
    }
    const [, clock, stamps, unread] = outcomes.map(({ read }) => read);
    stage.must('clock', clock === NEW && (stage.decided('unacceptable') || stage.decided('ack-too-old')), `the server read "${clock}"`, { read: clock });
    stage.must('paws', stamps === NEW && stage.decided('paws-rejects'), `the server read "${stamps}"`, { read: stamps });
    stage.must('no-paws', unread === MIXED && stage.decided('paws-left-out'), `the server read "${unread}"`, { read: unread });
    await withTimeWait(stage, guessable, listener);
    stage.show({
      kind: 'table', key: 'read', columns: ['protection', 'sent', 'read'],
      rows: [...TRIES.map(({ key }, i) => [key, NEW, outcomes[i].read]), ['wait', 'no-connection', 'nothing']],
    });
  },
};

/** Nobody has touched the old segment, and nobody has noticed it. */
function mustFit(stage: Stage, old: Seen, { read, passed }: Outcome): void {
  const syns = stage.seen.filter(segment('client', 'SYN'));
  const [first, second] = [syns[0], syns.at(-1) ?? syns[0]].map((s) => s.view.absolute.seq);
  stage.must('guessed', second - first === LOGIN.length, `the ISNs were ${first} and ${second}`, { first, second });
  stage.must('fits', old.view.absolute.seq === second + 1, `the old segment has ${old.view.absolute.seq}`, { number: old.view.absolute.seq });
  stage.must('corrupted', read === MIXED, `the server read "${read}"`, { sent: NEW, read });
  const resets = passed.filter(({ flags }) => flags.startsWith('RST')).length;
  stage.must('unnoticed', resets === 0 && passed.some(segment('server', 'ACK', { ack: 1 + NEW.length })), `${resets} resets`, { ack: 1 + NEW.length });
}

/** With TIME-WAIT at the server the client cannot open again while the old segment may live. */
async function withTimeWait(stage: Stage, guessable: Guessable, listener: LabSocket): Promise<void> {
  const attempt = { ...TRIES[0], port: 40_004 };
  stage.say('wait');
  stage.server.sysctl('glasstcp.msl', MSL);
  await firstConnection(stage, guessable, listener, attempt);
  const { length } = stage.seen;
  const client = guessable.socket(attempt.port, true).connect(stage.server.address, PORT);
  await stage.until(() => stage.seen.slice(length).some((s) => s.from === 'server'));
  const state = stage.state('server', PORT, attempt.port);
  stage.must('no-successor', state === 'TIME-WAIT' && listener.accept() === null && stage.decided('incarnation-old'), `the server is ${state}`);
  const before = stage.seen.length;
  stage.release();
  await stage.wait('answered', () => stage.seen.slice(before).some(segment('server', 'ACK', { length: 0 })) && stage.state('server', PORT, attempt.port) === 'TIME-WAIT');
  client.close();
}
