/** What one subject did while a peer script was played to it: plain data, so that it crosses processes and fits into JSON. */
import type { SubjectName } from '../script/subject.js';
import type { Duration } from '../util/units.js';

export interface Recording {
  readonly subject: SubjectName;
  /** In the order in which they happened. */
  readonly entries: readonly Entry[];
  /** Settings of the script that have no effect on this subject. */
  readonly ignored: readonly string[];
  /** The subject could not be had, or the script makes no sense: nothing was recorded. */
  readonly failure?: string;
}

export type Entry = SharedEntry | SentEntry;

/** An event of the script: both recordings have it, at the same scripted time. */
export interface SharedEntry {
  readonly kind: 'in' | 'call' | 'command';
  /** Index in the script's events. */
  readonly index: number;
  readonly line: number;
  /** µs of script time: as scripted. */
  readonly at: Duration;
  /** The event as written, without its time. */
  readonly text: string;
  /** What came of a call: '1000', '-1 EAGAIN'; '' for packets. */
  readonly result: string;
  /** What the subject decided about a packet, where it tells: sentences with citations. */
  readonly reasons: readonly string[];
}

/** A packet that the subject sent. */
export interface SentEntry {
  readonly kind: 'sent';
  /** µs of script time. */
  readonly at: Duration;
  /** In the script's notation, numbers counted from the ISNs. */
  readonly text: string;
  readonly packet: SentPacket;
  /** Why, where the subject tells: sentences with citations. */
  readonly reasons: readonly string[];
}

export type SentPacket = SentSegment | { readonly protocol: 'icmp'; readonly type: number; readonly code: number } | { readonly protocol: 'other' };

export interface SentSegment {
  readonly protocol: 'tcp';
  /** Ports of the conversation: 'local:remote'. Ephemeral ports count as 'any'. */
  readonly conversation: string;
  /** In the order in which scripts write them: 'S.', 'P.', 'R'. */
  readonly flags: string;
  readonly seq: number;
  readonly length: number;
  /** undefined without the ACK bit. */
  readonly ack?: number;
  /** Octets, scaled. */
  readonly window: number;
  readonly urgent: number;
  /** Names in order, with values where they are the sender's choice: ['mss 1460', 'sackOK', 'TS', 'nop', 'wscale 7']. */
  readonly options: readonly string[];
  /** TS ecr, in the peer's numbers. */
  readonly echo?: number;
  /** Of SYNs: the number on the wire. */
  readonly isn?: number;
  readonly ttl: number;
  readonly tos: number;
  readonly checksumOk: boolean;
}
