/** The sliding window, drawn from what passes on the line: SND.UNA, SND.NXT and the right edge (RFC 9293 §3.3.1, Figure 3, §3.8.6). */
import { MILLISECOND } from '../../util/units.js';
import type { Lab } from '../lab.js';
import { decisionsBy, sinceStart } from '../stage/course.js';
import { establish } from '../stage/pair.js';
import { type Seen, withText } from '../stage/seen.js';
import type { Stage } from '../stage/stage.js';

const ONE_WAY = 10 * MILLISECOND;
const ROOM = 6000;
const TEXT = new Uint8Array(30_000).fill(0x2e);
/** The server reads so many octets in so long. */
const [BITE, PAUSE] = [1500, 12 * MILLISECOND];

const acks = (stage: Stage): Seen[] => stage.seen.filter(({ from, view }) => from === 'server' && view.ack !== undefined);
const texts = (stage: Stage): Seen[] => stage.seen.filter(withText('client'));
const ackOf = ({ view }: Seen): number => view.ack ?? 0;
const endOf = ({ view }: Seen): number => view.seq + view.length;
/** SND.UNA + SND.WND, as this segment of the server has it. */
const edgeOf = (seen: Seen): number => ackOf(seen) + seen.view.window;

/** The largest edge that had arrived by then. */
const knownEdge = (stage: Stage, at: number): number => Math.max(...acks(stage).filter((ack) => ack.at + ONE_WAY <= at).map(edgeOf));
const isRising = (values: readonly number[]): boolean => values.every((value, n) => n === 0 || value >= values[n - 1]);

function show(stage: Stage): void {
  const arrived = (of: (seen: Seen) => number) => acks(stage).map((ack) => [sinceStart(stage, ack.at + ONE_WAY), of(ack)] as const);
  stage.show({
    kind: 'plot', key: 'window', x: 'time', y: 'octet', style: 'steps', series: [
      { name: 'edge', points: arrived(edgeOf) }, { name: 'nxt', points: texts(stage).map((seen) => [sinceStart(stage, seen.at), endOf(seen)] as const) }, { name: 'una', points: arrived(ackOf) },
    ],
  });
}

export const dataWindowSlide: Lab = {
  id: 'data-window-slide',
  section: 'E',
  entries: [48],
  glass: 'client',
  setUp: { delay: { client: ONE_WAY, server: ONE_WAY }, sysctls: { client: { 'net.ipv4.tcp_timestamps': 0 } }, glass: { 'glasstcp.maxSegmentSize': 1000 } },
  musts: ['all', 'slid', 'stopped', 'left', 'right', 'inside'],
  lasts: 2,
  citations: ['RFC 9293 §3.3.1, Figure 3', 'RFC 9293 §3.4', 'RFC 9293 §3.8.6'],
  play: async (stage) => {
    const { client, server } = await establish(stage, 80, ROOM);
    stage.say('begin', { octets: TEXT.length, bite: BITE, pause: PAUSE / MILLISECOND });
    client.send(TEXT);
    let got = 0;
    for (let bites = 0; got < TEXT.length && bites < 500; bites++) {
      await stage.pause(PAUSE);
      got += server.receiveOctets(BITE).length;
    }
    await stage.until(() => acks(stage).some((ack) => ackOf(ack) === 1 + TEXT.length));
    stage.must('all', got === TEXT.length, `${got} octets of ${TEXT.length}`, { got });
    const largest = Math.max(...acks(stage).map(({ view }) => view.window));
    stage.must('slid', TEXT.length > 3 * largest, `a window of ${largest} octets`, { largest, windows: Math.floor(TEXT.length / largest) });
    const stops = decisionsBy(stage, 'window-full').length + decisionsBy(stage, 'sws-holds').length;
    stage.must('stopped', stops > 2, `the window stopped the client ${stops} times`, { stops });
    stage.must('left', isRising(acks(stage).map(ackOf)), 'SND.UNA went back', { last: 1 + TEXT.length });
    const edges = acks(stage).map(edgeOf);
    const back = edges.findIndex((edge, n) => n > 0 && edge < edges[n - 1]);
    stage.must('right', back < 0, `the right edge went from ${edges[back - 1]} back to ${edges[back]}`, { segments: edges.length });
    const beyond = texts(stage).find((seen) => endOf(seen) > knownEdge(stage, seen.at));
    stage.must('inside', beyond === undefined, `octet ${beyond === undefined ? 0 : endOf(beyond) - 1} was sent too early`, { segments: texts(stage).length });
    show(stage);
  },
};
