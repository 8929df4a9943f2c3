/** Two words of the text change places: the checksum is a sum, and sums do not mind (RFC 9293 §3.1, RFC 1071). */
import { MILLISECOND, SECOND } from '../../util/units.js';
import type { Lab } from '../lab.js';
import { flipLastBit, sumOf, swapWords, wordsOf } from '../stage/damage.js';
import { establish } from '../stage/pair.js';
import { bareAck, segment } from '../stage/seen.js';
import { hasText } from '../stage/shape.js';
import { acksFrom, readText, textFrom } from '../stage/text-flow.js';

const TEXT = 'pay 1000';
const SWAPPED = 'pay 0010';
const FLIPPED = 'pay 1001';
const END = 1 + TEXT.length;
/** Of "10" and of "00". */
const WORDS = [4, 6] as const;
const octetsOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export const dataCorruptSwap: Lab = {
  id: 'data-corrupt-swap',
  section: 'E',
  entries: [47],
  glass: 'client',
  musts: ['verifies', 'repaired', 'swapped', 'acked', 'wrong', 'unnoticed', 'same-sum'],
  lasts: 2,
  citations: ['RFC 9293 §3.1', 'RFC 1071'],
  play: async (stage) => {
    const { client, server } = await establish(stage, 80);
    stage.say('flip', { text: TEXT });
    stage.accident({ from: 'client', match: hasText, action: { corrupt: flipLastBit }, label: 'flipped' });
    client.send(TEXT);
    const first = await readText(stage, server, TEXT.length);
    const early = stage.seen.filter((s) => bareAck('server', END)(s) && textFrom(stage, 'client').filter(({ at }) => at < s.at).length < 2).length;
    stage.must('verifies', early === 0 && textFrom(stage, 'client').length === 2, `${early} ACKs for a damaged segment`);
    stage.must('repaired', first === TEXT, `the server read "${first}"`, { text: first });
    await stage.until(() => acksFrom(stage, 'server').some(bareAck('server', END)));
    await stage.pause(50 * MILLISECOND);

    stage.client.sysctl('glasstcp.rtoMin', 2 * SECOND); // nothing comes again for mere slowness
    stage.say('swap', { text: TEXT });
    const before = stage.seen.length;
    stage.accident({ from: 'client', match: hasText, action: { corrupt: swapWords(...WORDS) }, label: 'swapped-words' });
    client.send(TEXT);
    await stage.see('swapped', segment('client', 'ACK', { seq: END, fate: 'corrupted' }));
    await stage.see('acked', bareAck('server', END + TEXT.length), undefined, { ack: END + TEXT.length });
    const read = await readText(stage, server, TEXT.length);
    stage.must('wrong', read === SWAPPED, `the server read "${read}"`, { text: TEXT, read });
    await stage.pause(500 * MILLISECOND);
    const since = stage.seen.slice(before).map(({ flags, view }) => `${flags} len ${view.length}`);
    stage.must('unnoticed', since.length === 2, since.join(', '));
    const rows = [TEXT, FLIPPED, SWAPPED].map((text, i) => [['sent', 'one-bit', 'two-words'][i], text, wordsOf(octetsOf(text)), sumOf(octetsOf(text))]);
    stage.show({ kind: 'table', key: 'sums', columns: ['what', 'text', 'words', 'sum'], rows });
    stage.must('same-sum', sumOf(octetsOf(read)) === sumOf(octetsOf(TEXT)) && sumOf(octetsOf(FLIPPED)) !== sumOf(octetsOf(TEXT)), `the sum of "${read}" is another one`, { sum: sumOf(octetsOf(read)) });
  },
};
