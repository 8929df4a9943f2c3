/**
 * The glass wall: what the engine and the stack tell whoever watches. Numbers only, so that a call allocates nothing;
 * with nobody watching it is one null check. Rules (rules.ts) turn the numbers into sentences when they are read.
 *
 * Order of events: `segment` (in), then the `decision`s and `state`s it led to, then `settled` with the variables;
 * for a segment sent: the decisions that led to it, `segment` (out) with the rule that made it due, then `settled`.
 */
import type { Packet } from '../wire/packet.js';
import type { Micros } from '../util/units.js';

export type Direction = 'in' | 'out';

/** The variables of one connection that a watcher may compare before and after an event. RFC names. */
export interface Variables {
  readonly state: string;
  readonly iss: number;
  readonly irs: number;
  readonly sndUna: number;
  readonly sndNxt: number;
  readonly sndWnd: number;
  readonly rcvNxt: number;
  readonly rcvWnd: number;
  readonly cwnd: number;
  readonly ssthresh: number;
  /** Estimate of octets in the network (RFC 6675's "pipe"). */
  readonly pipe: number;
  /** µs; srtt is -1 before the first measurement. */
  readonly srtt: number;
  readonly rto: number;
}

export interface Tracer {
  /** A decision, one *not* to send included. conn 0 = the stack itself (no connection). */
  decision(conn: number, now: Micros, rule: number, a: number, b: number, c: number): void;
  /** A segment came in or goes out; the packet is lent. For `out`, rule and numbers say why; for `in`, rule is 0. */
  segment(conn: number, now: Micros, direction: Direction, packet: Packet, tcpStart: number, rule: number, a: number, b: number, c: number): void;
  state(conn: number, now: Micros, from: string, to: string, rule: number): void;
  /** The event before this is dealt with; variables are lent. */
  settled(conn: number, now: Micros, variables: Variables): void;
}
