/** Two segments overtake each other: kept, reported by SACK, put in order, and nothing is sent again (RFC 9293 §3.10.7.4; RFC 2018 §3; RFC 5681 §3.2). */
import { MILLISECOND, SECOND } from '../../util/units.js';
import type { Lab } from '../lab.js';
import { decisionsBy } from '../stage/course.js';
import { rangeText } from '../stage/in-words.js';
import { establish } from '../stage/pair.js';
import { bareAck } from '../stage/seen.js';
import { hasText } from '../stage/shape.js';
import { acksFrom, readText, speak, textFrom } from '../stage/text-flow.js';

const [FIRST, SECOND_PART] = ['three-way ', 'handshake'];
const ALL = FIRST + SECOND_PART;
const [MIDDLE, END] = [1 + FIRST.length, 1 + ALL.length];

export const dataReordering: Lab = {
  id: 'data-reordering',
  section: 'E',
  entries: [46, 47],
  glass: 'client',
  // So long a timer that time alone makes nothing come again.
  setUp: { glass: { 'glasstcp.rtoMin': 2 * SECOND } },
  musts: ['hole', 'unread', 'one', 'both', 'in-order', 'not-again'],
  lasts: 1,
  citations: ['RFC 9293 §3.10.7.4', 'RFC 2018 §3', 'RFC 5681 §3.2, §4.2'],
  play: async (stage) => {
    const { client, server } = await establish(stage, 80);
    client.noDelay();
    stage.say('begin', { first: FIRST, second: SECOND_PART });
    stage.accident({ from: 'client', match: hasText, action: 'hold', label: 'slow' });
    await speak(stage, client, FIRST, SECOND_PART);
    const hole = await stage.see('hole', (s) => bareAck('server', 1)(s) && s.view.sack.some((range) => rangeText(range) === `${MIDDLE}-${END}`), undefined, { from: MIDDLE, to: END - 1 });
    stage.must('unread', server.receive() === '' && server.error === 'EAGAIN', 'recv() gave something', { second: SECOND_PART });
    const duplicates = (): number => decisionsBy(stage, 'ack-duplicate').length;
    await stage.wait('one', () => duplicates() === 1);
    stage.say('arrives');
    stage.release();
    await stage.see('both', (s) => bareAck('server', END)(s) && s.at > hole.at, undefined, { end: END });
    const read = await readText(stage, server, ALL.length);
    stage.must('in-order', read === ALL, `the server read "${read}"`, { text: read });
    await stage.pause(100 * MILLISECOND);
    const [texts, acks] = [textFrom(stage, 'client'), acksFrom(stage, 'server')];
    stage.must('not-again', texts.length === 2 && !stage.decided('fast-retransmit'), `${texts.length} segments with text`, { acks: acks.length });
  },
};
