/** Bulk data both ways at once: TCP is full duplex, and acknowledgements ride on text (RFC 9293 §2.2, §3.8.6.3, §3.10.7.4). */
import { Linux } from '../../bsd/constants.js';
import { KIB, MILLISECOND, SECOND } from '../../util/units.js';
import { type Role, ROLES } from '../ends/end.js';
import type { Lab } from '../lab.js';
import type { LabSocket } from '../stage/lab-socket.js';
import { establish, type Pair } from '../stage/pair.js';
import { type Seen, withText } from '../stage/seen.js';
import type { Stage } from '../stage/stage.js';
import { readText } from '../stage/text-flow.js';

const PIECE = new Uint8Array(8 * KIB).map((_, n) => n % 251);
/** One way. */
const TRAVELS = 10 * MILLISECOND;
const PACE = 5 * MILLISECOND;
const [ONE_WAY, BOTH_WAYS] = [8, 32];
const GREETING = '220 ready';

interface Tally {
  readonly texts: number;
  /** Of them, those that acknowledge something that no segment before has. */
  readonly riding: number;
  readonly pure: number;
}

/** @param from index of the first segment that counts */
function tallyOf({ seen }: Stage, from: number, role: Role): Tally {
  const own = (list: readonly Seen[]): Seen[] => list.filter((segment) => segment.from === role);
  let acknowledged = Math.max(...own(seen.slice(0, from)).map(({ view }) => view.ack ?? 0));
  const tally = { texts: 0, riding: 0, pure: 0 };
  for (const { view } of own(seen.slice(from))) {
    const news = (view.ack ?? 0) > acknowledged;
    acknowledged = Math.max(acknowledged, view.ack ?? 0);
    if (view.length === 0) tally.pure++;
    else {
      tally.texts++;
      if (news) tally.riding++;
    }
  }
  return tally;
}

/** Takes what has come, and checks it. @returns octets in all, or NaN when they are not what was written */
function readOn(socket: LabSocket, so: number): number {
  const text = socket.receiveOctets();
  return text.every((octet, n) => octet === PIECE[(so + n) % PIECE.length]) ? so + text.length : NaN;
}

/** The client alone writes, a piece every few milliseconds. @returns has the server read it all */
async function oneWay(stage: Stage, { client, server }: Pair, pieces: number): Promise<boolean> {
  let got = 0;
  for (let n = 0; n < pieces; n++) {
    client.send(PIECE);
    await stage.pause(PACE);
    got = readOn(server, got);
  }
  return stage.until(() => (got = readOn(server, got)) === pieces * PIECE.length);
}

/** Both write a piece at once, and another one for each that they have read. @returns have both read it all */
async function bothWays(stage: Stage, pair: Pair, pieces: number): Promise<boolean> {
  const sides = ROLES.map((role) => ({ socket: pair[role], got: 0, wrote: 0 }));
  return stage.until(() => {
    for (const side of sides) {
      side.got = readOn(side.socket, side.got);
      if (side.wrote < pieces && side.wrote * PIECE.length <= side.got) {
        side.socket.send(PIECE);
        side.wrote++;
      }
    }
    return sides.every(({ got }) => got === pieces * PIECE.length);
  }, 20 * SECOND);
}

/** What passes on the line meanwhile. */
async function watch(stage: Stage, act: () => Promise<boolean>): Promise<Record<Role, Tally> & { readonly right: boolean; readonly crossing: number }> {
  const { length } = stage.seen;
  const right = await act();
  const seen = stage.seen.slice(length);
  const [from, to] = ROLES.map((role) => seen.filter(withText(role)));
  const crossing = from.filter(({ at }) => to.some((other) => Math.abs(other.at - at) < TRAVELS)).length;
  return { client: tallyOf(stage, length, 'client'), server: tallyOf(stage, length, 'server'), right, crossing };
}

export const dataBothWays: Lab = {
  id: 'data-both-ways',
  section: 'E',
  entries: [44, 49],
  glass: 'client',
  // One write, one segment; ACKs wait a little for company, as the RFC has it.
  setUp: { mtu: 9000, delay: { client: TRAVELS, server: TRAVELS }, glass: { 'glasstcp.ackPolicy': 'rfc' } },
  musts: ['server-first', 'one-way', 'all', 'crossing', 'riding', 'fewer'],
  lasts: 2,
  citations: ['RFC 9293 §2.2', 'RFC 9293 §3.8.6.3', 'RFC 9293 §3.4'],
  play: async (stage) => {
    const pair = await establish(stage, 25);
    stage.say('begin', { greeting: GREETING });
    pair.server.send(GREETING);
    const read = await readText(stage, pair.client, GREETING.length);
    const first = stage.seen.find(({ view }) => view.length > 0);
    stage.must('server-first', first?.from === 'server' && read === GREETING, `the first text came from the ${first?.from ?? 'nobody'}`);
    for (const role of ROLES) pair[role].noDelay();
    pair.server.option(Linux.SOL_TCP, Linux.TCP_QUICKACK, 0);

    stage.say('one-way', { kib: (ONE_WAY * PIECE.length) / KIB });
    const alone = await watch(stage, () => oneWay(stage, pair, ONE_WAY));
    stage.must('one-way', alone.right && alone.server.texts === 0 && alone.server.pure > 1, `${alone.server.pure} pure ACKs`, { texts: alone.client.texts, pure: alone.server.pure });

    stage.say('both-ways', { kib: (BOTH_WAYS * PIECE.length) / KIB });
    const both = await watch(stage, () => bothWays(stage, pair, BOTH_WAYS));
    const { client, server } = both;
    stage.must('all', both.right, 'something is missing or wrong', { octets: BOTH_WAYS * PIECE.length });
    stage.must('crossing', both.crossing > client.texts / 3, `${both.crossing} of ${client.texts} segments`, { crossing: both.crossing, texts: client.texts });
    const [riding, pure, texts] = [client.riding + server.riding, client.pure + server.pure, client.texts + server.texts];
    stage.must('riding', riding > texts / 2, `${riding} of ${texts} segments`, { riding, texts });
    stage.must('fewer', pure < texts / 2, `${pure} pure ACKs for ${texts} segments`, { pure, texts });
    const row = (name: string, { texts: n, riding: rode, pure: single }: Tally) => [name, n, rode, single];
    stage.show({ kind: 'table', key: 'tally', columns: ['who', 'texts', 'riding', 'pure'], rows: [row('alone', alone.client), row('listener', alone.server), row('client', client), row('server', server)] });
  },
};
