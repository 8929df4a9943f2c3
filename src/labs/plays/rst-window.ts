/** Where a RST has to lie to be believed: exactly at RCV.NXT, in the window, out of it (RFC 9293 §3.10.7.4; RFC 5961 §3.2). */
import { MILLISECOND, SECOND } from '../../util/units.js';
import { RST } from '../../wire/segment.js';
import { otherRole, type Role, ROLES } from '../ends/end.js';
import type { Cell } from '../figure.js';
import type { Lab } from '../lab.js';
import { establish, type Pair } from '../stage/pair.js';
import { atPort } from '../stage/seen.js';
import type { Stage } from '../stage/stage.js';

const WINDOW = 65_535;
/** How far from RCV.NXT the RST lies. The window is about 64 KiB. */
const PLACES = { exact: 0, inside: 1_000, outside: WINDOW + 10_000 } as const;
type Place = keyof typeof PLACES;

interface Outcome {
  readonly role: Role;
  readonly answer: string;
  readonly state: string;
  readonly call: string;
  /** Text sent by the other host afterwards arrives. */
  readonly alive: boolean;
}

/** A RST for a connection of its own, and what that host makes of it. */
async function strike(stage: Stage, role: Role, port: number, place: Place): Promise<Outcome> {
  const pair = await establish(stage, port);
  const other = otherRole(role);
  const syn = stage.seen.find(atPort(port, (seen) => seen.from === other && seen.flags.startsWith('SYN')));
  const next = ((syn?.view.absolute.seq ?? NaN) + 1) >>> 0;
  const { length } = stage.seen;
  stage.inject(role, { ...portsTo(role, pair, port), seq: (next + PLACES[place]) >>> 0, flags: RST, window: 0 });
  await stage.pause(60 * MILLISECOND);
  const answer = stage.seen.slice(length).filter(({ from, fate }) => from === role && fate === undefined).map(({ flags, view }) => `${flags} seq=${view.seq} ack=${view.ack}`).join('; ');
  const state = pair.state(role);
  pair[role].receive();
  const call = pair[role].error;
  let read = '';
  if (state === 'ESTABLISHED') {
    pair[other].send('alive');
    await stage.until(() => (read += pair[role].receive()) === 'alive', 1 * SECOND);
    await stage.pause(30 * MILLISECOND);
  }
  return { role, answer, state, call, alive: read === 'alive' };
}

const portsTo = (role: Role, { port: client }: Pair, server: number): { srcPort: number; dstPort: number } =>
  role === 'client' ? { srcPort: server, dstPort: client } : { srcPort: client, dstPort: server };

const inWords = (outcomes: readonly Outcome[]): string => outcomes.map(({ role, answer, state, call }) => `${role}: ${answer === '' ? 'silence' : answer}, ${state}, ${call}`).join('; ');

export const rstWindow: Lab = {
  id: 'rst-window',
  section: 'D',
  entries: [36],
  glass: 'client',
  musts: ['exact', 'challenge', 'lives', 'outside', 'rules'],
  lasts: 2,
  citations: ['RFC 9293 §3.10.7.4 (second: check the RST bit)', 'RFC 9293 §3.5.3', 'RFC 5961 §3.2'],
  play: async (stage) => {
    const rows: Cell[][] = [];
    const both = async (place: Place, firstPort: number): Promise<Outcome[]> => {
      stage.say(place);
      const outcomes: Outcome[] = [];
      for (const [at, role] of ROLES.entries()) outcomes.push(await strike(stage, role, firstPort + at, place));
      rows.push(...outcomes.map(({ role, answer, state, call }) => [place, role, answer === '' ? '-' : 'ACK', state, call]));
      return outcomes;
    };
    const exact = await both('exact', 80);
    stage.must('exact', exact.every((o) => o.answer === '' && o.state === 'CLOSED' && o.call === 'ECONNRESET'), inWords(exact));
    const inside = await both('inside', 90);
    stage.must('challenge', inside.every((o) => o.answer === 'ACK seq=1 ack=1'), inWords(inside));
    stage.must('lives', inside.every((o) => o.state === 'ESTABLISHED' && o.call === 'EAGAIN' && o.alive), inWords(inside));
    const outside = await both('outside', 100);
    stage.must('outside', outside.every((o) => o.answer === '' && o.state === 'ESTABLISHED' && o.alive), inWords(outside));
    stage.must('rules', ['reset-exact', 'challenge-reset', 'unacceptable-reset'].every((rule) => stage.decided(rule)), 'one of them was decided by another rule');
    stage.show({ kind: 'table', key: 'outcomes', columns: ['number', 'host', 'answer', 'state', 'call'], rows });
  },
};
