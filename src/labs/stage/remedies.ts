/** What is said to help against too many TIME-WAITs: each remedy with its setting, and what comes of the same work with it. */
import { MILLISECOND } from '../../util/units.js';
import { type Done, type Work, work } from './short-connections.js';
import type { Stage } from './stage.js';

/** Ports that the client has, and requests that it has to make. */
export const [FIRST, PORTS, REQUESTS] = [40_000, 8, 12];
export const LAST = FIRST + PORTS - 1;
/** Longer than tcp_tw_reuse_delay and the shortest tcp_fin_timeout, both a second. */
const PATIENCE = 1100 * MILLISECOND;
export const RANGE = 'net.ipv4.ip_local_port_range';
const REUSE = 'net.ipv4.tcp_tw_reuse';
const FIN_TIMEOUT = 'net.ipv4.tcp_fin_timeout';
const BUCKETS = 'net.ipv4.tcp_max_tw_buckets';

/** One way to do the work. */
export interface Remedy {
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

export const remedies = (stage: Stage): readonly Remedy[] => [
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

export interface Outcome extends Done {
  readonly remedy: Remedy;
  /** TIME-WAITs at the client when the work is over. */
  readonly waiting: number;
}

export async function tryOut(stage: Stage, remedy: Remedy): Promise<Outcome> {
  const { key, ports, task, set } = remedy;
  stage.say(key, { requests: REQUESTS, ports: PORTS });
  if (set !== undefined) stage.client.sysctl(set[0], set[1]);
  const done = await work(stage, { requests: REQUESTS, ports, patience: PATIENCE, ...task });
  if (set !== undefined) stage.client.sysctl(set[0], set[2]);
  const waiting = stage.world.look('client').filter(({ remotePort, state }) => state === 'TIME-WAIT' && ports.includes(remotePort)).length;
  return { ...done, remedy, waiting };
}

export const outcomeValues = ({ served, waiting, error }: Outcome): Readonly<Record<string, string | number>> => ({ served, waiting, error, requests: REQUESTS, ports: PORTS });

/** Remedies that are settings stand in the table by the name of the setting. */
export const nameOf = ({ key, set }: Remedy): string => (set === undefined || set[0] === RANGE ? key : `${set[0]} = ${set[1]}`);

export function isAsExpected({ remedy, served, waiting, error }: Outcome): boolean {
  switch (remedy.verdict) {
    case 'fails':
    case 'other': return served === PORTS && waiting === PORTS && error === 'EADDRNOTAVAIL';
    case 'cure': return served === REQUESTS && waiting === 1;
    case 'more': return served === REQUESTS && waiting === REQUESTS;
    // On a slow machine the second has passed before all ports have been used.
    case 'second': return served === REQUESTS && waiting <= PORTS && waiting > 0;
    default: return served === REQUESTS && waiting === 0;
  }
}
