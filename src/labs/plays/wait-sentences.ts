/** Four questions that one of the notes leaves open in a table, each answered in one sentence, each sentence shown (RFC 9293 §3.5, §3.6). */
import { MILLISECOND } from '../../util/units.js';
import { SYN } from '../../wire/segment.js';
import type { Lab } from '../lab.js';
import { reached } from '../stage/opening.js';
import { establish } from '../stage/pair.js';
import { atPort, type Seen, segment } from '../stage/seen.js';
import { TIME_WAIT_STAYS } from '../stage/settings.js';
import { work } from '../stage/short-connections.js';
import { countState } from '../stage/socket-counts.js';
import type { Stage } from '../stage/stage.js';
import { exchange } from '../stage/text-flow.js';
import { Tour } from '../stage/tour.js';

const [PORT, AT_ONCE, SHORT, POOLED] = [80, 90, 91, 92];
/** A port of the client on which nothing is. */
const NOBODY = 45_000;
const REQUESTS = 5;

export const waitSentences: Lab = {
  id: 'wait-sentences',
  section: 'G',
  entries: [11, 55, 77, 78, 80],
  glass: 'server',
  setUp: {
    // As long as an ACK may wait on Linux; the usual 40 ms could pass before the server's program has its turn.
    glass: { 'glasstcp.delayedAck': 200 * MILLISECOND },
    sysctls: { client: TIME_WAIT_STAYS, server: TIME_WAIT_STAYS },
  },
  musts: ['three', 'four', 'states', 'time-wait'],
  lasts: 3,
  citations: ['RFC 9293 §3.5, Figures 6 and 8', 'RFC 9293 §3.6, Figure 12', 'RFC 9293 §3.3.2', 'RFC 9293 §3.6.1'],
  play: async (stage) => {
    const tour = new Tour(stage);
    stage.say('orderly');
    await tour.orderly();
    const [opened, closed] = [opening(stage), closing(stage, PORT)];
    stage.say('old-syn');
    const refuted = await refuteOldSyn(stage);
    stage.must('three', opened.ok && refuted, refuted ? opened.told : 'the old SYN was not refuted', { x: opened.x, y: opened.y });
    stage.say('at-once');
    const merged = await closeAtOnce(stage);
    stage.must('four', closed === 4 && merged === 3, `${closed} segments, and ${merged} when the server closed at once`, { slow: closed, quick: merged });
    stage.say('tour');
    await stage.offStage(() => tour.bothClose());
    await stage.offStage(() => tour.bothOpen());
    const states = tour.visits().map(({ state }) => state);
    stage.must('states', states.length === 11, `${states.length} states: ${states.join(', ')}`, { count: states.length, states: states.join(', ') });
    stage.say('requests', { requests: REQUESTS });
    const before = [countState(stage, 'client', 'TIME-WAIT'), countState(stage, 'server', 'TIME-WAIT')];
    const each = await load(stage, SHORT, false);
    const servers = countState(stage, 'server', 'TIME-WAIT') - before[1];
    const shared = await load(stage, POOLED, true);
    stage.must('time-wait', each === REQUESTS && servers === 0 && shared === 1, `${each} at the client, ${servers} at the server, ${shared} when the connection was used again`, { each, servers, shared });
    stage.show({ kind: 'table', key: 'sentences', columns: ['question', 'sentence'], rows: ['three', 'four', 'states', 'time-wait'].map((key) => [`${key}?`, key]) });
  },
};

interface Opening {
  readonly ok: boolean;
  readonly told: string;
  readonly x: number;
  readonly y: number;
}

/** Did the second segment acknowledge one ISN, and only the third the other one? */
function opening(stage: Stage): Opening {
  const [syn, synAck, ack] = stage.seen;
  const told = [syn, synAck, ack].map(({ from, flags }) => `${from} ${flags}`).join('; ');
  const [x, y] = [syn.view.absolute.seq, synAck.view.absolute.seq];
  const next = (isn: number): number => (isn + 1) >>> 0;
  const acked = synAck.view.absolute.ack === next(x) && ack.view.absolute.ack === next(y) && told === 'client SYN; server SYN,ACK; client ACK';
  const port = Number(syn.view.from.slice(syn.view.from.lastIndexOf(':') + 1));
  const later = reached(stage, 'server', PORT, port, 'ESTABLISHED') >= ack.at && reached(stage, 'client', port, PORT, 'ESTABLISHED') <= ack.at;
  return { ok: acked && later, told, x, y };
}

/** Segments from the first FIN on. */
function closing(stage: Stage, port: number): number {
  const all = stage.seen.filter(atPort(port, () => true));
  return all.length - all.findIndex((s) => s.flags === 'FIN,ACK');
}

/** A SYN that nobody wants any more: the third segment says so. */
async function refuteOldSyn(stage: Stage): Promise<boolean> {
  const old = (test: (seen: Seen) => boolean) => (seen: Seen): boolean => test(seen) && atPort(NOBODY, () => true)(seen);
  stage.inject('server', { srcPort: NOBODY, dstPort: PORT, seq: 1000, flags: SYN });
  await stage.until(() => stage.seen.some(old(segment('client', 'RST'))) && stage.state('server', PORT, NOBODY) === 'CLOSED');
  return stage.seen.some(old(segment('server', 'SYN,ACK'))) && stage.seen.some(old(segment('client', 'RST'))) && stage.state('server', PORT, NOBODY) === 'CLOSED';
}

/** The server has nothing more to say when the client's FIN comes. @returns segments of the close */
async function closeAtOnce(stage: Stage): Promise<number> {
  const pair = await establish(stage, AT_ONCE);
  // A question and an answer, as everywhere: after that an ACK waits for company.
  await exchange(stage, pair, '?', '!');
  await stage.until(() => stage.seen.some(atPort(AT_ONCE, segment('client', 'ACK', { ack: 2 }))));
  await pair.closeFirst('client');
  await stage.until(() => pair.state('server') === 'CLOSED');
  return closing(stage, AT_ONCE);
}

/** @returns TIME-WAITs that the requests leave at the client */
async function load(stage: Stage, port: number, pooled: boolean): Promise<number> {
  const before = countState(stage, 'client', 'TIME-WAIT');
  await stage.offStage(() => work(stage, { requests: REQUESTS, ports: [port], pooled, patience: 0 }));
  return countState(stage, 'client', 'TIME-WAIT') - before;
}
