/** The same text comes twice: answered at once, reported by D-SACK, and read once (RFC 9293 §3.10.7.4; RFC 5681 §4.2; RFC 2883 §4). */
import { MILLISECOND } from '../../util/units.js';
import type { Lab } from '../lab.js';
import { inMilliseconds, rangeText } from '../stage/in-words.js';
import { establish } from '../stage/pair.js';
import type { Seen } from '../stage/seen.js';
import { hasText } from '../stage/shape.js';
import { acksFrom, cameTwice, readText, textFrom } from '../stage/text-flow.js';

const TEXT = 'Pay 100 euros.';
const END = 1 + TEXT.length;
/** The server's delayed ACK is set to this, so that an ACK that does not wait for it is seen to be one. */
const DELAYED_ACK = 450 * MILLISECOND;
const AT_ONCE = 300 * MILLISECOND;
const told = (ack: Seen | undefined): string => {
  const range = ack === undefined ? undefined : cameTwice(ack.view);
  return range === undefined ? 'no D-SACK block' : rangeText(range);
};

export const dataDuplicate: Lab = {
  id: 'data-duplicate',
  section: 'E',
  entries: [43, 47],
  glass: 'server',
  setUp: { glass: { 'glasstcp.ackPolicy': 'rfc', 'glasstcp.delayedAck': DELAYED_ACK } },
  musts: ['twice', 'dsack', 'at-once', 'read-once', 'copy-answered', 'copy-at-once', 'copy-unread', 'still-open'],
  lasts: 1,
  citations: ['RFC 9293 §3.10.7.4', 'RFC 5681 §4.2', 'RFC 2883 §4'],
  play: async (stage) => {
    const { client, server } = await establish(stage, 80);
    stage.say('begin', { text: TEXT });
    stage.accident({ from: 'client', match: hasText, action: 'duplicate', label: 'doubled' });
    client.send(TEXT);
    await stage.until(() => acksFrom(stage, 'server').length > 0);
    const [first] = textFrom(stage, 'client');
    const [answer] = acksFrom(stage, 'server');
    stage.must('twice', first?.fate === 'duplicated' && answer?.view.ack === END, `ACK ${answer?.view.ack ?? 'none'}`, { end: END });
    stage.must('dsack', told(answer) === `1-${END}`, told(answer), { last: TEXT.length });
    const took = answer.at - first.at;
    stage.must('at-once', took < AT_ONCE, `the answer took ${took} µs`, { limit: inMilliseconds(DELAYED_ACK) });
    const read = await readText(stage, server, TEXT.length);
    stage.must('read-once', read === TEXT && server.receive() === '' && server.error === 'EAGAIN', `the server read "${read}"`, { text: read });

    stage.say('copy');
    const before = stage.seen.length;
    const at = stage.now();
    stage.replay('server', first.octets);
    await stage.until(() => acksFrom(stage, 'server', before).length > 0);
    const [again] = acksFrom(stage, 'server', before);
    stage.must('copy-answered', again?.view.ack === END && told(again) === `1-${END}`, `ACK ${again?.view.ack ?? 'none'}, ${told(again)}`, { end: END });
    stage.must('copy-at-once', again.at - at < AT_ONCE && stage.decided('unacceptable'), `the answer took ${again.at - at} µs`);
    stage.must('copy-unread', server.receive() === '' && server.error === 'EAGAIN', 'recv() gave something');
    server.send('Done.');
    const reply = await readText(stage, client, 5);
    stage.must('still-open', reply === 'Done.', `the client read "${reply}"`);
  },
};
