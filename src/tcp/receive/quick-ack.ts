/**
 * When Linux acknowledges text: at once for a number of segments ("quick"), because a sender in slow start waits for each ACK;
 * then every second one, or after a wait that follows the pace of the peer; in a conversation an ACK waits for our answer to carry it.
 */
import { R } from '../../trace/book.js';
import { seqDiff } from '../../util/seq.js';
import { MILLISECOND, type Micros } from '../../util/units.js';
import { FIN, PSH, type Segment, SYN, URG } from '../../wire/segment.js';
import { announcedMss } from '../segment-size.js';
import type { Tcb } from '../tcb.js';
import { Timer } from '../timers/timer-table.js';
import { ackNow } from './ack-now.js';
import { growByMemory, growForEarly, measureShare } from './memory.js';
import { earn, windowToOffer } from './window.js';

/** Most ACKs sent at once before the usual policy sets in. */
const MOST_QUICK = 16;
/** A segment of at least so much text may be full even if it says PSH (RFC 9293 §3.7.1: what every host accepts). */
const DEFAULT_MSS = 536;
/** A segment without PSH may be full if it has at least so much. */
const SMALLEST_MSS = 88;

/** Text arrived in order. */
export function quickAckText(tcb: Tcb, seg: Segment, octets: number, now: Micros): void {
  tcb.ackPending += octets;
  measure(tcb, seg);
  followPace(tcb, now);
  earn(tcb, seg.dataLength);
  const { ack, config } = tcb;
  const second = tcb.ackPending > tcb.rcvMss && windowToOffer(tcb) >= tcb.lastWndSent; // where memory is short that ends quick ACKs
  if (config.delayedAck === 0) ackNow(tcb, R.SendAck);
  else if (ack.quick > 0 && !ack.conversation) ackNow(tcb, R.SendAckQuick);
  else if (second) ackNow(tcb, R.SendAckSecond);
  else if (!tcb.ackNow) delayAck(tcb, now);
}

/** RCV.MSS, the peer's idea of a full segment: the largest so far, or a smaller size that comes twice in a row. */
function measure(tcb: Tcb, seg: Segment): void {
  const { ack } = tcb;
  const length = seg.joinedSize > 0 ? Math.min(seg.joinedSize, seg.dataLength) : seg.dataLength;
  const last = ack.lastSize;
  ack.lastSize = 0;
  if (tcb.rcvMss === 0) tcb.rcvMss = Math.max(SMALLEST_MSS, Math.min(tcb.sndMss, tcb.lastWndSent >>> 1, DEFAULT_MSS));
  if (length >= tcb.rcvMss) {
    if (length !== tcb.rcvMss) measureShare(tcb, seg.dataLength);
    if (length > tcb.rcvMss) tcb.rcvMss = Math.min(length, announcedMss(tcb));
    if ((seg.flags & PSH) !== 0) ack.short = Math.max(ack.short, 1); // probably the end of what the peer's user wrote
    return;
  }
  // SACK blocks make a full segment shorter.
  const size = length + (seg.options.sackBlocks > 0 ? 4 + 8 * seg.options.sackBlocks : 0);
  if (size >= DEFAULT_MSS || (size >= SMALLEST_MSS && (seg.flags & (PSH | URG | FIN | SYN)) === 0)) {
    ack.lastSize = size;
    if (size === last) {
      tcb.rcvMss = size;
      return;
    }
  }
  if (ack.short < 2) ack.short++;
}

/** The wait is an average of the gaps between segments; a gap longer than the RTO makes the next ACKs quick. */
function followPace(tcb: Tcb, now: Micros): void {
  const { ack } = tcb;
  const least = tcb.config.delayedAck;
  const gap = now - ack.lastTextAt;
  if (ack.wait === 0) {
    moreQuickAcks(tcb, MOST_QUICK);
    ack.wait = least;
  } else if (gap <= least / 2) ack.wait = ack.wait / 2 + least / 2;
  else if (gap < ack.wait) ack.wait = Math.min(ack.wait / 2 + gap, tcb.rtt.rto);
  else if (gap > tcb.rtt.rto) moreQuickAcks(tcb, MOST_QUICK);
  ack.lastTextAt = now;
}

function moreQuickAcks(tcb: Tcb, most: number): void {
  const enough = Math.floor(tcb.lastWndSent / (2 * Math.max(tcb.rcvMss, SMALLEST_MSS)));
  tcb.ack.quick = Math.max(tcb.ack.quick, Math.min(enough === 0 ? 2 : enough, most));
}

/** Something says that the peer waits for our ACKs, or does not get them: be quick, whatever the conversation. */
export function enterQuickAck(tcb: Tcb, most = MOST_QUICK): void {
  if (tcb.config.ackPolicy !== 'linux') return;
  moreQuickAcks(tcb, most);
  tcb.ack.conversation = false;
  tcb.ack.wait = tcb.config.delayedAck;
}

/** A FIN turns the connection into a conversation: what is left to say is our own FIN. Before any text there is no pace to go by: at once. */
export function delayFinAck(tcb: Tcb, seg: Segment, now: Micros): void {
  const { ack } = tcb;
  ack.conversation = true;
  tcb.ackPending++;
  if (tcb.ackNow && tcb.ackRule === R.SendAckQuick && seg.dataLength > 0) tcb.ackNow = false; // its text alone would have been acknowledged at once
  if (tcb.ackNow) return;
  if (ack.wait === 0) ackNow(tcb, R.SendAck);
  else if (tcb.ackPending > tcb.rcvMss && windowToOffer(tcb) >= tcb.lastWndSent) ackNow(tcb, R.SendAckSecond);
  else delayAck(tcb, now);
}

/** Text came early: it tells nothing of the pace, but of the size of segments; where SACK says that it is here it earns as other text does. */
export function measureEarly(tcb: Tcb, seg: Segment): void {
  if (tcb.config.ackPolicy !== 'linux') return;
  measure(tcb, seg);
  if (tcb.rcvMemory === 0) return;
  growForEarly(tcb, seg.end);
  if (tcb.sackPermitted) growByMemory(tcb, seg.dataLength);
}

/** Not now: the delayed-ACK timer runs, unless it runs already and would fire about now. */
function delayAck(tcb: Tcb, now: Micros): void {
  const { ack, config, timers } = tcb;
  let { wait } = ack;
  if (wait > config.delayedAck) {
    const srtt = tcb.rtt.srtt;
    if (srtt >= 0) wait = Math.min(wait, Math.max(srtt, config.delayedAck));
    wait = Math.min(wait, config.delayedAckMax);
  }
  const running = timers.deadline(Timer.DelayedAck);
  if (running !== Infinity && running <= now + wait / 4) return ackNow(tcb, R.SendAckDelayed);
  if (running <= now + wait) return;
  timers.set(Timer.DelayedAck, now + wait);
  if (running === Infinity) tcb.trace?.decision(tcb.id, now, R.AckDelayed, tcb.ackPending, Math.round(wait / MILLISECOND), 0);
}

/** The handshake is done and the user has text: it can carry the ACK. */
export function delayFirstAck(tcb: Tcb, now: Micros): void {
  tcb.writePending = false;
  tcb.ackPending++;
  tcb.timers.set(Timer.DelayedAck, now + tcb.config.delayedAckMax);
  tcb.trace?.decision(tcb.id, now, R.AckDelayed, tcb.ackPending, tcb.config.delayedAckMax / MILLISECOND, 0);
}

/** The wait was in vain: wait longer the next time, or stop taking this for a conversation. */
export function waitedInVain(tcb: Tcb): void {
  const { ack, config } = tcb;
  if (ack.conversation) {
    ack.conversation = false;
    ack.wait = config.delayedAck;
  } else {
    ack.wait = Math.min(2 * ack.wait, tcb.rtt.rto);
  }
}

/** A segment with an ACK went out. */
export function quickAckPaid(tcb: Tcb): void {
  const { ack } = tcb;
  ack.short = 0;
  if (ack.quick === 0 || (tcb.ackPending === 0 && tcb.dupAcksDue === 0)) return;
  if (--ack.quick === 0) ack.wait = tcb.config.delayedAck;
}

/** Text of ours went out. Soon after text of the peer's it is an answer. */
export function textWasSent(tcb: Tcb, now: Micros): void {
  if (now - tcb.ack.lastTextAt < tcb.ack.wait) tcb.ack.conversation = true;
}

/** The user has read n octets: what was held back because he had not, or because more might come, need not wait any longer. */
export function ackAfterReading(tcb: Tcb, n: number): void {
  if (tcb.ackPending === 0 || tcb.ackNow) return;
  const { ack } = tcb;
  const drained = n > 0 && tcb.rcvBuf.length === 0 && (ack.short === 2 || (ack.short === 1 && !ack.conversation));
  if (drained || seqDiff(tcb.rcvNxt, tcb.lastAckSent) > tcb.rcvMss) ackNow(tcb, R.SendAckRead);
}

/** The user's word (Linux's TCP_QUICKACK); the policy goes on from there and may change its mind. */
export function setQuickAck(tcb: Tcb, on: boolean): void {
  tcb.ack.conversation = !on;
  if (!on) return;
  if (tcb.state !== 'ESTABLISHED' && tcb.state !== 'CLOSE-WAIT') return;
  if (tcb.ack.short === 0) tcb.ack.short = 1;
  ackAfterReading(tcb, 1);
}
