/** Initial sequence numbers: a clock of 4 µs, and for each 4-tuple a secret place of its own to count from (RFC 9293 §3.4.1, RFC 6528). */
import type { Lab } from '../lab.js';
import { pairUp } from '../stage/pair.js';
import { atPort, type Seen, segment } from '../stage/seen.js';
import { TIME_WAIT_STAYS } from '../stage/settings.js';
import type { Stage } from '../stage/stage.js';

const PORT = 80;
const SAME = 700;
const OTHERS = [701, 702, 703, 704, 705];
const TICK = 4;
/** Farther apart than the clock can count in a quarter of a second. */
const APART = 65_536;
/** SYN and FIN of the old connection, and what Linux and glasstcp add, so that nothing old is in the new window. */
const BEYOND = 65_539;

/** An initial sequence number, and when it was chosen, µs. */
interface Chosen {
  readonly at: number;
  readonly isn: number;
}

const steps = (from: number, to: number): number => (to - from) >>> 0;

/** One connection from that port, opened and aborted, so that the four numbers are free again. */
async function visit(stage: Stage, listener: Parameters<typeof pairUp>[1], from: number): Promise<void> {
  const { client, server } = await pairUp(stage, listener, PORT, from);
  client.lingerZero();
  client.close();
  await stage.until(() => stage.state('server', PORT, from) === 'CLOSED');
  server.close();
}

/** Those of the client from that port: on the line, and by the engine's own clock. */
function chosenBy(stage: Stage, from: number): Chosen[] {
  const opened = stage.moments.flatMap(({ at, decisions }) => decisions.filter(({ rule }) => rule.name === 'open-active').map(({ numbers }) => ({ at, isn: numbers[0] >>> 0 })));
  const syns = stage.seen.filter(atPort(from, segment('client', 'SYN'))).map(({ view }) => view.absolute.seq);
  return opened.filter(({ isn }) => syns.includes(isn));
}

/** Does each difference say how much time has passed? */
const byClock = (chosen: readonly Chosen[]): boolean =>
  chosen.every(({ at, isn }) => steps(chosen[0].isn, isn) === Math.floor(at / TICK) - Math.floor(chosen[0].at / TICK));

const numbersOf = (seen: readonly Seen[]): Chosen[] => seen.filter(({ view }) => !view.again).map(({ at, view }) => ({ at, isn: view.absolute.seq }));

function plot(stage: Stage, same: readonly Chosen[], others: readonly Chosen[], theirs: readonly Chosen[]): void {
  const [{ at: begun, isn: first }] = same;
  const milliseconds = (at: number): number => Math.round((at - begun) / 1000);
  const points = (chosen: readonly Chosen[]) => chosen.map(({ at, isn }) => [milliseconds(at), Math.round(isn / 1000) / 1000] as const);
  const advance = (chosen: readonly Chosen[], from: number) => chosen.map(({ at, isn }) => [milliseconds(at), steps(from, isn)] as const);
  stage.show({ kind: 'plot', key: 'isn', x: 'time', y: 'isn', style: 'points', series: [{ name: 'same', points: points(same) }, { name: 'others', points: points(others) }] });
  stage.show({ kind: 'plot', key: 'clock', x: 'time', y: 'steps', style: 'points', series: [{ name: 'client', points: advance(same, first) }, { name: 'server', points: advance(theirs, theirs[0].isn) }] });
}

export const openIsn: Lab = {
  id: 'open-isn',
  section: 'A',
  entries: [2],
  glass: 'client',
  setUp: { sysctls: { server: TIME_WAIT_STAYS } },
  musts: ['clock', 'elsewhere', 'own-lines', 'server-clock', 'beyond'],
  lasts: 2,
  citations: ['RFC 9293 §3.4.1 (MUST-8, SHLD-1)', 'RFC 6528 §3', 'RFC 9293 §3.6.1 (MAY-2)'],
  play: async (stage) => {
    const listener = stage.server.listen(PORT);
    stage.say('begin', { port: SAME });
    for (const [i, other] of [...OTHERS, ...OTHERS].entries()) {
      const both = async (): Promise<void> => {
        await visit(stage, listener, SAME);
        await visit(stage, listener, other);
      };
      // The others look the same: the plots have their numbers.
      if (i === 0) await both();
      else await stage.offStage(both);
    }
    const same = chosenBy(stage, SAME);
    const apart = OTHERS.map((port) => chosenBy(stage, port));
    const theirs = numbersOf(stage.seen.filter(atPort(SAME, segment('server', 'SYN,ACK'))));
    plot(stage, same, apart.flat(), theirs);
    stage.must('clock', same.length === 10 && byClock(same), `steps since the first one: ${same.map(({ isn }) => steps(same[0].isn, isn)).join(', ')}`, { count: same.length, port: SAME });
    const bases = [same, ...apart].map(([{ at, isn }]) => (isn - Math.floor(at / TICK)) >>> 0);
    const near = bases.some((one, i) => bases.some((other, j) => i !== j && steps(one, other) < APART));
    stage.must('elsewhere', !near, `the tuples count from ${bases.join(', ')}`, { bases: bases.length });
    stage.must('own-lines', apart.every((chosen) => chosen.length === 2 && byClock(chosen)), 'another tuple does not go by the clock');
    const step = ((theirs[9].at - theirs[0].at) * 1000) / steps(theirs[0].isn, theirs[9].isn);
    const expected = stage.server.end.kind === 'kernel' ? 64 : 1000 * TICK;
    stage.must('server-clock', step > expected / 2 && step < expected * 2, `one step in ${Math.round(step)} ns`, { step: Math.round(step) });

    stage.say('again', { port: SAME });
    await (await pairUp(stage, listener, PORT, SAME)).closeFirst('server');
    await stage.until(() => stage.state('server', PORT, SAME) === 'TIME-WAIT' && stage.state('client', SAME, PORT) === 'CLOSED');
    await pairUp(stage, listener, PORT, SAME);
    const [before, after] = numbersOf(stage.seen.filter(atPort(SAME, segment('server', 'SYN,ACK')))).slice(-2);
    stage.must('beyond', steps(before.isn, after.isn) === BEYOND, `the new number is ${steps(before.isn, after.isn)} beyond the old one`, { more: BEYOND });
  },
};
