/** One bit of the text flips on the way: the receiver drops it in silence, and the sender finds out by itself (RFC 9293 §3.1, §3.8.1). */
import { MILLISECOND } from '../../util/units.js';
import type { Lab } from '../lab.js';
import { flipLastBit } from '../stage/damage.js';
import { inMilliseconds } from '../stage/in-words.js';
import { establish } from '../stage/pair.js';
import { bareAck } from '../stage/seen.js';
import { hasText } from '../stage/shape.js';
import { acksFrom, readText, speak, textFrom } from '../stage/text-flow.js';

const TEXT = 'Pay 100 euros.';
const PARTS = ['Pay ', '100 ', 'euros ', 'to ', 'Bob.'];
const ALL = PARTS.join('');

export const dataCorruptBit: Lab = {
  id: 'data-corrupt-bit',
  section: 'E',
  entries: [47],
  glass: 'server',
  // No tail-loss probes: what comes again comes for the ACKs or for the timer.
  setUp: { sysctls: { client: { 'net.ipv4.tcp_early_retrans': 0 } } },
  musts: ['discarded', 'silent', 'again', 'intact', 'asks-nothing', 'by-acks', 'stream'],
  lasts: 2,
  citations: ['RFC 9293 §3.1', 'RFC 9293 §3.8.1', 'RFC 5681 §3.2'],
  play: async (stage) => {
    const { client, server } = await establish(stage, 80);
    const before = stage.seen.length;
    const texts = () => textFrom(stage, 'client', before);
    stage.say('begin', { text: TEXT });
    stage.accident({ from: 'client', match: hasText, action: { corrupt: flipLastBit }, label: 'flipped' });
    client.send(TEXT);
    await stage.wait('discarded', () => stage.decided('discarded') && texts()[0]?.fate === 'corrupted');
    await stage.until(() => texts().length === 2);
    const answers = stage.seen.slice(before).filter((s) => s.from === 'server' && s.at <= (texts()[1]?.at ?? Infinity));
    stage.must('silent', answers.length === 0, `the server sent ${answers.map(({ flags }) => flags).join(', ')}`);
    const [first, again] = texts();
    const waited = (again?.at ?? NaN) - first.at;
    stage.must('again', again?.view.seq === first.view.seq && waited > 150 * MILLISECOND, `sent again after ${waited} µs`, { waited: inMilliseconds(waited) });
    const read = await readText(stage, server, TEXT.length);
    stage.must('intact', read === TEXT, `the server read "${read}"`, { text: read });

    const second = await establish(stage, 81);
    second.client.noDelay();
    stage.say('more');
    const later = stage.seen.length;
    stage.accident({ from: 'client', match: hasText, action: { corrupt: flipLastBit }, label: 'flipped' });
    await speak(stage, second.client, ...PARTS);
    const rest = await readText(stage, second.server, ALL.length);
    const sent = textFrom(stage, 'client', later);
    const repeated = sent.find(({ view }, i) => i > 0 && view.seq === 1);
    const duplicates = acksFrom(stage, 'server', later).filter((s) => bareAck('server', 1)(s) && s.at <= (repeated?.at ?? Infinity));
    stage.must('asks-nothing', duplicates.length > 0 && duplicates.every(({ view }) => view.sack.length > 0 && view.sack.every(([from]) => from > 1)), `${duplicates.length} duplicate ACKs with SACK`, { start: 1, count: duplicates.length });
    stage.must('by-acks', repeated !== undefined, `${sent.length} segments with text, none of them with octet 1 again`, { start: 1 });
    stage.must('stream', rest === ALL, `the server read "${rest}"`, { text: rest });
  },
};
