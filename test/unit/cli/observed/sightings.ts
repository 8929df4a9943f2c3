/** Hand-made sightings for the tests of everything that shows them to people. */
import type { TcpView } from '../../../../src/observe/segment-view.js';
import type { InferredState, Sighting, StateStep } from '../../../../src/observe/sighting.js';
import { Explanation } from '../../../../src/trace/moment.js';
import { rule, ruleNamed } from '../../../../src/trace/rules.js';

export const Again = rule('test-observed-again', 'RFC 9293 §3.8.1', 'MUST', (from, to) => `octets ${from}…${to} have passed before: sent again`);
export const Refused = rule('test-observed-refused', 'RFC 9293 §3.10.7.1', 'MUST', () => 'a reset in answer to the SYN: nobody listens there');

const ruleOf = (id: number): Explanation['rule'] => ruleNamed(id === Again ? 'test-observed-again' : 'test-observed-refused') as Explanation['rule'];
export const verdict = (id: number, a = 0, b = 0): Explanation => new Explanation(ruleOf(id), a, b, 0);

export const START = 1_760_000_000_000_000;
export const LEFT = '192.0.2.1:40312';
export const RIGHT = '192.0.2.2:80';

export type Shape = Partial<Omit<Sighting, 'view' | 'states'>> & {
  readonly view?: Partial<TcpView>;
  readonly states?: { readonly left?: StateStep | InferredState; readonly right?: StateStep | InferredState };
};

const step = (state: StateStep | InferredState = 'ESTABLISHED'): StateStep => (typeof state === 'string' ? { before: state, after: state } : state);

export function sighting({ view, states, ...rest }: Shape = {}): Sighting {
  const from = rest.from ?? 'left';
  const [left, right] = [rest.left ?? LEFT, rest.right ?? RIGHT];
  return {
    number: 1, at: START, stream: 0, from, left, right, checksum: 'good', verdicts: [],
    ...rest,
    view: {
      protocol: 'TCP', from: from === 'left' ? left : right, to: from === 'left' ? right : left, flags: ['ACK'], seq: 1, ack: 1, window: 64_240, length: 0,
      mss: undefined, windowScale: undefined, sackPermitted: false, timestamps: undefined, sack: [], absolute: { seq: 5_001, ack: 7_001, window: 502 }, again: false,
      ...view,
    },
    states: { left: step(states?.left), right: step(states?.right) },
  };
}

const SYN_OPTIONS = { mss: 1460, windowScale: 10, sackPermitted: true, timestamps: { value: 1, echo: 0 } };
const from = (before: InferredState, after: InferredState): StateStep => ({ before, after });

/** SYN; SYN,ACK; ACK; a request; its acknowledgment; so many segments back, the second of them again; a reset. */
export function conversation(segments = 6, names: { left?: string; right?: string; stream?: number } = {}): Sighting[] {
  const shapes: Shape[] = [
    { view: { flags: ['SYN'], seq: 0, ack: undefined, ...SYN_OPTIONS }, states: { left: from('CLOSED', 'SYN-SENT'), right: 'LISTEN' } },
    { from: 'right', view: { flags: ['SYN', 'ACK'], seq: 0, ack: 1, ...SYN_OPTIONS }, states: { left: 'SYN-SENT', right: from('LISTEN', 'SYN-RECEIVED') } },
    { states: { left: from('SYN-SENT', 'ESTABLISHED'), right: from('SYN-RECEIVED', 'ESTABLISHED') } },
    { view: { flags: ['PSH', 'ACK'], length: 77 } },
    { from: 'right', view: { ack: 78, window: 65_160 } },
    ...Array.from({ length: segments }, (_, i): Shape => ({ from: 'right', view: { seq: 1 + 1448 * i, ack: 78, length: 1448 } })),
    { from: 'right', view: { seq: 1449, ack: 78, length: 1448, again: true }, verdicts: [verdict(Again, 1449, 2896)] },
    { view: { flags: ['RST', 'ACK'], seq: 78, ack: 1449, window: 0 }, states: { left: from('ESTABLISHED', 'CLOSED'), right: from('ESTABLISHED', 'CLOSED') }, verdicts: [verdict(Refused)] },
  ];
  return shapes.map((shape, i) => sighting({ ...names, ...shape, number: i + 1, at: START + 210 * i }));
}
