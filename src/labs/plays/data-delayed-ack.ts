/** When text is acknowledged: with every second full segment, with an answer, or after a short wait (RFC 9293 §3.8.6.3, §3.10.7.4). */
import { Linux } from '../../bsd/constants.js';
import { MILLISECOND } from '../../util/units.js';
import { otherRole, type Role } from '../ends/end.js';
import type { Lab } from '../lab.js';
import { inMilliseconds } from '../stage/in-words.js';
import { establish, type Pair } from '../stage/pair.js';
import { atPort, bareAck, type Seen } from '../stage/seen.js';
import { hasText } from '../stage/shape.js';
import type { Stage } from '../stage/stage.js';
import { acksFrom, textFrom } from '../stage/text-flow.js';

const ONE_WAY = 2 * MILLISECOND;
const DELAY = 150 * MILLISECOND;
const LIMIT = 500 * MILLISECOND;
/** What a segment takes beside timestamps. */
const FULL = 1448;
const EIGHT = new Array<number>(8).fill(FULL);
/** Short texts, of which the shortest wait counts: the others are longer where the machine is busy. */
const SHORT_ONES = 3;
const SEGMENTS = EIGHT.length;

/** How one receiver acknowledges. */
interface Manner {
  /** ACKs for eight full segments at the very start, and later. */
  readonly start: number;
  readonly later: number;
  /** Octets that the ACKs acknowledged later, the most. */
  readonly most: number;
  /** How long the ACK of one short text waited, µs. */
  readonly wait: number;
}

/** One after the other, each when the one before has been read: an application that reads along. */
async function send(stage: Stage, pair: Pair, receiver: Role, pieces: readonly number[]): Promise<{ readonly texts: Seen[]; readonly acks: Seen[] }> {
  const before = stage.seen.length;
  for (const octets of pieces) {
    pair[otherRole(receiver)].send(new Uint8Array(octets).fill(0x61));
    let read = 0;
    await stage.until(() => (read += pair[receiver].receiveOctets().length) === octets);
  }
  const texts = textFrom(stage, otherRole(receiver), before);
  const end = Math.max(...texts.map(({ view }) => view.seq + view.length));
  await stage.until(() => acksFrom(stage, receiver, before).some(({ view }) => view.ack === end));
  await stage.pause(2 * ONE_WAY); // the last of them arrives
  const acks = acksFrom(stage, receiver, before);
  // A text that came twice, on a machine that is very busy, is acknowledged once more: no news.
  return { texts, acks: acks.filter(({ view }, i) => acks.findIndex((other) => other.view.ack === view.ack) === i) };
}

async function watch(stage: Stage, key: string, receiver: Role, port: number): Promise<Manner> {
  stage.say(key);
  const pair = await establish(stage, port);
  const patient = (): void => pair[receiver].option(Linux.SOL_TCP, Linux.TCP_QUICKACK, 0);
  const start = await send(stage, pair, receiver, EIGHT);
  const waits: number[] = [];
  for (let i = 0; i < SHORT_ONES; i++) {
    patient();
    const { texts, acks } = await send(stage, pair, receiver, [10]);
    waits.push((acks.at(-1)?.at ?? Infinity) - texts[0].at - ONE_WAY);
  }
  patient();
  const later = await send(stage, pair, receiver, EIGHT);
  const numbers = [later.texts[0].view.seq, ...later.acks.map(({ view }) => view.ack ?? 0)];
  const steps = numbers.slice(1).map((ack, i) => ack - numbers[i]);
  return { start: start.acks.length, later: later.acks.length, most: Math.max(...steps), wait: Math.min(...waits) };
}

/** The text and its answer: nothing but text goes to and fro. */
async function talk(stage: Stage, { client, server }: Pair): Promise<void> {
  const before = stage.seen.length;
  client.send('What time is it?');
  await stage.until(() => server.receive() !== '');
  server.send('Noon.');
  await stage.until(() => textFrom(stage, 'server', before).length > 0);
  const [answer] = textFrom(stage, 'server', before);
  const [asked] = textFrom(stage, 'client', before);
  const bare = stage.seen.slice(before).filter(atPort(83, bareAck('server'))).length;
  stage.must('piggyback', bare === 0 && answer.view.ack === asked.view.seq + asked.view.length, `${bare} bare ACKs`, { ack: answer.view.ack ?? 0 });
}

/** Two segments wait in the receiver's queue for the one before them. */
async function queue(stage: Stage, { client }: Pair): Promise<void> {
  stage.accident({ from: 'client', match: hasText, action: 'hold', label: 'slow' });
  const before = stage.seen.length;
  client.send(new Uint8Array(3 * FULL).fill(0x61));
  await stage.until(() => acksFrom(stage, 'server', before).length === 2);
  const start = textFrom(stage, 'client', before)[0].view.seq;
  const end = start + 3 * FULL;
  stage.release();
  await stage.until(() => acksFrom(stage, 'server', before).some(({ view }) => view.ack === end));
  const numbers = acksFrom(stage, 'server', before).map(({ view }) => view.ack ?? 0);
  stage.must('aggregate', numbers.includes(start) && numbers.every((ack) => ack === start || ack === end), `ACKs ${numbers.join(', ')}`, { ack: end });
}

export const dataDelayedAck: Lab = {
  id: 'data-delayed-ack',
  section: 'E',
  entries: [44],
  glass: 'server',
  setUp: { delay: { client: ONE_WAY, server: ONE_WAY }, glass: { 'glasstcp.delayedAck': DELAY }, sysctls: { client: { 'net.ipv4.tcp_congestion_control': 'reno', 'net.ipv4.tcp_early_retrans': 0 } } },
  musts: ['waits', 'limit', 'second', 'fewer', 'quick', 'piggyback', 'aggregate'],
  lasts: 3,
  citations: ['RFC 9293 §3.8.6.3', 'RFC 9293 §3.10.7.4', 'RFC 5681 §4.2'],
  play: async (stage) => {
    stage.server.sysctl('glasstcp.ackPolicy', 'rfc');
    const rfc = await watch(stage, 'rfc', 'server', 80);
    stage.server.sysctl('glasstcp.ackPolicy', 'linux');
    stage.server.sysctl('glasstcp.delayedAck', 40 * MILLISECOND);
    const linux = await watch(stage, 'linux', 'server', 81);
    const other = await watch(stage, 'other', 'client', 82);
    const all = [rfc, linux, other];
    const waits = all.map(({ wait }) => inMilliseconds(wait));
    stage.show({ kind: 'table', key: 'manners', columns: ['receiver', 'wait', 'start', 'later'], rows: all.map((m, i) => [['rfc', 'linux', stage.world.ends.client.kind][i], waits[i], m.start, m.later]) });
    stage.must('waits', rfc.wait > 0.9 * DELAY && all.every(({ wait }) => wait > 30 * MILLISECOND), `waited ${waits.join(', ')} ms`, { rfc: waits[0], linux: waits[1], other: waits[2] });
    stage.must('limit', all.every(({ wait }) => wait < LIMIT), `waited ${waits.join(', ')} ms`);
    stage.must('second', all.every(({ most }) => most <= 2 * FULL), `one ACK for ${Math.max(...all.map(({ most }) => most))} octets`, { most: 2 * FULL });
    stage.must('fewer', rfc.later < SEGMENTS, `${rfc.later} ACKs for ${SEGMENTS} segments`, { segments: SEGMENTS, acks: rfc.later });
    stage.must('quick', linux.start === SEGMENTS, `${linux.start} ACKs for ${SEGMENTS} segments`, { segments: SEGMENTS });
    stage.say('talk');
    stage.server.sysctl('glasstcp.ackPolicy', 'rfc');
    stage.server.sysctl('glasstcp.delayedAck', 400 * MILLISECOND);
    const pair = await establish(stage, 83);
    await talk(stage, pair);
    stage.say('queue');
    await queue(stage, pair);
  },
};
