/** Hand-made events for the tests of everything that is shown to people: packets, rules, and a connection that opens. */
import type { LinkFate, Moment } from '../../../src/trace/moment.js';
import { rule } from '../../../src/trace/rules.js';
import type { Direction, Tracer, Variables } from '../../../src/trace/tracer.js';
import { Address } from '../../../src/util/address.js';
import { seq } from '../../../src/util/seq.js';
import { PROTO_TCP } from '../../../src/wire/ip.js';
import { IPV4_HEADER, writeIpv4 } from '../../../src/wire/ipv4.js';
import { optionsLength, TcpOptions, writeOptions } from '../../../src/wire/options.js';
import { Packet } from '../../../src/wire/packet.js';
import { TCP_HEADER, writeTcpChecksum, writeTcpHeader } from '../../../src/wire/tcp.js';

export const SynSent = rule('test-syn-sent', 'RFC 9293 §3.10.1', 'MUST', (iss) => `An active OPEN sends a SYN with our initial number ${iss}.`);
export const SynAcked = rule('test-syn-acked', 'RFC 9293 §3.10.7.3', 'MUST', (ack) => `Our SYN is acknowledged (ack=${ack}): the connection is established.`);
export const AckDelayed = rule('test-ack-delayed', 'RFC 9293 §3.8.6.3', 'SHOULD', (left) => `The acknowledgement waits up to ${left} ms for data to ride with.`);
export const NewData = rule('test-new-data', 'RFC 9293 §3.7', 'note', (octets) => `${octets} octets are ready and the windows have room for them.`);
export const TookData = rule('test-took-data', 'RFC 9293 §3.10.7.4', 'MUST', () => 'The text is in order and goes to the user.');
export const StrayReset = rule('test-stray-reset', 'RFC 9293 §3.10.7.1', 'MUST', (port) => `Nobody listens on port ${port}: a reset says so.`);
export const TimeWaitOver = rule('test-time-wait-over', 'RFC 9293 §3.10.8', 'MUST', () => '2MSL have passed since the last FIN: old duplicates are gone.');

export const US = Address.from('192.0.2.2');
export const PEER = Address.from('192.0.2.1');
export const ISS = 0xfffffff0;
export const IRS = 5_000;

export interface Shape {
  readonly flags: number;
  readonly seq: number;
  readonly ack?: number;
  readonly wnd?: number;
  readonly length?: number;
  readonly options?: Partial<Pick<TcpOptions, 'mss' | 'windowScale' | 'sackPermitted'>>;
}

/** A real IPv4 packet between port 7 on our side and port 40312 on the peer's. */
export function packet(direction: Direction, shape: Shape): Packet {
  const out = direction === 'out';
  const [src, dst, srcPort, dstPort] = out ? [US, PEER, 7, 40312] : [PEER, US, 40312, 7];
  const options = Object.assign(new TcpOptions(), shape.options);
  const header = TCP_HEADER + optionsLength(options);
  const length = shape.length ?? 0;
  const p = new Packet(IPV4_HEADER + header + length);
  writeIpv4(p.view, 0, header + length, PROTO_TCP, src, dst, 64, 0, 1);
  writeTcpHeader(p.view, IPV4_HEADER, srcPort, dstPort, seq(shape.seq), seq(shape.ack ?? 0), header, shape.flags, shape.wnd ?? 64240, 0);
  writeOptions(p.view, IPV4_HEADER + TCP_HEADER, options);
  p.end = p.bytes.length;
  writeTcpChecksum(p.view, IPV4_HEADER, p.end, src, dst);
  return p;
}

export const variables = (changed: Partial<Variables> = {}): Variables => ({
  state: 'ESTABLISHED', iss: ISS | 0, irs: IRS, sndUna: (ISS + 1) | 0, sndNxt: (ISS + 1) | 0, sndWnd: 64240, rcvNxt: IRS + 1, rcvWnd: 65535,
  cwnd: 14_600, ssthresh: Infinity, pipe: 0, srtt: -1, rto: 1_000_000, ...changed,
});

export const SYN = 2;
export const ACK = 16;
export const FIN_ACK = 17;
export const SYN_ACK = 18;
export const RST_ACK = 20;
export const PSH_ACK = 24;

export const synOut = (): Packet => packet('out', { flags: SYN, seq: ISS, options: { mss: 1460, sackPermitted: true, windowScale: 7 } });
export const synAckIn = (): Packet => packet('in', { flags: SYN_ACK, seq: IRS, ack: ISS + 1, wnd: 65535, options: { mss: 1460, sackPermitted: true, windowScale: 8 } });

/** Connection 1 from CLOSED to ESTABLISHED: two moments. */
export function opens(t: Tracer, at = 1_000_000): void {
  t.state(1, at, 'CLOSED', 'SYN-SENT', SynSent);
  t.segment(1, at, 'out', synOut(), 20, SynSent, ISS, 0, 0);
  t.settled(1, at, variables({ state: 'SYN-SENT', sndUna: ISS | 0, irs: 0, rcvNxt: 0, sndWnd: 0, pipe: 1 }));
  t.segment(1, at + 210, 'in', synAckIn(), 20, 0, 0, 0, 0);
  t.decision(1, at + 210, SynAcked, 1, 0, 0);
  t.state(1, at + 210, 'SYN-SENT', 'ESTABLISHED', SynAcked);
  t.settled(1, at + 210, variables({ srtt: 210, rto: 200_000, cwnd: 16_060 }));
}

/** A transfer out of so many segments of 1460 octets, each followed by its acknowledgement. */
export function transfers(t: Tracer, segments: number, at = 1_001_000): void {
  for (let i = 0; i < segments; i++) {
    const now = at + 100 * i;
    const first = ISS + 1 + 1460 * i;
    t.segment(1, now, 'out', packet('out', { flags: ACK, seq: first, ack: IRS + 1, length: 1460 }), 20, NewData, 1460, 0, 0);
    t.settled(1, now, variables({ sndUna: first | 0, sndNxt: (first + 1460) | 0, pipe: 1460 }));
    t.segment(1, now + 50, 'in', packet('in', { flags: ACK, seq: IRS + 1, ack: first + 1460 }), 20, 0, 0, 0, 0);
    t.settled(1, now + 50, variables({ sndUna: (first + 1460) | 0, sndNxt: (first + 1460) | 0 }));
  }
}

export const fateOf = (p: Packet, direction: Direction, what: LinkFate['what'], label: string, at = 0): LinkFate => ({
  at, direction, bytes: p.toBytes(), what, label,
});

/** The one moment of a list, or a failed test. */
export function only(moments: readonly Moment[]): Moment {
  expect(moments).toHaveLength(1);
  return moments[0];
}
