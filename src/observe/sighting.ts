/** What an onlooker makes of a packet that passed between two hosts: which conversation, whose turn, what it means. */
import type { Explanation } from '../trace/moment.js';
import type { Micros } from '../util/units.js';
import type { Packet } from '../wire/packet.js';
import type { TcpView } from './segment-view.js';

/** An IP packet that somebody captured. */
export interface Observed {
  /** From 1: the frame's number in the capture. */
  readonly number: number;
  /** µs since 1970. */
  readonly at: Micros;
  /** The whole IP packet, with zeros where octets were not captured. Lent. */
  readonly packet: Packet;
  /** Octets of the packet that were captured; fewer than its length when a snap length cut it. */
  readonly captured: number;
}

/** `left` opened the conversation (sent the SYN), or is the first one seen speaking. */
export type Side = 'left' | 'right';

export const otherSide = (side: Side): Side => (side === 'left' ? 'right' : 'left');

/** RFC 9293 §3.3.2, and what an onlooker cannot know. */
export type InferredState =
  | 'unknown' | 'CLOSED' | 'LISTEN' | 'SYN-SENT' | 'SYN-RECEIVED' | 'ESTABLISHED' | 'FIN-WAIT-1' | 'FIN-WAIT-2' | 'CLOSE-WAIT' | 'CLOSING' | 'LAST-ACK' | 'TIME-WAIT';

/** The state of one end before and after a segment passed, as far as the segments tell: they say what was sent, not what arrived. */
export interface StateStep {
  readonly before: InferredState;
  readonly after: InferredState;
}

/** `offloaded`: only the pseudo-header's sum, left to a network card. `unknown`: not all of the segment was captured. */
export type ChecksumVerdict = 'good' | 'bad' | 'offloaded' | 'unknown';

export interface Sighting {
  readonly number: number;
  readonly at: Micros;
  /** Counts conversations from 0, as Wireshark's tcp.stream. */
  readonly stream: number;
  /** Who sent it. */
  readonly from: Side;
  /** "192.0.2.1:80" */
  readonly left: string;
  readonly right: string;
  readonly view: TcpView;
  readonly checksum: ChecksumVerdict;
  /** What the segment is, beyond its flags (a retransmission, a duplicate ACK, a window that has closed, why a reset…), each with its rule. */
  readonly verdicts: readonly Explanation[];
  readonly states: { readonly left: StateStep; readonly right: StateStep };
}

/** A packet that is no readable TCP segment: why not, in words ("UDP", "ICMP destination unreachable", "cut off within the TCP header"). */
export interface Overlooked {
  readonly number: number;
  readonly at: Micros;
  readonly why: string;
}
