/**
 * The state machine of RFC 9293 §3.3.2: eleven states, every edge of Figure 5 and those that §3.10 adds. enter() is the only
 * writer of a connection's state; an edge that is not in the table is a bug of ours. docs/state-diagram.md is drawn from it.
 */
import { invariant } from '../util/invariant.js';
import type { Micros } from '../util/units.js';
import { R } from '../trace/book.js';
import type { Tcb } from './tcb.js';

export const tcpStates = [
  'CLOSED', 'LISTEN', 'SYN-SENT', 'SYN-RECEIVED', 'ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'CLOSE-WAIT', 'CLOSING', 'LAST-ACK', 'TIME-WAIT',
] as const;
export type TcpState = (typeof tcpStates)[number];

/** One edge: from → to by the event that the rule names. */
export interface Transition {
  readonly from: TcpState;
  readonly to: TcpState;
  readonly rule: number;
  /** The event and the action as Figure 5 writes them. */
  readonly event: string;
  readonly action: string;
  /** Where the edge stands. */
  readonly source: 'Figure 5' | 'Figure 5, note 1' | 'Figure 5, note 2' | 'Figure 5, note 3' | `§${string}`;
}

const edge = (from: TcpState, to: TcpState, rule: number, event: string, action: string, source: Transition['source']): Transition =>
  ({ from, to, rule, event, action, source });

const SYNCHRONISED = ['ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'CLOSE-WAIT'] as const;
const CLOSING_STATES = ['CLOSING', 'LAST-ACK', 'TIME-WAIT'] as const;
/** States in which something of ours may wait for an acknowledgement. */
const RETRANSMITTING = ['SYN-SENT', 'SYN-RECEIVED', 'ESTABLISHED', 'FIN-WAIT-1', 'CLOSE-WAIT', 'CLOSING', 'LAST-ACK'] as const;

export const TRANSITIONS: readonly Transition[] = [
  edge('CLOSED', 'LISTEN', R.OpenPassive, 'passive OPEN', 'create TCB', 'Figure 5'),
  edge('CLOSED', 'SYN-SENT', R.OpenActive, 'active OPEN', 'create TCB, snd SYN', 'Figure 5'),
  edge('LISTEN', 'SYN-RECEIVED', R.ListenTakesSyn, 'rcv SYN', 'snd SYN,ACK', 'Figure 5'),
  edge('LISTEN', 'SYN-SENT', R.SendInListen, 'SEND', 'snd SYN', 'Figure 5'),
  edge('LISTEN', 'SYN-SENT', R.OpenActive, 'active OPEN', 'snd SYN', '§3.10.1'),
  edge('LISTEN', 'CLOSED', R.CloseListen, 'CLOSE', 'delete TCB', 'Figure 5'),
  edge('LISTEN', 'CLOSED', R.AbortSilent, 'ABORT', 'delete TCB', '§3.10.5'),
  edge('SYN-SENT', 'SYN-RECEIVED', R.SimultaneousOpen, 'rcv SYN', 'snd SYN,ACK', 'Figure 5'),
  edge('SYN-SENT', 'ESTABLISHED', R.Established, 'rcv SYN,ACK', 'snd ACK', 'Figure 5'),
  edge('SYN-SENT', 'CLOSED', R.CloseSynSent, 'CLOSE', 'delete TCB', 'Figure 5'),
  edge('SYN-SENT', 'CLOSED', R.AbortSilent, 'ABORT', 'delete TCB', '§3.10.5'),
  edge('SYN-SENT', 'CLOSED', R.SynSentRefused, 'rcv RST', 'delete TCB', 'Figure 5, note 3'),
  edge('SYN-SENT', 'CLOSED', R.UnreachableHard, 'ICMP hard error', 'delete TCB', '§3.9.2.2'),
  edge('SYN-RECEIVED', 'ESTABLISHED', R.HandshakeDone, 'rcv ACK of SYN', '', 'Figure 5'),
  edge('SYN-RECEIVED', 'FIN-WAIT-1', R.CloseInSynReceived, 'CLOSE', 'snd FIN', 'Figure 5'),
  edge('SYN-RECEIVED', 'LISTEN', R.SynReceivedReset, 'rcv RST', '', 'Figure 5, note 1'),
  edge('SYN-RECEIVED', 'LISTEN', R.SynReceivedSyn, 'rcv SYN in window', '', '§3.10.7.4'),
  edge('SYN-RECEIVED', 'LISTEN', R.OverflowReset, 'rcv ACK of SYN, accept queue full', 'snd RST', 'Figure 5, note 3'),
  edge('SYN-RECEIVED', 'CLOSED', R.SynReceivedRefused, 'rcv RST', 'delete TCB', 'Figure 5, note 3'),
  edge('SYN-RECEIVED', 'CLOSED', R.UnreachableHard, 'ICMP hard error', 'delete TCB', '§3.9.2.2'),
  edge('ESTABLISHED', 'FIN-WAIT-1', R.Close, 'CLOSE', 'snd FIN', 'Figure 5'),
  edge('ESTABLISHED', 'CLOSE-WAIT', R.FinReceived, 'rcv FIN', 'snd ACK', 'Figure 5'),
  edge('FIN-WAIT-1', 'FIN-WAIT-2', R.FinAcked, 'rcv ACK of FIN', '', 'Figure 5'),
  edge('FIN-WAIT-1', 'CLOSING', R.FinSimultaneous, 'rcv FIN', 'snd ACK', 'Figure 5'),
  edge('FIN-WAIT-1', 'TIME-WAIT', R.FinWithAck, 'rcv FIN, ACK of FIN', 'snd ACK', 'Figure 5, note 2'),
  edge('FIN-WAIT-2', 'TIME-WAIT', R.FinInFinWait2, 'rcv FIN', 'snd ACK', 'Figure 5'),
  edge('FIN-WAIT-2', 'CLOSED', R.FinWait2Over, 'FIN-WAIT-2 timeout of an orphan', 'delete TCB', '§3.6.1'),
  edge('FIN-WAIT-2', 'CLOSED', R.FinWait2Refused, 'no FIN-WAIT-2 for this orphan', 'snd RST, delete TCB', '§3.6.1'),
  edge('CLOSE-WAIT', 'LAST-ACK', R.CloseAfterPeer, 'CLOSE', 'snd FIN', 'Figure 5'),
  edge('CLOSING', 'TIME-WAIT', R.ClosingFinAcked, 'rcv ACK of FIN', '', 'Figure 5'),
  edge('LAST-ACK', 'CLOSED', R.LastAckReceived, 'rcv ACK of FIN', 'delete TCB', 'Figure 5'),
  edge('TIME-WAIT', 'CLOSED', R.TimeWaitOver, 'Timeout=2MSL', 'delete TCB', 'Figure 5'),
  edge('TIME-WAIT', 'CLOSED', R.TimeWaitSyn, 'rcv SYN of a new incarnation', 'delete TCB', '§3.6.1'),
  edge('TIME-WAIT', 'CLOSED', R.TimeWaitReused, 'active OPEN of a new incarnation (tcp_tw_reuse)', 'delete TCB', '§3.6.1'),
  ...(['SYN-SENT', 'SYN-RECEIVED'] as const).map((from) => edge(from, 'CLOSED', R.UnreachableOpening, 'ICMP soft error', 'delete TCB', '§3.9.2.2')),
  ...(['ESTABLISHED', 'FIN-WAIT-1', 'CLOSE-WAIT', 'CLOSING', 'LAST-ACK'] as const).map((from) => edge(from, 'CLOSED', R.UnreachableHard, 'ICMP hard error', 'delete TCB', '§3.9.2.2')),
  edge('SYN-RECEIVED', 'CLOSED', R.HandshakeDropped, 'listener gone', 'delete TCB', '§3.10.4'),
  edge('SYN-RECEIVED', 'CLOSED', R.ResetExact, 'rcv RST, user has it (Fast Open)', 'delete TCB', 'Figure 5, note 3'),
  edge('SYN-RECEIVED', 'CLOSED', R.ReleaseUnread, 'close with unread text (Fast Open)', 'snd RST, delete TCB', '§3.6.1'),
  ...SYNCHRONISED.map((from) => edge(from, 'CLOSED', R.ResetExact, 'rcv RST', 'delete TCB', 'Figure 5, note 3')),
  ...CLOSING_STATES.map((from) => edge(from, 'CLOSED', R.ResetInClosing, 'rcv RST', 'delete TCB', 'Figure 5, note 3')),
  ...(['SYN-RECEIVED', ...SYNCHRONISED] as const).map((from) => edge(from, 'CLOSED', R.Abort, 'ABORT', 'snd RST, delete TCB', '§3.10.5')),
  ...CLOSING_STATES.map((from) => edge(from, 'CLOSED', R.AbortSilent, 'ABORT', 'delete TCB', '§3.10.5')),
  ...SYNCHRONISED.map((from) => edge(from, 'CLOSED', R.ReleaseUnread, 'close with unread text', 'snd RST, delete TCB', '§3.6.1')),
  ...(['FIN-WAIT-1', 'FIN-WAIT-2'] as const).map((from) => edge(from, 'CLOSED', R.TextUnwanted, 'rcv text, no user left', 'snd RST, delete TCB', '§3.6.1')),
  ...RETRANSMITTING.map((from) => edge(from, 'CLOSED', R.R2Reached, 'R2 reached', 'delete TCB', '§3.8.3')),
  ...RETRANSMITTING.map((from) => edge(from, 'CLOSED', R.UserTimeoutOver, 'user timeout', 'delete TCB', '§3.10.8')),
  ...(['ESTABLISHED', 'FIN-WAIT-1', 'CLOSE-WAIT', 'CLOSING', 'LAST-ACK'] as const).map((from) => edge(from, 'CLOSED', R.PersistOver, 'window probes unanswered', 'delete TCB', '§3.8.6.1')),
  ...(['ESTABLISHED', 'FIN-WAIT-2', 'CLOSE-WAIT'] as const).map((from) => edge(from, 'CLOSED', R.KeepAliveOver, 'keep-alives unanswered', 'snd RST, delete TCB', '§3.8.4')),
];

/** Not TCP: what unsafe variants do in labs (unsafe.ts), and no picture of TCP shows. */
const UNSAFE_TRANSITIONS: readonly Transition[] = [edge('SYN-RECEIVED', 'ESTABLISHED', R.UnsafeTwoWay, 'two-way handshake', '', '§3.5')];

const known = new Set([...TRANSITIONS, ...UNSAFE_TRANSITIONS].map((t) => `${t.from} ${t.to} ${t.rule}`));

/** Moves the connection into a state because of a rule. @throws InvariantError for an edge that TRANSITIONS does not have */
export function enter(tcb: Tcb, to: TcpState, rule: number, now: Micros): void {
  const from = tcb.state;
  invariant(known.has(`${from} ${to} ${rule}`), `no transition ${from} → ${to} by rule ${rule}`);
  tcb.state = to;
  if (to === 'ESTABLISHED') tcb.establishedAt = now;
  tcb.trace?.state(tcb.id, now, from, to, rule);
}

/** Our SYN and the peer's are both done: text may flow and the sequence checks of §3.10.7.4 hold. */
export const isSynchronised = (state: TcpState): boolean => state !== 'CLOSED' && state !== 'LISTEN' && state !== 'SYN-SENT' && state !== 'SYN-RECEIVED';
