/**
 * Why an end sends a RST: each cause looks at the case and claims it or not; the first that claims it is the most likely
 * (RFC 9293 §3.5.1, §3.5.2, §3.6.1, §3.10.5, §3.10.7; RFC 5961 §3.2).
 */
import { Explanation } from '../../trace/moment.js';
import type { Rule } from '../../trace/rules.js';
import { type Micros, SECOND } from '../../util/units.js';
import { ACK, type Segment } from '../../wire/segment.js';
import { resetCauses as C } from '../reset-verdicts.js';
import type { TcpView } from '../segment-view.js';
import type { InferredState, StateStep } from '../sighting.js';
import type { Remark, Speaker } from './speaker.js';

/** Fewer repetitions are no reason to give up. */
const PATIENCE = 3;

/** A RST, and all there is to judge it by. */
export interface Case {
  readonly segment: Segment;
  readonly view: TcpView;
  readonly at: Micros;
  readonly sender: Speaker;
  readonly receiver: Speaker;
  /** States of sender and receiver. */
  readonly own: StateStep;
  readonly peer: StateStep;
}

type Cause = (c: Case) => Explanation | undefined;
const because = (rule: Rule, a = 0, b = 0): Explanation => new Explanation(rule, a, b, 0);

const SYNCHRONISED: ReadonlySet<InferredState> = new Set<InferredState>(['ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'CLOSE-WAIT', 'CLOSING', 'LAST-ACK', 'TIME-WAIT']);
export const isOpen = (state: InferredState): boolean => SYNCHRONISED.has(state) || state === 'SYN-RECEIVED';

/** The segment that it answers in the form of §3.10.7.1: <SEQ=SEG.ACK><CTL=RST>. */
const answered = ({ segment, receiver }: Case): Remark | undefined =>
  segment.has(ACK) ? undefined : receiver.recent.find((remark) => remark.ack === segment.seq);

const refused: Cause = ({ segment, own, receiver }) =>
  own.before === 'CLOSED' && segment.has(ACK) && receiver.recent.some((remark) => remark.syn && remark.ack === undefined && remark.end === segment.ack)
    ? because(C.Refused)
    : undefined;

/** The end stays in SYN-SENT or SYN-RECEIVED: it only refuses what came. */
const whileOpening: Cause = ({ own, peer, view }) => {
  if (own.before !== own.after || (own.after !== 'SYN-SENT' && own.after !== 'SYN-RECEIVED')) return undefined;
  return because(own.after === 'SYN-SENT' && SYNCHRONISED.has(peer.before) ? C.Restarted : C.WrongAck, view.seq);
};

const challengeAnswered: Cause = (c) => (c.sender.doubted && answered(c) !== undefined ? because(C.ChallengeAnswered, c.view.seq) : undefined);

const afterSynAck: Cause = (c) => {
  if (c.receiver.wentOn || c.sender.wentOn || answered(c)?.syn !== true) return undefined;
  return because(c.sender.sentSyn ? C.SynScan : C.StraySynAck);
};

const forNothing: Cause = ({ sender, receiver, own }) =>
  own.before === 'ESTABLISHED' && sender.sentSyn && receiver.sentSyn && sender.text + receiver.text === 0 && !receiver.sentFin && sender.repeats + sender.probes < PATIENCE
    ? because(sender.called ? C.NotWanted : C.ConnectScan)
    : undefined;

const handshakeAborted: Cause = ({ own, sender }) => (own.before === 'SYN-RECEIVED' && sender.repeats < PATIENCE ? because(C.HandshakeAborted) : undefined);

const gaveUp: Cause = ({ sender, at }) => {
  if (sender.repeats >= PATIENCE) return because(C.GaveUp, sender.repeats, Math.round((at - sender.repeatsSince) / SECOND));
  return sender.probes >= PATIENCE ? because(C.KeepAliveOver, sender.probes) : undefined;
};

const afterClose: Cause = (c) => {
  const { sender, receiver } = c;
  if (!sender.sentFin || c.own.before === 'CLOSED') return undefined;
  if (receiver.textAfterPeerFin > 0) return because(C.TextAfterClose, receiver.textAfterPeerFin);
  return answered(c)?.fin === true ? because(C.ForgottenFin) : undefined;
};

const over: Cause = (c) => {
  if (c.own.before !== 'CLOSED' && c.own.before !== 'LISTEN' && c.own.before !== 'TIME-WAIT') return undefined;
  return answered(c) === undefined ? undefined : because(C.Over);
};

const noConnection: Cause = (c) => (c.own.before === 'unknown' && !c.sender.wentOn && answered(c) !== undefined ? because(C.NoConnection, c.view.seq) : undefined);

/** Where the other end's acknowledgement put it, although its own numbers go further; or right after something came. */
const halfOpen: Cause = (c) => {
  if (answered(c) === undefined) return undefined;
  const behind = c.sender.next !== undefined && c.segment.seq !== c.sender.next;
  return behind ? because(C.HalfOpen, c.view.seq) : undefined;
};

const aborted: Cause = ({ own, sender, receiver }) => {
  if (!isOpen(own.before) && own.before !== 'SYN-SENT' && !sender.wentOn) return undefined;
  return receiver.textSinceAnswer > 0 ? because(C.Unread, receiver.textSinceAnswer) : because(C.Aborted);
};

const CAUSES: readonly Cause[] = [
  refused, whileOpening, challengeAnswered, afterSynAck, gaveUp, handshakeAborted, forNothing, afterClose, over, noConnection, halfOpen, aborted,
];

export function causeOf(c: Case): Explanation {
  for (const cause of CAUSES) {
    const found = cause(c);
    if (found !== undefined) return found;
  }
  return because(C.Unexplained);
}
