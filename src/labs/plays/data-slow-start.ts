/** The congestion window over one transfer: slow start, one loss and fast recovery, congestion avoidance, then a timeout (RFC 5681, RFC 6582). */
import { Linux } from '../../bsd/constants.js';
import { MILLISECOND, SECOND } from '../../util/units.js';
import type { Lab } from '../lab.js';
import { courseOf, type Decision, decisionsBy, standings } from '../stage/course.js';
import { establish } from '../stage/pair.js';
import { windowsByRound } from '../stage/rounds.js';
import { withText } from '../stage/seen.js';
import { hasText } from '../stage/shape.js';

const MSS = 1000;
const ONE_WAY = 25 * MILLISECOND;
const TEXT = new Uint8Array(100 * MSS).fill(0x2e);
/** Segments of text, in the order in which they are sent, that the network loses: one, and later all. */
const [ONE, ALL] = [12, 72];
/** A decision that was not taken. */
const NOTHING: Decision = { at: NaN, numbers: [NaN, NaN, NaN] };
const inSegments = (octets: number): number => Math.round((10 * octets) / MSS) / 10;

export const dataSlowStart: Lab = {
  id: 'data-slow-start',
  section: 'E',
  entries: [47],
  glass: 'client',
  setUp: {
    delay: { client: ONE_WAY, server: ONE_WAY }, sysctls: { client: { 'net.ipv4.tcp_timestamps': 0 } },
    glass: { 'glasstcp.maxSegmentSize': MSS, 'glasstcp.initialWindow': 2, 'glasstcp.rtoMin': 600 * MILLISECOND },
  },
  musts: ['start', 'doubled', 'third', 'halved', 'avoidance', 'timeout', 'ssthresh', 'again', 'all'],
  lasts: 3,
  citations: ['RFC 5681 §3.1', 'RFC 5681 §3.2', 'RFC 6582 §3.2', 'RFC 3465 §2', 'RFC 9293 §3.8.2'],
  play: async (stage) => {
    const { client, server } = await establish(stage, 80);
    stage.accident({ from: 'client', match: hasText, nth: ONE, action: 'drop', label: 'one' });
    stage.accident({ from: 'client', match: hasText, nth: ALL, times: Infinity, action: 'drop', label: 'outage' });
    stage.say('begin');
    client.option(Linux.SOL_SOCKET, Linux.SO_SNDBUF, 4 * TEXT.length);
    const sent = client.send(TEXT);
    let got = 0;
    const read = (): number => (got += server.receiveOctets().length);
    await stage.until(() => read() > 0 && decisionsBy(stage, 'fast-retransmit').length > 0);
    const dup = decisionsBy(stage, 'fast-retransmit').at(0) ?? NOTHING;
    const octet = dup.numbers[0];
    const asked = stage.seen.filter(({ from, view, at }) => from === 'server' && view.ack === octet && at < dup.at).length;
    stage.must('third', asked >= 4 && decisionsBy(stage, 'timeout-fired').length === 0, `${asked} ACKs asked for octet ${octet}`, { octet });
    const first = windowsByRound(stage, 0, dup.at);
    stage.must('start', first[0] === 2 * MSS, `the window began with ${first[0]} octets`);
    const doubling = first.slice(1).every((cwnd, n) => cwnd === 2 * first[n]) && first.length > 2;
    stage.must('doubled', doubling, first.map(inSegments).join(', '), { rounds: first.map(inSegments).join(', ') });
    const cut = stage.moments.find(({ at, decisions }) => at === dup.at && decisions.some(({ rule }) => rule.name === 'fast-recovery'))?.changes.find(({ name }) => name === 'cwnd');
    const [before, halved] = [cut?.from ?? NaN, cut?.to ?? NaN];
    stage.must('halved', halved >= 0.4 * before && halved <= 0.6 * before, `${halved} octets after ${before}`, { before: inSegments(before), after: inSegments(halved) });

    await stage.until(() => read() > 0 && decisionsBy(stage, 'timeout-fired').length > 0);
    const timeout = decisionsBy(stage, 'timeout-fired').at(0) ?? NOTHING;
    const calm = windowsByRound(stage, decisionsBy(stage, 'recovery-done').at(0)?.at ?? Infinity, timeout.at).filter((cwnd) => cwnd >= halved);
    const growth = (calm.at(-1) ?? 0) - calm[0];
    // A round may end just before or after the ACK that makes the window grow.
    const linear = calm.length > 2 && growth > 0 && growth <= calm.length * MSS;
    stage.must('avoidance', linear, calm.map(inSegments).join(', '), { rounds: calm.map(inSegments).join(', ') });
    const reaction = (decisionsBy(stage, 'timeout-reaction').at(0) ?? NOTHING).numbers;
    stage.must('timeout', reaction[0] === MSS, `the window is ${reaction[0]} octets`);
    const lost = standings(stage).findLast(({ at }) => at < timeout.at)?.values ?? {};
    const outstanding = lost['snd.nxt'] - lost['snd.una'];
    stage.must('ssthresh', reaction[1] === Math.max(Math.floor(outstanding / 2), 2 * MSS), `ssthresh is ${reaction[1]} octets`, { flight: inSegments(outstanding), ssthresh: inSegments(reaction[1]) });
    stage.say('back');
    stage.world.line.clear();
    await stage.until(() => read() >= sent, 20 * SECOND);
    const after = standings(stage).filter(({ at }) => at >= timeout.at).map(({ values }) => values.cwnd).filter((cwnd, n, all) => cwnd !== all[n - 1]);
    stage.must('again', after[0] === MSS && Math.max(...after) > reaction[1], after.map(inSegments).join(', '), { course: after.map(inSegments).join(', ') });
    stage.must('all', got === sent && stage.seen.filter(withText('client')).length > sent / MSS, `${got} octets of ${sent}`, { got });
    stage.show({
      kind: 'plot', key: 'cwnd', x: 'time', y: 'segments', style: 'steps',
      series: [{ name: 'cwnd', points: courseOf(stage, 'cwnd', MSS) }, { name: 'ssthresh', points: courseOf(stage, 'ssthresh', MSS, Number.isFinite) }],
    });
  },
};
