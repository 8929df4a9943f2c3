/** Sequence numbers pass 2^32 in the middle of the text, and a loss just there: what comes after is compared in a circle (RFC 9293 §3.4). */
import { MILLISECOND } from '../../util/units.js';
import type { Lab } from '../lab.js';
import { establish } from '../stage/pair.js';
import { segment, withText } from '../stage/seen.js';
import { hasText } from '../stage/shape.js';
import { readText } from '../stage/text-flow.js';

/** So many numbers before the end of the space. */
const LEFT = 16;
const ISS = 2 ** 32 - LEFT;
const PIECES = ['abcdefghij', 'klmnopqrst', 'uvwxyzABCD', 'EFGHIJKLMN', 'OPQRSTUVWX'];
/** So that the ladder tells them apart. */
const BETWEEN = 2 * MILLISECOND;
const SIZE = 10;
const ALL = PIECES.join('');

export const seqWrap: Lab = {
  id: 'seq-wrap',
  section: 'D',
  entries: [41, 40],
  glass: 'client',
  setUp: { iss: { client: ISS } },
  musts: ['syn', 'straddles', 'small', 'kept', 'again', 'acked', 'read'],
  lasts: 1,
  citations: ['RFC 9293 §3.4', 'RFC 9293 §3.4.1', 'RFC 2018 §3'],
  play: async (stage) => {
    stage.say('begin', { left: LEFT });
    const { client, server } = await establish(stage, 80);
    client.noDelay();
    const [syn] = stage.seen;
    stage.must('syn', syn.view.absolute.seq === ISS && stage.seen.some((seen) => segment('server', 'SYN,ACK', { ack: 1 })(seen) && seen.view.absolute.ack === ISS + 1), `the SYN has number ${syn.view.absolute.seq}`, { iss: ISS });

    stage.say('text');
    stage.accident({ from: 'client', match: hasText, nth: 2, action: 'drop', label: 'lost' });
    for (const piece of PIECES) {
      client.send(piece);
      await stage.pause(BETWEEN);
    }
    const straddling = await stage.see('straddles', segment('client', 'ACK', { seq: 1 + SIZE, length: SIZE, fate: 'lost' }), undefined, { at: ISS + 1 + SIZE });
    const end = (straddling.view.absolute.seq + SIZE) % 2 ** 32;
    await stage.see('small', (seen) => segment('client', 'ACK', { seq: 1 + 2 * SIZE, length: SIZE })(seen) && seen.view.absolute.seq === end && end < SIZE, undefined, { end });
    await stage.see('kept', (seen) => segment('server', 'ACK', { ack: 1 + SIZE })(seen) && seen.view.sack.some(([left, right]) => left === 1 + 2 * SIZE && right === 1 + ALL.length));
    const texts = stage.seen.filter(withText('client')).slice(0, PIECES.length);
    const rows = texts.map(({ view }) => [view.seq, view.absolute.seq, view.seq + view.length - 1, (view.absolute.seq + view.length - 1) % 2 ** 32] as const);
    stage.say('gap');
    await stage.wait('again', () => stage.seen.filter(segment('client', 'ACK', { seq: 1 + SIZE, length: SIZE })).some((seen) => seen.fate === undefined && seen.view.absolute.seq === straddling.view.absolute.seq));
    await stage.see('acked', (seen) => segment('server', 'ACK', { ack: 1 + ALL.length })(seen) && seen.view.absolute.ack === ALL.length + 1 - LEFT, undefined, { ack: ALL.length + 1 - LEFT });
    const read = await readText(stage, server, ALL.length);
    stage.show({ kind: 'table', key: 'numbers', columns: ['seq', 'wire', 'last', 'wire-last'], rows });
    stage.must('read', read === ALL, `the server has read "${read}"`, { octets: read.length });
  },
};
