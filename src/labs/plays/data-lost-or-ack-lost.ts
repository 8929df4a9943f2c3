/** A text is lost, or only its ACK is: the sender cannot tell, until the answer says which (RFC 9293 §3.8.1; RFC 2883; RFC 7323 §4.3). */
import { MILLISECOND } from '../../util/units.js';
import type { Lab } from '../lab.js';
import type { Accident } from '../line.js';
import { inMilliseconds, rangeText } from '../stage/in-words.js';
import { establish } from '../stage/pair.js';
import { atPort, bareAck, type Seen, segment, withText } from '../stage/seen.js';
import { hasText, isBareAck } from '../stage/shape.js';
import type { Stage } from '../stage/stage.js';
import { cameTwice } from '../stage/text-flow.js';

const TEXT = 'Can you hear me?';
const END = 1 + TEXT.length;
const ONE_WAY = 30 * MILLISECOND;

interface Act {
  /** The text, and the text again. */
  readonly first: Seen;
  readonly again: Seen;
  readonly answer: Seen;
  readonly read: string;
  /** Did the application have it before it was sent again? */
  readonly early: boolean;
}

/** One sentence on a connection of its own, with something lost on the way. */
async function sayOnce(stage: Stage, key: string, port: number, accident: Accident): Promise<Act> {
  const { client, server } = await establish(stage, port);
  stage.say(key);
  stage.accident(accident);
  client.send(TEXT);
  let [read, readAt] = ['', NaN];
  const spoken = (): Seen[] => stage.seen.filter(atPort(port, withText('client')));
  const answered = (): Seen | undefined => stage.seen.find(atPort(port, (s) => bareAck('server', END)(s) && s.fate === undefined && s.at > (spoken().at(1)?.at ?? Infinity)));
  await stage.until(() => {
    read += server.receive();
    if (read !== '' && Number.isNaN(readAt)) readAt = stage.now();
    return answered() !== undefined;
  });
  const [first, again] = spoken();
  const answer = answered();
  stage.must(`${key}-again`, again !== undefined && answer !== undefined && again.view.seq === first.view.seq, `${spoken().length} segments with text, ${answer === undefined ? 'no' : 'an'} answer to the second`);
  await stage.pause(2 * ONE_WAY); // the answer arrives
  return { first, again, answer: answer ?? again, read: read + server.receive(), early: readAt < again.at };
}

const wait = ({ first, again }: Act): number => inMilliseconds(again.at - first.at);
const shape = ({ first, again }: Act): string => [first, again].map(({ flags, view }) => `${flags} seq ${view.seq} len ${view.length}`).join(', ');
/** Whose timestamp does the answer echo? */
const echoed = ({ first, again, answer }: Act): string => {
  const echo = answer.view.timestamps?.echo;
  if (echo === undefined) return 'none';
  return echo === again.view.timestamps?.value ? 'second' : echo === first.view.timestamps?.value ? 'first' : 'none';
};
const twice = ({ answer }: Act): string => {
  const range = cameTwice(answer.view);
  return range === undefined ? 'none' : rangeText(range);
};

export const dataLostOrAckLost: Lab = {
  id: 'data-lost-or-ack-lost',
  section: 'E',
  entries: [42, 47],
  glass: 'client',
  setUp: { delay: { client: ONE_WAY, server: ONE_WAY } },
  musts: ['text-lost-again', 'ack-lost-again', 'same', 'timer', 'late', 'early', 'once', 'no-dsack', 'dsack', 'echo'],
  lasts: 2,
  citations: ['RFC 9293 §3.8.1', 'RFC 2883 §4', 'RFC 7323 §4.3', 'RFC 3522 §3'],
  play: async (stage) => {
    const lost = await sayOnce(stage, 'text-lost', 80, { from: 'client', match: hasText, action: 'drop', label: 'the-text' });
    const heard = await sayOnce(stage, 'ack-lost', 81, { from: 'server', match: isBareAck, action: 'drop', label: 'the-ack' });
    stage.must('same', shape(lost) === shape(heard), `first ${shape(lost)}, then ${shape(heard)}`, { sent: shape(lost) });
    const timeouts = stage.moments.filter((m) => m.decisions.some((d) => d.rule.name === 'timeout-fired')).length;
    stage.must('timer', timeouts === 2 && stage.seen.some(segment('server', 'ACK', { fate: 'lost' })), `${timeouts} timeouts, ${stage.seen.filter(segment('server', 'ACK', { fate: 'lost' })).length} ACKs lost`, { first: wait(lost), second: wait(heard) });
    stage.must('late', !lost.early, 'the server had read it before');
    stage.must('early', heard.early, 'the server had not read it before');
    stage.must('once', lost.read === TEXT && heard.read === TEXT, `the server read "${lost.read}" and "${heard.read}"`, { text: TEXT });
    stage.must('no-dsack', twice(lost) === 'none', `a D-SACK block ${twice(lost)}`);
    stage.must('dsack', twice(heard) === `1-${END}`, `a D-SACK block: ${twice(heard)}`, { last: TEXT.length });
    stage.must('echo', echoed(lost) === 'second', `the answer echoes the timestamp of: ${echoed(lost)}`);
    stage.show({ kind: 'table', key: 'compared', columns: ['what', 'text-lost', 'ack-lost'], rows: [
      ['seq', lost.first.view.seq, heard.first.view.seq], ['octets', lost.first.view.length, heard.first.view.length], ['waits', wait(lost), wait(heard)],
      ['again', lost.again.view.seq, heard.again.view.seq], ['had', lost.early ? 'yes' : 'no', heard.early ? 'yes' : 'no'],
      ['answer', lost.answer.view.ack ?? 0, heard.answer.view.ack ?? 0], ['d-sack', twice(lost), twice(heard)], ['echo', echoed(lost), echoed(heard)],
    ] });
  },
};
