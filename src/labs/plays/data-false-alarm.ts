/** Reordering by more than three segments: a fast retransmission that nobody needed (RFC 5681 §3.2; RFC 2883 §4; RFC 8985 §6.2). */
import { MILLISECOND, SECOND } from '../../util/units.js';
import { otherRole, type Role } from '../ends/end.js';
import type { Lab } from '../lab.js';
import { decisionsBy } from '../stage/course.js';
import { rangeText } from '../stage/in-words.js';
import { establish } from '../stage/pair.js';
import { bareAck, type Seen } from '../stage/seen.js';
import { hasText, isBareAck } from '../stage/shape.js';
import type { Stage } from '../stage/stage.js';
import { acksFrom, cameTwice, readText, speak, textFrom } from '../stage/text-flow.js';

/** Back it takes longer: the late segment has arrived before the client hears that it is missing. */
const [THERE, BACK] = [5 * MILLISECOND, 75 * MILLISECOND];
const PART = 100;
const PARTS = [0, 1, 2, 3, 4].map((i) => String(i).repeat(PART));
const END = 1 + PARTS.length * PART;

interface Outcome {
  readonly start: number;
  readonly duplicates: readonly Seen[];
  readonly again: readonly Seen[];
}

function outcome(stage: Stage, sender: Role, before: number): Outcome {
  const texts = textFrom(stage, sender, before);
  const start = texts[0]?.view.seq ?? 0;
  return { start, duplicates: acksFrom(stage, otherRole(sender), before).filter(({ view }) => view.ack === start), again: texts.filter(({ view }) => view.again) };
}

/** The first of five is held back until there are three duplicate ACKs. They come to the client after it has come to the server. */
async function ours(stage: Stage): Promise<Outcome> {
  const { client, server } = await establish(stage, 80);
  client.noDelay();
  const before = stage.seen.length;
  stage.accident({ from: 'client', match: hasText, action: 'hold', label: 'slow' });
  let slow = true;
  stage.accident({ from: 'server', match: (s) => slow && isBareAck(s), times: Infinity, action: 'hold', label: 'slow-back' });
  await speak(stage, client, ...PARTS);
  await stage.until(() => outcome(stage, 'client', before).duplicates.length >= 3);
  slow = false;
  stage.release();
  const read = await readText(stage, server, END - 1);
  stage.must('read', read === PARTS.join(''), `the server read ${read.length} octets`, { octets: read.length });
  await stage.until(() => acksFrom(stage, 'server', before).some(({ view }) => cameTwice(view) !== undefined));
  await stage.pause(BACK);
  return outcome(stage, 'client', before);
}

/** Two that swap places, from which the sender may learn that this path reorders, and then five. */
async function theirs(stage: Stage): Promise<Outcome> {
  const { client, server } = await establish(stage, 81);
  server.noDelay();
  let before = 0;
  for (const parts of [PARTS.slice(0, 2), PARTS]) {
    before = stage.seen.length;
    stage.accident({ from: 'server', match: hasText, action: { delay: THERE }, label: 'late' });
    for (const part of parts) server.send(part);
    await readText(stage, client, parts.length * PART);
    await stage.pause(2 * BACK);
  }
  return outcome(stage, 'server', before);
}

export const dataFalseAlarm: Lab = {
  id: 'data-false-alarm',
  section: 'E',
  entries: [46],
  glass: 'client',
  // So long a timer that time alone makes nothing come again.
  setUp: { delay: { client: THERE, server: BACK }, glass: { 'glasstcp.rtoMin': 2 * SECOND }, sysctls: { server: { 'net.ipv4.tcp_congestion_control': 'reno' } } },
  musts: ['read', 'alarm', 'fast', 'again', 'needless', 'dsack', 'cost'],
  lasts: 2,
  citations: ['RFC 5681 §3.2', 'RFC 2883 §4', 'RFC 8985 §6.2'],
  play: async (stage) => {
    stage.say('begin');
    const { duplicates, again, start } = await ours(stage);
    stage.must('alarm', duplicates.length >= 3, `${duplicates.length} duplicate ACKs`, { count: duplicates.length, start });
    stage.must('fast', stage.decided('fast-retransmit'), 'no fast retransmission');
    stage.must('again', again.length === 1 && again[0].view.seq === start, `${again.length} segments were sent again`);
    const all = stage.seen.findIndex(bareAck('server', END));
    stage.must('needless', all >= 0 && all < stage.seen.indexOf(again[0]), 'the server had not acknowledged everything by then', { end: END });
    const report = acksFrom(stage, 'server').map(({ view }) => cameTwice(view)).find((range) => range !== undefined);
    stage.must('dsack', report?.[0] === start, report === undefined ? 'no D-SACK block' : rangeText(report), { first: start, last: start + PART - 1 });
    const cost = decisionsBy(stage, 'fast-recovery').at(0);
    stage.must('cost', cost !== undefined, 'the congestion window was left alone', { cwnd: cost?.numbers[0] ?? 0 });
    stage.say('other');
    const other = await theirs(stage);
    stage.show({ kind: 'table', key: 'senders', columns: ['sender', 'duplicates', 'again'], rows: [['us', duplicates.length, again.length], [stage.world.ends.server.kind, other.duplicates.length, other.again.length]] });
  },
};
