/** An old segment fits into the next connection without anybody's help, when what protects TCP is left out (RFC 9293 §3.4.1, §3.4.3; RFC 7323 §5). */
import { SECOND } from '../../util/units.js';
import type { Lab } from '../lab.js';
import { Guessable } from '../stage/guessable.js';
import type { LabSocket } from '../stage/lab-socket.js';
import { firstConnection, LOGIN, MIXED, NEW, OLD, PORT, type SecondConnection, secondConnection, TRIES } from '../stage/old-order.js';
import { type Seen, segment } from '../stage/seen.js';
import { TIME_WAIT_STAYS } from '../stage/settings.js';
import type { Stage } from '../stage/stage.js';

const MSL = 30 * SECOND;

export const waitOldSegmentUnsafe: Lab = {
  id: 'wait-old-segment-unsafe',
  section: 'G',
  entries: [2, 67, 77],
  glass: 'server',
  // The client answers an ACK that it does not expect with RST: that must not end TIME-WAIT (RFC 1337).
  setUp: { glass: { 'glasstcp.msl': 0, ...TIME_WAIT_STAYS } },
  musts: ['guessed', 'fits', 'corrupted', 'unnoticed', 'clock', 'paws', 'no-paws', 'no-successor', 'answered'],
  lasts: 4,
  citations: ['RFC 9293 §3.4.1, §3.4.3', 'RFC 6528', 'RFC 7323 §5.1, §5.3', 'RFC 9293 §3.6.1'],
  play: async (stage) => {
    const guessable = new Guessable(stage);
    const listener = stage.server.listen(PORT);
    const outcomes: SecondConnection[] = [];
    for (const attempt of TRIES) {
      stage.say(attempt.key, { old: OLD });
      const old = await firstConnection(stage, guessable, listener, attempt);
      const outcome = await secondConnection(stage, guessable, listener, attempt);
      outcomes.push(outcome);
      if (attempt.key === 'none') mustFit(stage, old, outcome);
    }
    const [, clock, stamps, unread] = outcomes.map(({ read }) => read);
    stage.must('clock', clock === NEW && (stage.decided('unacceptable') || stage.decided('ack-too-old')), `the server read "${clock}"`, { read: clock });
    stage.must('paws', stamps === NEW && stage.decided('paws-rejects'), `the server read "${stamps}"`, { read: stamps });
    stage.must('no-paws', unread === MIXED && stage.decided('paws-left-out'), `the server read "${unread}"`, { read: unread });
    await withTimeWait(stage, guessable, listener);
    stage.show({
      kind: 'table', key: 'read', columns: ['protection', 'sent', 'read'],
      rows: [...TRIES.map(({ key }, i) => [key, NEW, outcomes[i].read]), ['wait', 'no-connection', 'nothing']],
    });
  },
};

/** Nobody has touched the old segment, and nobody has noticed it. */
function mustFit(stage: Stage, old: Seen, { read, passed }: SecondConnection): void {
  const syns = stage.seen.filter(segment('client', 'SYN'));
  const [first, second] = [syns[0], syns.at(-1) ?? syns[0]].map((s) => s.view.absolute.seq);
  stage.must('guessed', second - first === LOGIN.length, `the ISNs were ${first} and ${second}`, { first, second });
  stage.must('fits', old.view.absolute.seq === second + 1, `the old segment has ${old.view.absolute.seq}`, { number: old.view.absolute.seq });
  stage.must('corrupted', read === MIXED, `the server read "${read}"`, { sent: NEW, read });
  const resets = passed.filter(({ flags }) => flags.startsWith('RST')).length;
  stage.must('unnoticed', resets === 0 && passed.some(segment('server', 'ACK', { ack: 1 + NEW.length })), `${resets} resets`, { ack: 1 + NEW.length });
}

/** With TIME-WAIT at the server the client cannot open again while the old segment may live. */
async function withTimeWait(stage: Stage, guessable: Guessable, listener: LabSocket): Promise<void> {
  const attempt = { ...TRIES[0], port: 40_004 };
  stage.say('wait');
  stage.server.sysctl('glasstcp.msl', MSL);
  await firstConnection(stage, guessable, listener, attempt);
  const { length } = stage.seen;
  const client = guessable.socket(attempt.port, true).connect(stage.server.address, PORT);
  await stage.until(() => stage.seen.slice(length).some((s) => s.from === 'server'));
  const state = stage.state('server', PORT, attempt.port);
  stage.must('no-successor', state === 'TIME-WAIT' && listener.accept() === null && stage.decided('incarnation-old'), `the server is ${state}`);
  const before = stage.seen.length;
  stage.release();
  await stage.wait('answered', () => stage.seen.slice(before).some(segment('server', 'ACK', { length: 0 })) && stage.state('server', PORT, attempt.port) === 'TIME-WAIT');
  client.close();
}
