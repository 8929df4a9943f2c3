/** Numbers alone make nothing reliable: one transfer in which a segment is lost, doubled, damaged, late, or too early for the reader (RFC 9293 §3.8). */
import { MILLISECOND } from '../../util/units.js';
import type { Lab } from '../lab.js';
import { flipLastBit } from '../stage/damage.js';
import { establish } from '../stage/pair.js';
import type { Seen } from '../stage/seen.js';
import type { Stage } from '../stage/stage.js';
import { type Act, Transfer } from '../stage/transfer.js';

const PORT = 80;
const SIZE = 100;
const BUFFER = 4_096;
const MUCH = 'z'.repeat(20_000);

const acks = (act: Act, ack: number): Seen[] => act.seen.filter((s) => s.from === 'server' && s.view.ack === ack);
const texts = (act: Act): Seen[] => act.seen.filter((s) => s.from === 'client' && s.view.length > 0);
/** From the first of these to the end of all, without a stop between. */
const jumps = (act: Act): boolean => act.seen.every((s) => s.from !== 'server' || s.view.ack === act.first || s.view.ack === act.end);
const reports = (act: Act, left: number, right: number): boolean => act.seen.some((s) => s.from === 'server' && s.view.sack.some(([a, b]) => a === left && b === right));

/** The largest number that the server has allowed before each segment of text, and was it kept? */
function withinWindow(stage: Stage): boolean {
  let edge = 0;
  return stage.seen.every(({ from, view }) => {
    if (from === 'server') edge = Math.max(edge, (view.ack ?? 0) + view.window);
    return from === 'server' || view.length === 0 || view.seq + view.length <= edge;
  });
}

export const seqReliable: Lab = {
  id: 'seq-reliable',
  section: 'D',
  entries: [39],
  glass: 'client',
  // Time enough that no stalled machine takes one mishap for another.
  setUp: { glass: { 'glasstcp.rtoMin': 600 * MILLISECOND } },
  musts: ['cumulative', 'fast', 'jump', 'twice', 'checksum', 'timer', 'reassembly', 'window', 'intact'],
  lasts: 3,
  citations: ['RFC 9293 §3.4, §3.8', 'RFC 9293 §3.1 (checksum)', 'RFC 5681 §3.2', 'RFC 6298 §5', 'RFC 2883 §4'],
  play: async (stage) => {
    const pair = await establish(stage, PORT, BUFFER);
    pair.client.noDelay();
    const transfer = new Transfer(stage, pair, SIZE);

    const plain = await transfer.act('plain', 2);
    stage.must('cumulative', acks(plain, plain.end).length > 0 && texts(plain).length === 2, 'the two pieces were not acknowledged', { ack: plain.end });
    const lost = await transfer.act('lost', 4, 'drop');
    stage.must('fast', acks(lost, lost.first).length >= 3 && stage.decided('fast-retransmit'), `${acks(lost, lost.first).length} ACKs for the number that was missing`, { first: lost.first });
    stage.must('jump', jumps(lost), 'the acknowledgments did not go to the end in one step', { end: lost.end });
    const twice = await transfer.act('twice', 1, 'duplicate');
    await stage.until(() => stage.seen.some((s) => s.from === 'server' && s.view.sack.some(([left]) => left === twice.first)));
    stage.must('twice', reports({ ...twice, seen: stage.seen }, twice.first, twice.end) && transfer.read === transfer.sent, 'nobody has noticed');
    const damaged = await transfer.act('damaged', 1, { corrupt: flipLastBit });
    const [original, again] = texts(damaged);
    const between = damaged.seen.filter((s) => s.from === 'server' && s.at > original.at && s.at <= (again?.at ?? 0));
    stage.must('checksum', again !== undefined && between.length === 0, `${between.length} answers to the damaged segment`);
    stage.must('timer', stage.decided('timeout-fired') && again.view.seq === original.view.seq, 'no timeout', { ms: Math.round((again.at - original.at) / MILLISECOND) });
    const late = await transfer.act('late', 2, 'hold');
    stage.must('reassembly', reports(late, late.first + SIZE, late.end) && jumps(late), 'the second piece was not kept');

    stage.say('busy', { octets: MUCH.length });
    pair.client.send(MUCH);
    transfer.sent += MUCH;
    const held = (): boolean => stage.decided('window-full') || stage.decided('sws-holds');
    await stage.until(held);
    stage.must('window', held() && withinWindow(stage), 'the client has not minded the window');
    stage.say('reads');
    await stage.until(() => {
      transfer.listen();
      return transfer.read.length >= transfer.sent.length;
    });
    stage.show({ kind: 'table', key: 'mended', columns: ['mishap', 'means', 'took'], rows: Object.entries({ plain, lost, twice, damaged, late }).map(([key, { took }]) => [key, `by-${key}`, took]) });
    stage.must('intact', transfer.read === transfer.sent, `${transfer.read.length} octets of ${transfer.sent.length} were read`, { octets: transfer.read.length });
  },
};
