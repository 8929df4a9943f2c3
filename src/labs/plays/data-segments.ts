/** One write becomes segments of the peer's MSS, and the reader sees neither (RFC 9293 §3.7.1, §3.9.1.2). */
import { Linux } from '../../bsd/constants.js';
import { MILLISECOND, SECOND } from '../../util/units.js';
import { otherRole, type Role } from '../ends/end.js';
import type { Lab } from '../lab.js';
import type { LabSocket } from '../stage/lab-socket.js';
import { pairUp } from '../stage/pair.js';
import type { Stage } from '../stage/stage.js';
import { acksFrom, textFrom } from '../stage/text-flow.js';

const OCTETS = 10_000;
/** Until the last ACK has arrived. */
const SETTLED = 20 * MILLISECOND;
/** The reader takes so much at a time. */
const GULP = 3000;
/** What a host announces that sits behind an MTU of 576 octets. */
const SMALL_MSS = 536;
/** Octets of the headers of IP and TCP, and of the timestamps in each segment. */
const [HEADERS, TIMESTAMPS] = [40, 12];

const WRITTEN = Uint8Array.from({ length: OCTETS }, (_, i) => 0x61 + (i % 26));

interface Written {
  /** As both sides have announced it. */
  readonly mss: readonly number[];
  /** Octets of text in each segment, and of the largest packet. */
  readonly sizes: readonly number[];
  readonly packet: number;
  readonly gulps: readonly number[];
  readonly read: string;
}

/** All that is there, in gulps. */
function drain(socket: LabSocket): string[] {
  const gulps: string[] = [];
  for (let piece = socket.receive(GULP); piece !== ''; piece = socket.receive(GULP)) gulps.push(piece);
  return gulps;
}

/** One write on a new connection. @param mss what the server announces at most */
async function write(stage: Stage, writer: Role, port: number, mss?: number): Promise<Written> {
  const before = stage.seen.length;
  const socket = stage.server.socket();
  if (mss !== undefined) socket.option(Linux.SOL_TCP, Linux.TCP_MAXSEG, mss);
  const pair = await pairUp(stage, socket.listen(port), port);
  pair[writer].send(WRITTEN);
  const reader = otherRole(writer);
  await stage.until(() => acksFrom(stage, reader, before).some(({ view }) => view.ack === 1 + OCTETS));
  await stage.pause(SETTLED);
  const texts = textFrom(stage, writer, before);
  const gulps = drain(pair[reader]);
  return {
    mss: stage.seen.slice(before).map(({ view }) => view.mss).filter((announced) => announced !== undefined), sizes: texts.map(({ view }) => view.length),
    packet: Math.max(...texts.map(({ octets }) => octets.length)), gulps: gulps.map(({ length }) => length), read: gulps.join(''),
  };
}

const allButLast = ({ sizes }: Written, size: number): boolean => sizes.slice(0, -1).every((octets) => octets === size) && sizes[sizes.length - 1] <= size;

export const dataSegments: Lab = {
  id: 'data-segments',
  section: 'E',
  entries: [47],
  glass: 'client',
  setUp: { glass: { 'glasstcp.rtoMin': 2 * SECOND } },
  musts: ['announced', 'full', 'packet', 'stream', 'small', 'small-packet', 'theirs'],
  lasts: 1,
  citations: ['RFC 9293 §3.7.1', 'RFC 9293 §3.9.1.2', 'RFC 6691'],
  play: async (stage) => {
    stage.say('begin', { octets: OCTETS });
    const wide = await write(stage, 'client', 80);
    const [mss] = wide.mss;
    stage.must('announced', wide.mss.join() === '1460,1460', `MSS ${wide.mss.join(', ')}`, { mss, mtu: mss + HEADERS });
    const full = mss - TIMESTAMPS;
    stage.must('full', wide.sizes.length === Math.ceil(OCTETS / full) && allButLast(wide, full), `segments of ${wide.sizes.join(', ')}`, { count: wide.sizes.length, full, last: wide.sizes.at(-1) ?? 0 });
    stage.must('packet', wide.packet === mss + HEADERS, `the largest packet has ${wide.packet} octets`, { packet: wide.packet });
    stage.must('stream', wide.read === new TextDecoder().decode(WRITTEN), `${wide.read.length} octets were read`, { segments: wide.sizes.length, reads: wide.gulps.join(', ') });
    stage.say('small', { mss: SMALL_MSS });
    const narrow = await write(stage, 'client', 81, SMALL_MSS);
    stage.must('small', narrow.mss.includes(SMALL_MSS) && allButLast(narrow, SMALL_MSS - TIMESTAMPS), `segments of ${narrow.sizes.join(', ')}`, { count: narrow.sizes.length, full: SMALL_MSS - TIMESTAMPS, mss: SMALL_MSS });
    stage.must('small-packet', narrow.packet === SMALL_MSS + HEADERS, `the largest packet has ${narrow.packet} octets`, { packet: narrow.packet });
    stage.say('theirs');
    const theirs = await write(stage, 'server', 82);
    stage.must('theirs', theirs.sizes.length >= Math.ceil(OCTETS / full) && theirs.packet === mss + HEADERS, `segments of ${theirs.sizes.join(', ')}`, { count: theirs.sizes.length, most: Math.max(...theirs.sizes) });
    const row = (name: string, by: Written) => [name, Math.min(...by.mss), Math.max(...by.sizes), by.packet, by.sizes.length];
    stage.show({ kind: 'table', key: 'writes', columns: ['writer', 'mss', 'text', 'packet', 'segments'], rows: [row('wide', wide), row('narrow', narrow), row(stage.world.ends.server.kind, theirs)] });
  },
};
