/** Too many TIME-WAITs, and what is said to help: the same work with each remedy alone (RFC 9293 §3.6.1, RFC 6191, RFC 7323; ip(7), tcp(7)). */
import { MILLISECOND } from '../../util/units.js';
import type { Lab } from '../lab.js';
import { loseLastAck } from '../stage/last-ack.js';
import { establish } from '../stage/pair.js';
import { atPort, segment } from '../stage/seen.js';
import { TIME_WAIT_STAYS } from '../stage/settings.js';
import { type Done, type Work, work } from '../stage/short-connections.js';
import type { Stage } from '../stage/stage.js';

const [FIRST, PORTS, REQUESTS] = [40_000, 8, 12];
const LAST = FIRST + PORTS - 1;
/** Longer than tcp_tw_reuse_delay and the shortest tcp_fin_timeout, both a second. */
const PATIENCE = 1100 * MILLISECOND;
const RANGE = 'net.ipv4.ip_local_port_range';
const REUSE = 'net.ipv4.tcp_tw_reuse';
const FIN_TIMEOUT = 'net.ipv4.tcp_fin_timeout';
const BUCKETS = 'net.ipv4.tcp_max_tw_buckets';
const RECYCLE = 'net.ipv4.tcp_tw_recycle';
const PARTING = new Uint8Array(64 * 1024).fill(0x2e);
const [LINGER_PORT, FIN_PORT] = [200, 201];

/** One way to do the work. */
interface Remedy {
  /** Of its sentence and its row. */
  readonly key: string;
  /** Ports of the server, each remedy has its own. */
  readonly ports: readonly number[];
  readonly task?: Partial<Work>;
  /** A setting of the client, with what it was before. */
  readonly set?: readonly [name: string, value: string | number, before: string | number];
  /** What the table says of it. */
  readonly verdict: string;
}

/** Without TIME-WAITs: Linux by a limit on their number, glasstcp by their length. */
const unwaiting = (stage: Stage): Remedy['set'] => (stage.client.end.kind === 'kernel' ? [BUCKETS, 0, 4096] : ['glasstcp.msl', 0, 30_000_000]);

const remedies = (stage: Stage): readonly Remedy[] => [
  { key: 'nothing', ports: [80], verdict: 'fails' },
  { key: 'pool', ports: [81], task: { pooled: true }, verdict: 'cure' },
  { key: 'peer-first', ports: [82], task: { closer: 'server' }, verdict: 'good' },
  { key: 'tuples', ports: [83, 84], verdict: 'more' },
  { key: 'range', ports: [85], set: [RANGE, `${FIRST} ${LAST + PORTS}`, `${FIRST} ${LAST}`], verdict: 'more' },
  { key: 'reuse', ports: [86], set: [REUSE, 1, 2], verdict: 'second' },
  { key: 'linger', ports: [87], task: { linger: true }, verdict: 'loses' },
  { key: 'buckets', ports: [88], set: unwaiting(stage), verdict: 'breaks' },
  { key: 'fin-timeout', ports: [89], set: [FIN_TIMEOUT, 1, 60], verdict: 'other' },
];

interface Outcome extends Done {
  readonly remedy: Remedy;
  /** TIME-WAITs at the client when the work is over. */
  readonly waiting: number;
}

async function tryOut(stage: Stage, remedy: Remedy): Promise<Outcome> {
  const { key, ports, task, set } = remedy;
  stage.say(key, { requests: REQUESTS, ports: PORTS });
  if (set !== undefined) stage.client.sysctl(set[0], set[1]);
  const done = await work(stage, { requests: REQUESTS, ports, patience: PATIENCE, ...task });
  if (set !== undefined) stage.client.sysctl(set[0], set[2]);
  const waiting = stage.world.look('client').filter(({ remotePort, state }) => state === 'TIME-WAIT' && ports.includes(remotePort)).length;
  return { ...done, remedy, waiting };
}

export const waitRemedies: Lab = {
  id: 'wait-remedies',
  section: 'G',
  entries: [73, 74, 75],
  glass: 'server',
  setUp: {
    delay: { client: MILLISECOND, server: MILLISECOND },
    sysctls: { client: { [RANGE]: `${FIRST} ${LAST}`, ...TIME_WAIT_STAYS } },
  },
  musts: ['nothing', 'pool', 'peer-first', 'tuples', 'range', 'reuse', 'linger', 'lost', 'buckets', 'reset', 'fin-timeout', 'recycle'],
  lasts: 7,
  citations: ['RFC 9293 §3.6.1', 'RFC 6191 §2', 'RFC 7323 §5', 'RFC 9293 §3.10.5 (ABORT)', 'ip(7): ip_local_port_range', 'tcp(7): tcp_tw_reuse, tcp_fin_timeout, SO_LINGER'],
  play: async (stage) => {
    const outcomes: Outcome[] = [];
    for (const remedy of remedies(stage)) {
      const { key, verdict } = remedy;
      const outcome = await tryOut(stage, remedy);
      outcomes.push(outcome);
      stage.must(key, isAsExpected(outcome), `${outcome.served} of ${REQUESTS} requests were answered (${outcome.error}), ${outcome.waiting} in TIME-WAIT`, { ...outcomeValues(outcome) });
      if (verdict === 'loses') await loseParting(stage);
      if (verdict === 'breaks') await breakClose(stage, remedy);
    }
    stage.must('recycle', isUnknown(stage, RECYCLE), `${RECYCLE} can be set`);
    stage.show({
      kind: 'table', key: 'remedies', columns: ['remedy', 'served', 'waiting', 'verdict'],
      rows: [...outcomes.map(({ remedy, served, waiting }) => [nameOf(remedy), served, waiting, remedy.verdict]), [RECYCLE, '–', '–', 'gone']],
    });
  },
};

const outcomeValues = ({ served, waiting, error }: Outcome): Readonly<Record<string, string | number>> => ({ served, waiting, error, requests: REQUESTS, ports: PORTS });

/** Remedies that are settings stand in the table by the name of the setting. */
const nameOf = ({ key, set }: Remedy): string => (set === undefined || set[0] === RANGE ? key : `${set[0]} = ${set[1]}`);

function isAsExpected({ remedy, served, waiting, error }: Outcome): boolean {
  switch (remedy.verdict) {
    case 'fails':
    case 'other': return served === PORTS && waiting === PORTS && error === 'EADDRNOTAVAIL';
    case 'cure': return served === REQUESTS && waiting === 1;
    case 'more': return served === REQUESTS && waiting === REQUESTS;
    case 'second': return served === REQUESTS && waiting === PORTS;
    default: return served === REQUESTS && waiting === 0;
  }
}

/** What the client said last is still on its way when it resets. */
async function loseParting(stage: Stage): Promise<void> {
  const { client, server } = await establish(stage, LINGER_PORT);
  stage.say('parting');
  client.lingerZero();
  const queued = client.send(PARTING);
  client.close();
  let got = 0;
  await stage.until(() => {
    got += server.receiveOctets().length;
    return server.error === 'ECONNRESET';
  });
  stage.must('lost', server.error === 'ECONNRESET' && got < queued, `the server got ${got} of ${queued} octets`, { got, queued });
}

/** The last ACK is lost, and the client has forgotten what it was about. */
async function breakClose(stage: Stage, { set }: Remedy): Promise<void> {
  if (set !== undefined) stage.client.sysctl(set[0], set[1]);
  const pair = await establish(stage, FIN_PORT);
  loseLastAck(stage, FIN_PORT, 'last-ack');
  stage.say('forgotten');
  await pair.closeFirst('client');
  await stage.see('reset', atPort(FIN_PORT, segment('client', 'RST')));
  if (set !== undefined) stage.client.sysctl(set[0], set[2]);
}

function isUnknown(stage: Stage, name: string): boolean {
  try {
    stage.client.sysctl(name, 1);
    return false;
  } catch {
    return true;
  }
}
