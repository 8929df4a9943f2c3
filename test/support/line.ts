/**
 * Two simulated hosts hold a conversation; on record is what an onlooker on the line between them sees, and the true
 * states of both ends at every instant. The line has a constant delay and, if asked, loses packets; it never reorders.
 */
import type { Passing } from '../../src/observe/passing.js';
import { SegmentReader, type TcpView } from '../../src/observe/segment-view.js';
import type { Side } from '../../src/observe/sighting.js';
import { Network } from '../../src/sim/network.js';
import type { TcpState } from '../../src/tcp/state.js';
import type { Tracer } from '../../src/trace/tracer.js';
import { Random } from '../../src/util/random.js';
import { HOUR, type Micros, MILLISECOND } from '../../src/util/units.js';
import { Packet } from '../../src/wire/packet.js';
import { Segment } from '../../src/wire/segment.js';
import { drawScenario, type Scenario } from '../sim/scenario.js';
import { Talker } from '../sim/talker.js';
import { parsePacket } from './segments.js';

export interface Sent {
  readonly side: Side;
  readonly at: Micros;
  readonly arrival: Micros;
  readonly bytes: Uint8Array;
  readonly segment: Segment;
  arrived: boolean;
}

export interface Turn {
  readonly at: Micros;
  readonly side: Side;
  readonly to: TcpState;
}

export interface Course {
  readonly scenario: Scenario;
  readonly sent: readonly Sent[];
  readonly turns: readonly Turn[];
  /** Neither connection failed, and both are gone. */
  readonly peaceful: boolean;
}

const PORTS = { a: 40_000, b: 7 };

/** @param loss 0 … 1, each way */
export function playOnLine(seed: number, loss: number): Course {
  const scenario = drawScenario(seed, { most: 4_000 });
  const delay = new Random(seed).pick([1, 20, 80]) * MILLISECOND;
  const sent: Sent[] = [];
  const turns: Turn[] = [];
  const host = (name: 'a' | 'b') => {
    const { config, iss } = scenario[name];
    const side: Side = name === 'a' ? 'left' : 'right';
    return {
      config: { ...config, r2: HOUR }, out: { delay, loss }, tracer: turnsOf(side, turns), ...(iss === null ? {} : { iss: () => iss as never }),
      watch: (packet: Packet, at: Micros, direction: 'in' | 'out') => {
        const bytes = packet.toBytes();
        if (direction === 'in') arrived(sent, side, at, bytes);
        else sent.push({ side, at, arrival: at + delay, bytes, segment: parsePacket(Packet.of(bytes), new Segment()), arrived: false });
      },
    };
  };
  const network = new Network({ seed, ipv6: scenario.ipv6, mtu: scenario.mtu, a: host('a'), b: host('b') });
  const talkers = talk(network, scenario);
  network.settle(48 * HOUR);
  const peaceful = (['a', 'b'] as const).every((name) => talkers[name].endpoint?.failure === null && network[name].stack.demux.size === 0);
  network.close();
  return { scenario, sent, turns, peaceful };
}

function turnsOf(side: Side, turns: Turn[]): Tracer {
  const quiet = (): void => undefined;
  return {
    decision: quiet, segment: quiet, settled: quiet,
    state: (_conn, at, from, to) => {
      // The listener itself.
      if (from !== 'CLOSED' || to !== 'LISTEN') turns.push({ at, side, to: to as TcpState });
    },
  };
}

function arrived(sent: readonly Sent[], to: Side, at: Micros, bytes: Uint8Array): void {
  const found = sent.find((s) => !s.arrived && s.side !== to && Math.abs(s.arrival - at) < 1e-3 && Buffer.compare(s.bytes, bytes) === 0);
  if (found === undefined) throw new Error('a packet arrives that nobody sent');
  found.arrived = true;
}

function talk(network: Network, scenario: Scenario): { readonly a: Talker; readonly b: Talker } {
  const talker = (name: 'a' | 'b', own: number, peer: number): Talker =>
    new Talker(name, network.clock, new Random(scenario.seed * 4 + own), scenario[name].manners, { own, peer });
  const talkers = { a: talker('a', 1, 2), b: talker('b', 2, 1) };
  const connect = (name: 'a' | 'b', other: 'a' | 'b'): void => {
    const endpoint = network[name].stack.connect({ remote: network[other].address, remotePort: PORTS[other], localPort: PORTS[name] }, talkers[name]);
    if (typeof endpoint === 'string') throw new Error(endpoint);
    talkers[name].endpoint ??= endpoint;
  };
  if (scenario.opening === 'simultaneous') connect('b', 'a');
  else {
    network.b.stack.listen({ port: PORTS.b }, (listener) => {
      const endpoint = listener.accept();
      if (endpoint !== undefined) talkers.b.hold(endpoint);
    });
  }
  connect('a', 'b');
  return talkers;
}

/** What passes at a place of the line: 0 = at the left host, 1 = at the right one. A lost packet is lost on either side of it. */
export interface Passed {
  readonly at: Micros;
  readonly sent: Sent;
  readonly passing: Passing;
}

export function passedAt(course: Course, place: number): Passed[] {
  const random = new Random(course.scenario.seed + 7);
  const reader = new SegmentReader();
  const acked = { left: -1, right: -1 };
  const seen = course.sent
    .map((sent) => {
      const way = sent.side === 'left' ? place : 1 - place;
      return { sent, at: sent.at + way * (sent.arrival - sent.at), passes: random.float() >= way || sent.arrived };
    })
    .filter(({ passes }) => passes);
  seen.sort((x, y) => x.at - y.at);
  return seen.map(({ sent, at }, i) => {
    const view = reader.read(sent.bytes) as TcpView;
    const acksNew = view.ack !== undefined && view.ack > acked[sent.side];
    if (acksNew) acked[sent.side] = view.ack;
    return { at, sent, passing: { number: i + 1, at, from: sent.side, segment: sent.segment, view, again: view.again, acksNew } };
  });
}
