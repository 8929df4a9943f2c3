/** Eight sentences, and only the last ACK arrives: it stands for all of them (RFC 9293 §3.4, §3.8.1). */
import { SECOND } from '../../util/units.js';
import type { Lab } from '../lab.js';
import { decisionsBy } from '../stage/course.js';
import { establish } from '../stage/pair.js';
import { isBareAck } from '../stage/shape.js';
import { acksFrom, readText, textFrom } from '../stage/text-flow.js';

const SENTENCES = ['One. ', 'Two. ', 'Three. ', 'Four. ', 'Five. ', 'Six. ', 'Seven. ', 'Eight.'];
const ALL = SENTENCES.join('');
const END = 1 + ALL.length;
/** The client's retransmission timer, so long that only a missing ACK can let it run out. */
const TIMEOUT = 1 * SECOND;

export const dataCumulativeAck: Lab = {
  id: 'data-cumulative-ack',
  section: 'E',
  entries: [44, 47],
  glass: 'client',
  setUp: { glass: { 'glasstcp.rtoMin': TIMEOUT } },
  musts: ['eight', 'lost', 'one', 'all', 'no-timeout', 'not-again', 'read'],
  lasts: 2,
  citations: ['RFC 9293 §3.4', 'RFC 9293 §3.8.1', 'RFC 9293 §3.10.7.4'],
  play: async (stage) => {
    const { client, server } = await establish(stage, 80);
    client.noDelay();
    const start = stage.seen[0].view.absolute.seq;
    stage.accident({ from: 'server', match: (s) => isBareAck(s) && (s.ack >>> 0) !== (start + END) >>> 0, times: Infinity, action: 'drop', label: 'early-ack' });
    stage.say('begin', { count: SENTENCES.length });
    for (const sentence of SENTENCES) client.send(sentence);
    await stage.until(() => acksFrom(stage, 'server').some(({ fate }) => fate === undefined));
    const texts = textFrom(stage, 'client');
    stage.must('eight', texts.length === SENTENCES.length && texts.every(({ view }) => !view.again), `${texts.length} segments with text`, { first: 1, last: END - 1 });
    const lost = acksFrom(stage, 'server').filter(({ fate }) => fate === 'lost');
    stage.must('lost', lost.length >= 3, `${lost.length} ACKs were lost`, { acks: lost.map(({ view }) => view.ack ?? 0).join(', ') });
    const arrived = acksFrom(stage, 'server').filter(({ fate }) => fate === undefined);
    stage.must('one', arrived.length === 1 && arrived[0].view.ack === END, `${arrived.length} ACKs arrive`, { end: END });
    const news = (): number => decisionsBy(stage, 'ack-new').at(-1)?.numbers[0] ?? 0;
    await stage.wait('all', () => news() === ALL.length, undefined, { octets: ALL.length });
    stage.say('wait');
    await stage.pause(1.5 * TIMEOUT);
    stage.must('no-timeout', !stage.decided('timeout-fired'), 'the retransmission timer ran out');
    stage.must('not-again', textFrom(stage, 'client').length === SENTENCES.length, `${textFrom(stage, 'client').length} segments with text`, { count: SENTENCES.length });
    const read = await readText(stage, server, ALL.length);
    stage.must('read', read === ALL, `the server read "${read}"`, { text: read });
  },
};
