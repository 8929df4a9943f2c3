/** The silly window syndrome, avoided on both sides: the sender waits for a good segment, the receiver opens its window in good steps (RFC 9293 §3.8.6.2). */
import { MILLISECOND, SECOND } from '../../util/units.js';
import type { Lab } from '../lab.js';
import { decisionsBy } from '../stage/course.js';
import { inMilliseconds } from '../stage/in-words.js';
import { establish, type Pair } from '../stage/pair.js';
import { type Seen, withText } from '../stage/seen.js';
import type { Stage } from '../stage/stage.js';

/** Of which the window is half what Linux makes of it: six segments. */
const SMALL = 3144;
const TEXT = new Uint8Array(6000).fill(0x2e);
/** What goes first, so that the window is no whole number of segments. */
const FIRST = 300;

const offered = (stage: Stage): number[] => stage.seen.filter(({ from }) => from === 'server').map(({ view }) => view.window);

/** The server reads one octet at a time, twenty in a millisecond, until it tells of a window. */
async function readOctetByOctet(stage: Stage, { server }: Pair): Promise<{ readonly read: number; readonly update: Seen | undefined }> {
  const { length } = stage.seen;
  const update = () => stage.seen.slice(length).find(({ from, view }) => from === 'server' && view.window > 0);
  stage.say('reads');
  let read = 0;
  while (update() === undefined && server.receiveOctets(1).length === 1) {
    read++;
    await (read % 20 === 0 ? stage.pause(1 * MILLISECOND) : stage.until(() => true));
  }
  return { read, update: update() };
}

export const dataSillyWindow: Lab = {
  id: 'data-silly-window',
  section: 'E',
  entries: [45],
  glass: 'client',
  // No probe of the closed window comes between while the server reads.
  setUp: { mtu: 576, glass: { 'glasstcp.rtoMin': 1 * SECOND } },
  musts: ['held', 'override', 'closed', 'silent', 'step', 'good'],
  lasts: 2,
  citations: ['RFC 9293 §3.8.6.2.1', 'RFC 9293 §3.8.6.2.2', 'RFC 1122 §4.2.3.3, §4.2.3.4'],
  play: async (stage) => {
    const pair = await establish(stage, 80, SMALL);
    stage.say('begin', { first: FIRST });
    pair.client.send(TEXT.subarray(0, FIRST));
    await stage.until(() => stage.seen.some(withText('client')));
    pair.client.send(TEXT.subarray(FIRST));
    const holds = () => decisionsBy(stage, 'sws-holds');
    await stage.until(() => holds().length > 0);
    stage.must('held', holds().length > 0, 'the client never held back text for a small window', { queued: holds()[0]?.numbers[0] ?? 0, usable: holds()[0]?.numbers[1] ?? 0 });
    const overrides = () => decisionsBy(stage, 'send-override');
    await stage.until(() => overrides().length > 0);
    const crumb = stage.seen.findLast(withText('client')) as Seen;
    const waited = crumb.at - (holds()[0]?.at ?? NaN);
    stage.must('override', overrides().length === 1 && waited >= 100 * MILLISECOND, `${overrides().length} segments after ${waited} µs`, { length: crumb.view.length, waited: inMilliseconds(waited) });
    await stage.see('closed', ({ from, view }) => from === 'server' && view.window === 0);
    await stage.pause(20 * MILLISECOND);

    const full = Math.max(...stage.seen.filter(withText('client')).map(({ view }) => view.length));
    const worth = Math.min(full, Math.max(...offered(stage)) / 2);
    const { read, update } = await readOctetByOctet(stage, pair);
    const opened = update?.view.window ?? 0;
    stage.must('silent', read >= worth, `a window of ${opened} octets was offered when ${read} were read`, { read });
    stage.must('step', opened >= worth, `the window opened to ${opened} octets`, { opened, worth });
    const next = await stage.see('good', (seen) => withText('client')(seen) && seen.at > (update?.at ?? 0) && seen.view.length >= worth);
    stage.show({
      kind: 'table', key: 'steps', columns: ['what', 'silly', 'seen'],
      rows: [['reads', read, read], ['updates', read, 1], ['window', 1, opened], ['text', 1, next.view.length]],
    });
  },
};
