/**
 * Plan: what is the next segment, and why? The only place that decides what goes out, in order of urgency: RST, SYN, duplicate
 * ACKs, retransmissions, text and FIN, probes, ACK. What must not go out now says why, once per wait.
 */
import { R } from '../../trace/book.js';
import { type Seq, seqAdd, seqDiff, seqGt } from '../../util/seq.js';
import { MILLISECOND, type Micros } from '../../util/units.js';
import { ACK, CWR, ECE, FIN, PSH, RST, SYN, URG } from '../../wire/segment.js';
import { noteUse } from '../congestion/use.js';
import type { SentSegment } from '../loss/retransmit-queue.js';
import { announcedMss } from '../segment-size.js';
import { isSynchronised } from '../state.js';
import type { RecordEnd, Tcb } from '../tcb.js';
import { windowShift, windowToOffer } from '../receive/window.js';
import { endsBurst } from './burst.js';
import { emptySeq } from './empty-seq.js';
import { nagleHolds, worthSending } from './nagle.js';
import { userTimeoutToTell } from './user-timeout.js';

/** One instance is refilled for every segment: planned here, written in write.ts, accounted for in account.ts. */
export class Plan {
  seq = 0 as Seq;
  ack = 0 as Seq;
  flags = 0;
  /** Text: octets of the send buffer, from an offset. */
  offset = 0;
  length = 0;
  /** The record sent again, or null when the segment is new. */
  record: SentSegment | null = null;
  /** A zero-window probe: goes beyond the window. */
  probe = false;
  keepAliveOctet = false;
  /** Routers may mark it instead of dropping it: ECT(0) in the IP header (RFC 3168 §5). */
  ect = false;
  /** PSH is there for the end of a burst only: not if the segment has to be sent again. */
  burstEnd = 0;
  rule = 0;
  a = 0;
  b = 0;
  c = 0;

  because(rule: number, a = 0, b = 0, c = 0): true {
    this.rule = rule;
    this.a = a;
    this.b = b;
    this.c = c;
    return true;
  }
}

/** @returns false when nothing is due now */
export function planNext(tcb: Tcb, plan: Plan, now: Micros): boolean {
  plan.record = null;
  plan.length = 0;
  plan.probe = false;
  plan.keepAliveOctet = false;
  plan.ect = false;
  plan.burstEnd = 0;
  if (tcb.reset.due) return planReset(tcb, plan);
  if (tcb.state === 'CLOSED' || tcb.state === 'LISTEN') return false;
  if (tcb.synDue) return planSyn(tcb, plan);
  plan.ack = tcb.rcvNxt;
  if (tcb.dupAcksDue > 0) return planAck(tcb, plan);
  if (tcb.queue.lostCount > 0 ? planRetransmission(tcb, plan) : planNew(tcb, plan, now)) return true;
  if (tcb.probeDue) return planProbe(tcb, plan);
  if (tcb.keepAliveDue) return planKeepAlive(tcb, plan);
  if (tcb.ackNow || tcb.windowUpdateDue) return planAck(tcb, plan);
  if (tcb.userTimeoutDue && isSynchronised(tcb.state)) return planUserTimeout(tcb, plan);
  return false;
}

function planReset(tcb: Tcb, plan: Plan): boolean {
  const { reset } = tcb;
  plan.seq = reset.seq;
  plan.ack = reset.ack;
  plan.flags = reset.withAck ? RST | ACK : RST;
  return plan.because(reset.rule, reset.octets);
}

/** SYN in SYN-SENT, SYN,ACK once the peer's SYN is here. */
function planSyn(tcb: Tcb, plan: Plan): boolean {
  plan.record = tcb.queue.length > 0 ? tcb.queue.at(0) : null;
  return fillSyn(tcb, plan);
}

function fillSyn(tcb: Tcb, plan: Plan): boolean {
  const alone = tcb.state === 'SYN-SENT';
  plan.seq = tcb.iss;
  plan.ack = alone ? (0 as Seq) : tcb.rcvNxt;
  plan.flags = alone ? SYN | asksForEcn(tcb, plan.record !== null) : SYN | ACK | (tcb.ecn ? ECE : 0);
  // After a simultaneous open the record is there, but the SYN,ACK is new.
  if (plan.record !== null && (alone || tcb.synAckSent)) return plan.because(R.RetransmitSyn, plan.record.transmissions + 1);
  if (!alone) return plan.because(R.SendSynAck, 1);
  if (tcb.synText > 0) plan.length = tcb.synText;
  if (tcb.cookieAsked || tcb.synText > 0) return plan.because(R.SendSynFast, tcb.synText, tcb.cookie === null ? -1 : tcb.cookie.length);
  return plan.because(R.SendSyn, announcedMss(tcb), tcb.config.windowScaling ? windowShift(tcb.config.receiveBufferMax) : -1);
}

/** RFC 3168 §6.1.1: ECE and CWR in a SYN ask for ECN; a path or host that drops such SYNs gets a plain one next. */
function asksForEcn(tcb: Tcb, again: boolean): number {
  return tcb.config.ecn === 'on' && !(again && tcb.config.ecnFallback) ? ECE | CWR : 0;
}

/** ACK, with ECE while the peer has not heard that its segments met congestion. */
const ackBits = (tcb: Tcb): number => (tcb.ecnEcho ? ACK | ECE : ACK);

function planRetransmission(tcb: Tcb, plan: Plan): boolean {
  const i = tcb.queue.firstLost();
  const record = tcb.queue.at(i);
  plan.record = record;
  if ((record.control & SYN) !== 0) return fillSyn(tcb, plan);
  if (tcb.sndWnd === 0) return false; // probes take over (RFC 9293 §3.8.6.1)
  // The front always goes (RFC 5681 §3.2 step 3); what follows it only within both windows (SHLD-16).
  if (i > 0 && seqGt(record.end, seqAdd(tcb.sndUna, tcb.sndWnd))) return false;
  const most = tcb.sndMss;
  if (i > 0 && tcb.pipe + Math.min(record.len, most) > tcb.window.cwnd) {
    noteUse(tcb, true); // slow start after a timeout grows it
    return false;
  }
  if (record.len - (record.control & FIN) > most) tcb.queue.split(i, most, FIN);
  fillText(tcb, plan, record.seq, record.len - (record.control & FIN), record.control & FIN);
  const at = tcb.snd(record.seq);
  if (plan.length === 0) return plan.because(R.RetransmitFin, at, record.transmissions + 1);
  return plan.because(R.Retransmit, at, plan.length, record.transmissions + 1);
}

function fillText(tcb: Tcb, plan: Plan, seq: Seq, length: number, fin: number): void {
  plan.seq = seq;
  plan.offset = seqDiff(seq, tcb.sndBufSeq);
  plan.length = length;
  plan.flags = ackBits(tcb) | fin;
  if (length > 0 && pushes(tcb, plan)) plan.flags |= PSH;
  if (tcb.urgentSending && seqGt(tcb.sndUp, seq)) plan.flags |= URG;
}

/**
 * A SEND that wanted its text pushed ended in these octets (MAY-15); several in one segment are one push (SHLD-27). So does what
 * the user held back for too long, or what a window too small for more takes in the end: for a while nothing follows, as in Linux.
 * What goes again pushes if it did before.
 */
function pushes(tcb: Tcb, plan: Plan): boolean {
  if (plan.record !== null && (plan.record.control & PSH) !== 0) return true;
  if (recordOf(tcb, plan)?.pushed === true) return true;
  if (seqGt(tcb.sndPush, plan.seq) && !seqGt(tcb.sndPush, seqAdd(plan.seq, plan.length))) return true;
  if (!tcb.overrideDue) return false;
  return tcb.heldBy === R.SwsHolds || (tcb.heldBy === R.CorkHolds && plan.offset + plan.length === tcb.sndBuf.length);
}

/** Text may go out in the states where we have not finished, or not finished saying so. */
function maySendText(tcb: Tcb): boolean {
  switch (tcb.state) {
    case 'ESTABLISHED':
    case 'CLOSE-WAIT':
    case 'FIN-WAIT-1':
    case 'CLOSING':
    case 'LAST-ACK':
      return !tcb.finSent;
    case 'SYN-RECEIVED':
      return tcb.openedEarly && tcb.synAckSent && !tcb.finSent; // RFC 7413 §4.2.2
    default:
      return false;
  }
}

/** New text, with the FIN behind the last of it (RFC 9293 §3.8.6.2.1, §3.7.4, RFC 5681 §3.1). */
function planNew(tcb: Tcb, plan: Plan, now: Micros): boolean {
  if (!maySendText(tcb)) return false;
  const unsent = tcb.unsent;
  if (unsent === 0 && !tcb.closeRequested) return false;
  const usable = tcb.sndWnd - tcb.flight;
  const whole = tcb.recordEnds.length > 0 ? toRecordEnd(tcb) : unsent;
  const length = Math.min(whole, Math.max(usable, 0), tcb.sndMss);
  const fin = tcb.closeRequested && length === unsent && usable > length ? FIN : 0;
  if (length === 0 && fin === 0) return held(tcb, R.WindowFull, now, unsent, 0, 0);
  if (length > 0 && mustWait(tcb, length, unsent, fin, length === whole && length < unsent, now)) return false;
  restartIfIdle(tcb, now);
  fillText(tcb, plan, tcb.sndNxt, length, fin);
  if (tcb.ect && length > 0) fillEct(tcb, plan, now);
  if (tcb.config.burstSegments > 0 && !tcb.urgentSending) markBurst(tcb, plan, unsent, usable); // urgent text goes segment by segment, as in Linux
  explainText(tcb, plan, unsent);
  tcb.overrideDue = false;
  tcb.heldBy = 0;
  return true;
}

/** PSH where a burst ends, if it is not there anyway. */
function markBurst(tcb: Tcb, plan: Plan, unsent: number, usable: number): void {
  const segments = endsBurst(tcb, plan.length, unsent, usable);
  if (segments < 2 || (plan.flags & PSH) !== 0) return;
  plan.burstEnd = segments;
  plan.flags |= PSH;
}

/** New text alone is ECN-capable: no retransmissions, probes, or segments without text (RFC 3168 §6.1.4 - §6.1.6). */
function fillEct(tcb: Tcb, plan: Plan, now: Micros): void {
  plan.ect = true;
  if (!tcb.cwrDue) return;
  plan.flags |= CWR;
  tcb.trace?.decision(tcb.id, now, R.CwrSent, tcb.snd(plan.seq), 0, 0);
}

/** Octets unsent up to the next place where the user wants a new segment, or all. */
function toRecordEnd(tcb: Tcb): number {
  const { recordEnds } = tcb;
  const first = tcb.sndNxt === tcb.iss ? tcb.sndBufSeq : tcb.sndNxt;
  while (recordEnds.length > 0 && !seqGt(recordEnds[0].end, tcb.sndUna)) recordEnds.shift();
  const next = recordEnds.find(({ end }) => seqGt(end, first));
  return next === undefined ? tcb.unsent : seqDiff(next.end, first);
}

/** The record that ends with the segment. */
function recordOf(tcb: Tcb, plan: Plan): RecordEnd | undefined {
  if (tcb.recordEnds.length === 0) return undefined;
  const last = seqAdd(plan.seq, plan.length);
  return tcb.recordEnds.find(({ end }) => end === last);
}

/** The congestion window is full, or the segment would be too short to be worth sending now. What ends a record gains nothing by waiting. */
function mustWait(tcb: Tcb, length: number, unsent: number, fin: number, record: boolean, now: Micros): boolean {
  const { pipe } = tcb;
  if (pipe > 0 && pipe + length > tcb.window.cwnd) return !held(tcb, R.CwndFull, now, unsent, pipe, tcb.window.cwnd);
  if (length === tcb.sndMss || fin !== 0 || record || tcb.overrideDue) return false;
  if (length === unsent && (tcb.corked || tcb.moreComing)) return !held(tcb, R.CorkHolds, now, unsent, 0, 0);
  if (length === unsent) return nagleHolds(tcb) && !held(tcb, R.NagleHolds, now, unsent, tcb.flight, 0);
  // Less than a segment is all that the window has room for: Linux sends it only behind full segments, as the end of a burst.
  const worth = tcb.config.halfWindowSegments ? tcb.burstLeft > 0 : worthSending(tcb, length);
  return !worth && !held(tcb, R.SwsHolds, now, unsent, tcb.sndWnd - tcb.flight, 0);
}

function explainText(tcb: Tcb, plan: Plan, unsent: number): void {
  const { length } = plan;
  const at = tcb.snd(tcb.sndNxt);
  if ((plan.flags & FIN) !== 0) plan.because(R.SendFin, length, at + length);
  else if ((plan.flags & URG) !== 0) plan.because(R.UrgentSent, seqDiff(tcb.sndUp, tcb.sndNxt));
  else if (plan.burstEnd > 0) plan.because(R.SendBurstEnd, length, at, plan.burstEnd);
  else if (length === tcb.sndMss) plan.because(R.SendData, length, at);
  else if (length === unsent) plan.because(R.SendLast, length, at);
  else if (recordOf(tcb, plan) !== undefined) plan.because(R.SendRecord, length, at);
  else if (tcb.overrideDue) plan.because(R.SendOverride, length);
  else plan.because(R.SendHalfWindow, length, tcb.maxSndWnd);
}

/** Something is queued and stays: the reason is told once per wait. */
function held(tcb: Tcb, rule: number, now: Micros, a: number, b: number, c: number): false {
  if (tcb.heldBy !== rule) tcb.trace?.decision(tcb.id, now, rule, a, b, c);
  tcb.heldBy = rule;
  if (rule === R.CwndFull) noteUse(tcb, true);
  return false;
}

/** RFC 5681 §4.1 */
function restartIfIdle(tcb: Tcb, now: Micros): void {
  const idle = now - tcb.lastSentAt;
  if (tcb.queue.length > 0 || tcb.lastSentAt === 0 || idle <= tcb.rtt.rto || !tcb.config.slowStartAfterIdle) return;
  const before = tcb.window.cwnd;
  tcb.congestion.onIdle(tcb.window, now, tcb.config.idleDecay === 'halve' ? Math.ceil(idle / tcb.rtt.rto) - 1 : Infinity);
  if (tcb.window.cwnd < before) tcb.trace?.decision(tcb.id, now, R.RestartAfterIdle, Math.round(idle / MILLISECOND), tcb.window.cwnd, 0);
}

/** One octet of new text (or the FIN), or what is outstanding again (RFC 9293 §3.8.6.1). */
function planProbe(tcb: Tcb, plan: Plan): boolean {
  tcb.probeDue = false;
  plan.probe = true;
  if (tcb.queue.length > 0) {
    const record = tcb.queue.at(0);
    plan.record = record;
    const fin = record.control & FIN;
    if (record.len - fin > tcb.sndMss) tcb.queue.split(0, tcb.sndMss, FIN);
    fillText(tcb, plan, record.seq, record.len - (record.control & FIN), record.control & FIN);
  } else if (tcb.config.zeroWindowProbe === 'empty') return planEmptyProbe(tcb, plan);
  else if (tcb.unsent > 0) fillText(tcb, plan, tcb.sndNxt, 1, 0);
  else if (tcb.closeRequested && !tcb.finSent) fillText(tcb, plan, tcb.sndNxt, 0, FIN);
  else return false;
  return plan.because(R.WindowProbe, tcb.probes);
}

/** Nothing else was due that could have carried the option. */
function planUserTimeout(tcb: Tcb, plan: Plan): boolean {
  plan.seq = emptySeq(tcb);
  plan.flags = ACK;
  return plan.because(R.SendUserTimeout, userTimeoutToTell(tcb));
}

/** SEG.SEQ = SND.UNA-1 and no text, as Linux probes: nothing to take back or to count when the window opens. */
function planEmptyProbe(tcb: Tcb, plan: Plan): boolean {
  plan.seq = seqAdd(tcb.sndUna, -1);
  plan.flags = ACK;
  return plan.because(R.WindowProbeEmpty, tcb.probes);
}

/** SEG.SEQ = SND.NXT-1, with or without a garbage octet (RFC 9293 §3.8.4). */
function planKeepAlive(tcb: Tcb, plan: Plan): boolean {
  plan.seq = seqAdd(tcb.sndNxt, -1);
  plan.flags = ackBits(tcb);
  plan.keepAliveOctet = tcb.config.keepAliveOctet;
  return plan.because(R.KeepAliveProbe, tcb.keepAlives);
}

function planAck(tcb: Tcb, plan: Plan): boolean {
  plan.seq = emptySeq(tcb);
  plan.flags = ackBits(tcb);
  const next = tcb.rcv(tcb.rcvNxt);
  if (tcb.dupAcksDue > 0) return plan.because(R.SendDupAck, next);
  switch (tcb.ackNow ? tcb.ackRule : R.SendWindowUpdate) {
    case R.SendAckSecond: return plan.because(R.SendAckSecond, tcb.ackPending, next);
    case R.SendAckDelayed: return plan.because(R.SendAckDelayed, tcb.ackPending, next);
    case R.SendAckQuick: return plan.because(R.SendAckQuick, tcb.ack.quick, next);
    case R.SendAckRead: return plan.because(R.SendAckRead, tcb.ackPending, next);
    case R.SendGapAck: return plan.because(R.SendGapAck, next);
    case R.SendWindowUpdate: return plan.because(R.SendWindowUpdate, windowToOffer(tcb));
    case R.ChallengeReset: return plan.because(R.ChallengeReset, next, next);
    case R.ChallengeSyn: return plan.because(R.ChallengeSyn);
    default: return plan.because(R.SendAck, next, windowToOffer(tcb));
  }
}
