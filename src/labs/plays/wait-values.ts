/** How long TIME-WAIT lasts, measured; and that nothing in a packet tells its age (RFC 9293 §3.4.2, §3.6.1; RFC 791 and RFC 1812 §5.3.1: TTL). */
import { MILLISECOND, SECOND } from '../../util/units.js';
import type { Cell } from '../figure.js';
import type { Lab } from '../lab.js';
import { reached } from '../stage/opening.js';
import { establish, type Pair, pairUp } from '../stage/pair.js';
import { type Seen, withText } from '../stage/seen.js';
import { TIME_WAIT_STAYS } from '../stage/settings.js';
import type { Stage } from '../stage/stage.js';

const [PORT, OTHER] = [80, 81];
/** On the wall clock, and more of them where an hour costs nothing. */
const [SHORT, LONG] = [[100 * MILLISECOND, 250 * MILLISECOND, 500 * MILLISECOND], [30 * SECOND, 60 * SECOND, 120 * SECOND]];
/** What a socket's table may be late by; and a busy machine, which is far from Linux's minute all the same. */
const [SLACK, BUSY] = [20 * MILLISECOND, 5 * SECOND];
const [LATE, YOUNG] = ['an old segment', 'a young one'];
/** Longer than 2 MSL of the shortest wait. */
const HELD = 600 * MILLISECOND;
const [LATE_MSL, NORMAL_MSL] = [SHORT[0], 30 * SECOND];
/** The TTL of an IPv4 header, and its checksum. */
const [TTL, CHECKSUM] = [8, 10];
/** Seconds in TIME-WAIT, and who says so. */
const SYSTEMS: readonly Cell[][] = [
  ['RFC 9293', 240, 'rfc'], ['Linux', 60, 'linux'], ['glasstcp', 60, 'measured'], ['FreeBSD', 60, 'told'], ['lwIP', 120, 'told'], ['smoltcp', 10, 'told'], ['MirageOS', 2, 'told'],
];

export const waitValues: Lab = {
  id: 'wait-values',
  section: 'G',
  entries: [69, 71],
  glass: 'client',
  setUp: { sysctls: { client: TIME_WAIT_STAYS, server: TIME_WAIT_STAYS } },
  musts: ['two-msl', 'other-end', 'late', 'ttl-one'],
  lasts: 3,
  citations: ['RFC 9293 §3.4.2', 'RFC 9293 §3.6.1', 'RFC 1812 §5.3.1', 'RFC 9293 §3.9.2 (TTL)'],
  play: async (stage) => {
    const virtual = stage.world.ends.server.kind === 'glasstcp';
    const msls = virtual ? [...SHORT, ...LONG] : SHORT;
    stage.say('measure', { count: msls.length });
    const waits = await measure(stage, msls);
    const bad = waits.filter(({ msl, waited }) => !(waited >= 2 * msl - SLACK && waited <= 2 * msl + BUSY));
    stage.must('two-msl', bad.length === 0, bad.map(({ msl, waited }) => `${waited / SECOND} s with an MSL of ${msl / SECOND} s`).join(', '), { count: waits.length });
    stage.say('other-end');
    const seconds = await otherEnd(stage);
    stage.must('other-end', seconds >= 50 && seconds <= 61, `the server waits ${seconds} s`, { seconds });
    stage.show({ kind: 'table', key: 'measured', columns: ['msl', 'two', 'waited'], rows: waits.map(({ msl, waited }) => [msl / SECOND, (2 * msl) / SECOND, Math.round(waited / (10 * MILLISECOND)) / 100]) });
    stage.show({ kind: 'table', key: 'systems', columns: ['system', 'seconds', 'source'], rows: SYSTEMS });
    stage.client.sysctl('glasstcp.msl', LATE_MSL);
    await ages(stage);
  },
};

interface Wait {
  readonly msl: number;
  readonly waited: number;
}

/** The client closes connections of several MSLs first. */
async function measure(stage: Stage, msls: readonly number[]): Promise<readonly Wait[]> {
  const listener = stage.server.listen(PORT);
  const talks: Pair[] = [];
  const open = async (msl: number): Promise<void> => {
    stage.client.sysctl('glasstcp.msl', msl);
    talks.push(await pairUp(stage, listener, PORT));
  };
  await open(msls[0]);
  await stage.offStage(async () => {
    for (const msl of msls.slice(1)) await open(msl);
  });
  stage.client.sysctl('glasstcp.msl', NORMAL_MSL);
  const [first, ...others] = talks;
  await first.closeFirst('client');
  await stage.until(() => stage.state('client', first.port, PORT) === 'TIME-WAIT' && stage.state('server', PORT, first.port) === 'CLOSED');
  await stage.offStage(async () => {
    for (const talk of others) await talk.closeFirst('client');
    await stage.until(() => others.every(({ port }) => stage.state('server', PORT, port) === 'CLOSED'));
  });
  const over = ({ port }: Pair): boolean => stage.state('client', port, PORT) === 'CLOSED';
  await stage.until(() => talks.every(over), 3 * Math.max(...msls) + 5 * SECOND);
  return talks.map(({ port }, i) => {
    const at = (state: string): number => reached(stage, 'client', port, PORT, state);
    return { msl: msls[i], waited: at('CLOSED') - at('TIME-WAIT') };
  });
}

/** How long the server waits: the kernel shows its timer; glasstcp in virtual time is waited for. @returns seconds */
async function otherEnd(stage: Stage): Promise<number> {
  const talk = await establish(stage, OTHER);
  await talk.closeFirst('server');
  await stage.until(() => talk.state('server') === 'TIME-WAIT');
  const found = stage.world.look('server').find(({ localPort, remotePort }) => localPort === OTHER && remotePort === talk.port);
  const [timer] = found?.timers ?? [];
  if (stage.world.ends.server.kind === 'kernel' && timer !== undefined) return Math.round(timer.due / SECOND);
  await stage.until(() => talk.path('server').endsWith('CLOSED') || talk.state('server') === 'CLOSED', 100 * SECOND);
  return Math.round((reached(stage, 'server', OTHER, talk.port, 'CLOSED') - reached(stage, 'server', OTHER, talk.port, 'TIME-WAIT')) / SECOND);
}

/** A segment that is older than any may be, and one whose TTL is nearly used up: both are taken. */
async function ages(stage: Stage): Promise<void> {
  const { client, server } = await establish(stage, OTHER + 1);
  let [read, ttl] = ['', NaN];
  stage.accident({ from: 'client', match: (s) => s.dataLength === LATE.length, times: Infinity, action: 'hold', label: 'held' });
  stage.say('hold');
  client.send(LATE);
  const sent = stage.now();
  await stage.pause(HELD);
  stage.release();
  await stage.until(() => (read += server.receive()) === LATE);
  const late = stage.now() - sent;
  const kept = stage.seen.find((s) => s.fate === 'held' && withText('client')(s)) as Seen;
  stage.must('late', read === LATE && late >= HELD && late > 2 * LATE_MSL, `the server read "${read}"`, { late: Math.round(late / MILLISECOND), msl: LATE_MSL / MILLISECOND, ttl: kept.octets[TTL] });
  stage.accident({
    from: 'client', match: (s) => s.dataLength === YOUNG.length, label: 'ttl',
    action: { corrupt: (octets) => { ttl = spend(octets); } },
  });
  stage.say('spend');
  client.send(YOUNG);
  await stage.until(() => (read += server.receive()) === LATE + YOUNG);
  const copies = stage.seen.filter((s) => s.from === 'client' && s.view.length === YOUNG.length).length;
  stage.must('ttl-one', read === LATE + YOUNG && ttl === 1 && copies === 1, `the server read "${read}"`, { ttl });
}

/** As after 63 routers: TTL 1, and the header's checksum with it (RFC 1624). @returns the TTL */
function spend(octets: Uint8Array): number {
  const view = new DataView(octets.buffer, octets.byteOffset);
  const before = view.getUint16(TTL);
  view.setUint8(TTL, 1);
  const sum = (~view.getUint16(CHECKSUM) & 0xffff) + (~before & 0xffff) + view.getUint16(TTL);
  const folded = (sum & 0xffff) + (sum >>> 16);
  view.setUint16(CHECKSUM, ~((folded & 0xffff) + (folded >>> 16)) & 0xffff);
  return octets[TTL];
}
