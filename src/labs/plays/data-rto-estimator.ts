/** How long to wait for an ACK: RFC 6298's estimator on round trips that change, Karn's algorithm, and the doubling. */
import { MILLISECOND, SECOND } from '../../util/units.js';
import type { Lab } from '../lab.js';
import { courseOf, decisionsBy, sinceStart } from '../stage/course.js';
import { inMilliseconds } from '../stage/in-words.js';
import { establish, type Pair } from '../stage/pair.js';
import { type Estimate, estimates, followsFormula } from '../stage/rtt-arithmetic.js';
import { withText } from '../stage/seen.js';
import { hasText } from '../stage/shape.js';
import type { Stage } from '../stage/stage.js';

const FLOOR = 100 * MILLISECOND;
const ONE_WAY = 75 * MILLISECOND;
const CALM = 5;

/** One message, and its acknowledgement. */
async function exchange(stage: Stage, pair: Pair): Promise<void> {
  const sent = stage.seen.filter(withText('client')).reduce((end, { view }) => Math.max(end, view.seq + view.length), 1);
  const end = sent + pair.client.send('How are you?');
  await stage.until(() => stage.moments.some(({ changes }) => changes.some(({ name, to }) => name === 'snd.una' && to === end)));
}

function show(stage: Stage, all: readonly Estimate[]): void {
  const ms = (of: (estimate: Estimate) => number) => all.map((e) => [sinceStart(stage, e.at), Math.round(of(e) / MILLISECOND)] as const);
  stage.show({
    kind: 'plot', key: 'estimator', x: 'time', y: 'duration', style: 'steps', series: [
      { name: 'RTO', points: courseOf(stage, 'rto', MILLISECOND).map(([x, y]) => [x, Math.round(y)] as const) },
      { name: 'SRTT', points: ms((e) => e.srtt) }, { name: 'RTTVAR', points: ms((e) => e.rttvar) }, { name: 'sample', points: ms((e) => e.sample) },
    ],
  });
}

export const dataRtoEstimator: Lab = {
  id: 'data-rto-estimator',
  section: 'E',
  entries: [21, 47, 50],
  glass: 'client',
  setUp: {
    delay: { client: ONE_WAY, server: ONE_WAY },
    sysctls: { client: { 'net.ipv4.tcp_timestamps': 0 } },
    glass: { 'glasstcp.rttEstimator': 'rfc6298', 'glasstcp.rtoMin': FLOOR },
  },
  musts: ['initial', 'first', 'calm', 'doubled', 'karn', 'kept', 'clean', 'spurious', 'learned', 'formula'],
  lasts: 5,
  citations: ['RFC 6298 §2, §3, §5', 'RFC 9293 §3.8.1', 'RFC 7323 §4'],
  play: async (stage) => {
    stage.say('begin');
    const pair = await establish(stage, 80);
    const samples = () => decisionsBy(stage, 'rtt-sample');
    const rto = () => stage.moments.flatMap(({ changes }) => changes.filter(({ name }) => name === 'rto')).at(-1)?.to ?? 0;
    const initial = stage.moments.flatMap(({ changes }) => changes).find(({ name }) => name === 'rto')?.from ?? NaN;
    stage.must('initial', initial === 1 * SECOND, `the timeout began with ${initial} µs`);
    const [{ numbers: [first, , firstRto] }] = samples();
    stage.must('first', Math.abs(firstRto - Math.max(FLOOR, 3 * first)) < 1, `R is ${first} µs, RTO ${firstRto} µs`, { sample: inMilliseconds(first), rto: inMilliseconds(firstRto) });
    for (let n = 0; n < CALM; n++) await exchange(stage, pair);
    const least = Math.min(...samples().map(({ numbers }) => numbers[2]));
    stage.must('calm', least < firstRto, `RTO is ${rto()} µs`, { rto: inMilliseconds(least), from: inMilliseconds(firstRto) });

    stage.say('silence');
    stage.accident({ from: 'client', match: hasText, times: 2, action: 'drop', label: 'gone' });
    const before = { rto: rto(), samples: samples().length, timeouts: decisionsBy(stage, 'timeout-fired').length };
    await exchange(stage, pair);
    const waits = decisionsBy(stage, 'timeout-fired').slice(before.timeouts).map(({ numbers }) => numbers[2]);
    const expected = [2, 4].map((times) => Math.round((times * before.rto) / MILLISECOND));
    stage.must('doubled', waits.join() === expected.join(), `timeouts of ${waits.join(', ')} ms after one of ${before.rto} µs`, { rto: inMilliseconds(before.rto), twice: waits[0], four: waits[1] });
    stage.must('karn', samples().length === before.samples, 'the round trip of a segment sent three times was taken for a sample');
    stage.must('kept', rto() === 4 * before.rto, `RTO is ${rto()} µs`, { rto: inMilliseconds(rto()) });
    await exchange(stage, pair);
    stage.must('clean', samples().length > before.samples && rto() < 4 * before.rto, `RTO is ${rto()} µs`, { rto: inMilliseconds(rto()) });

    const longer = rto();
    stage.say('slower', { longer: inMilliseconds(longer) });
    stage.accident({ from: 'server', match: () => true, times: Infinity, action: { delay: longer }, label: 'detour' });
    const { length } = stage.seen;
    await exchange(stage, pair);
    const copies = stage.seen.slice(length).filter(withText('client'));
    stage.must('spurious', copies.length > 1 && copies.every(({ fate }) => fate === undefined), `the message went ${copies.length} times`, { times: copies.length });
    for (let n = 0; n < 4; n++) await exchange(stage, pair);
    const way = 2 * ONE_WAY + longer;
    stage.must('learned', rto() > way, `RTO is ${rto()} µs, the round trip ${way} µs`, { rto: inMilliseconds(rto()), way: inMilliseconds(way) });
    const all = estimates(samples(), FLOOR);
    show(stage, all);
    stage.must('formula', followsFormula(samples(), all), 'the engine and the formula do not agree', { samples: all.length });
  },
};
