/** Nagle's algorithm meets delayed ACKs: two polite hosts wait for each other (RFC 9293 §3.7.4, §3.8.6.3; RFC 896). */
import { Linux } from '../../bsd/constants.js';
import { MILLISECOND } from '../../util/units.js';
import type { Lab } from '../lab.js';
import { decisionsBy } from '../stage/course.js';
import { inMilliseconds } from '../stage/in-words.js';
import { establish, type Pair } from '../stage/pair.js';
import { type Seen, withText } from '../stage/seen.js';
import type { Stage } from '../stage/stage.js';
import { readText } from '../stage/text-flow.js';

const [HEAD, BODY, ANSWER] = ['GET / ', 'please', 'here you are'];

interface Exchange {
  /** From the first segment of the request to the answer's coming, µs. */
  readonly took: number;
  /** The request as it was sent. */
  readonly sent: readonly Seen[];
  /** The first ACK for some of it that carried no text. */
  readonly ack: Seen | undefined;
}

/** One request in so many writes; the server answers when it has all of it. */
async function ask(stage: Stage, { client, server }: Pair, writes: readonly string[]): Promise<Exchange> {
  // A server that has just answered is in no hurry to acknowledge.
  server.option(Linux.SOL_TCP, Linux.TCP_QUICKACK, 0);
  const { length } = stage.seen;
  for (const text of writes) client.send(text);
  await readText(stage, server, (HEAD + BODY).length);
  server.send(ANSWER);
  await readText(stage, client, ANSWER.length);
  const seen = stage.seen.slice(length);
  const sent = seen.filter(withText('client'));
  return { took: stage.now() - sent[0].at, sent, ack: seen.find(({ from, view }) => from === 'server' && view.length === 0) };
}

/** A machine with other things to do may be late once: three attempts to be faster than that. */
async function faster(than: Exchange, attempt: () => Promise<Exchange>): Promise<Exchange> {
  let exchange = await attempt();
  for (let n = 1; n < 3 && exchange.took >= than.took; n++) exchange = await attempt();
  return exchange;
}

export const dataNagle: Lab = {
  id: 'data-nagle',
  section: 'E',
  entries: [44, 45, 48],
  glass: 'client',
  musts: ['held', 'delayed', 'released', 'no-delay', 'faster', 'one-write'],
  lasts: 2,
  citations: ['RFC 9293 §3.7.4', 'RFC 9293 §3.8.6.3', 'RFC 896'],
  play: async (stage) => {
    const pair = await establish(stage, 80);
    await ask(stage, pair, [HEAD + BODY]);
    await stage.pause(50 * MILLISECOND);
    stage.say('two-writes');
    const slow = await ask(stage, pair, [HEAD, BODY]);
    stage.must('held', decisionsBy(stage, 'nagle-holds').length > 0 && slow.sent.length === 2, `${slow.sent.length} segments`);
    const waited = (slow.ack?.at ?? NaN) - slow.sent[0].at;
    stage.must('delayed', waited >= 40 * MILLISECOND, `the first part was acknowledged after ${waited} µs`, { waited: inMilliseconds(waited) });
    stage.must('released', slow.sent[1].at > (slow.ack?.at ?? Infinity), 'the second part went before the ACK');

    stage.say('no-delay');
    pair.client.noDelay();
    const quick = await faster(slow, () => ask(stage, pair, [HEAD, BODY]));
    const [, second] = quick.sent;
    // An ACK that comes later cannot have released it.
    const atOnce = quick.sent.length === 2 && second.at < (quick.ack?.arrivals[0] ?? Infinity);
    stage.must('no-delay', atOnce, `${quick.sent.length} segments, the second not before the ACK of the first`);
    stage.must('faster', quick.took < slow.took, `it took ${quick.took} µs, before ${slow.took}`, { quick: inMilliseconds(quick.took), slow: inMilliseconds(slow.took) });
    stage.say('one-write');
    pair.client.noDelay(false);
    const whole = await faster(slow, () => ask(stage, pair, [HEAD + BODY]));
    stage.must('one-write', whole.sent.length === 1 && whole.took < slow.took, `${whole.sent.length} segments, ${whole.took} µs`, { took: inMilliseconds(whole.took) });
    const row = (how: string, { sent, took }: Exchange) => [how, sent.length, inMilliseconds(took)];
    stage.show({ kind: 'table', key: 'times', columns: ['how', 'segments', 'time'], rows: [row('nagle', slow), row('nodelay', quick), row('whole', whole)] });
  },
};
